"""Numbers and names read alike however a page writes their characters; offsets lead back to the text as given."""

from __future__ import annotations

import pytest

from claims.engine.reading.mentions import read
from claims.engine.reading.text.characters import as_parsed
from claims.engine.types import Document, Mention

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def mention(text: str) -> Mention:
    [reading] = read([Document("a", "Aldham Post", text)])
    [found] = reading.mentions
    return found


@pytest.mark.parametrize("invisible", ZERO_WIDTH)
def test_an_invisible_character_inside_a_number_changes_nothing(invisible: str) -> None:
    text = f"The ministry in Aldham counted 8{invisible},400 lorries at the border, the governor said."
    found = mention(text)
    assert found.quantity is not None
    assert found.quantity.value == 8400
    assert text[found.span.start : found.span.end] == found.quote
    assert found.quote.startswith("The ministry")
    span = found.quantity.span
    assert text[span.start : span.end] == f"8{invisible},400"


@pytest.mark.parametrize(
    ("written", "value"),
    [("２６０", 260), ("٢٦٠", 260), ("२६०", 260), ("2６0", 260), ("1３.５", 13.5)],
)
def test_digits_of_any_script_and_width_are_digits(written: str, value: float) -> None:
    found = mention(f"The flood in Aldham destroyed {written} hectares of rice, the governor said.")
    assert found.quantity is not None
    assert found.quantity.value == value


@pytest.mark.parametrize(
    "written", ["The board¹ said 260 cows died.", "The board said 260¹² cows died.", "It is “so”³."]
)
def test_a_raised_digit_that_points_to_a_note_is_left_out(written: str) -> None:
    assert not set(as_parsed(written)[0]) & set("¹²³")


@pytest.mark.parametrize("written", ["a lake of 40 km² and 3 m³", "10⁴ degrees", "90 ft²"])
def test_a_raised_digit_that_is_an_exponent_stays(written: str) -> None:
    assert as_parsed(written) == (written, [])


@pytest.mark.parametrize("between", ["  ", " \u00a0", "\u2003", " \u200b ", "\t \t", "\u202f"])
def test_a_name_is_one_whatever_stands_between_its_parts(between: str) -> None:
    text = f"The flood in Aldham killed 90 sheep,{between}Gov. Petra{between}Kovalenko{between}said."
    found = mention(text)
    assert found.speaker.canonical == "Petra Kovalenko"
    assert text[found.span.start : found.span.end] == found.quote


def test_offsets_lead_back_over_left_out_characters_in_earlier_paragraphs() -> None:
    text = (
        "\ufeffA fire in Al\u00addham killed 12 cows on Mon\u200bday, police said.\n\n"
        "The flood in Aldham killed 90 sheep on Tuesday, the governor said."
    )
    [reading] = read([Document("a", "Aldham Post", text)])
    quotes = [m.quote for m in reading.mentions]
    assert [text[m.span.start : m.span.end] for m in reading.mentions] == quotes
    assert quotes[-1] == "The flood in Aldham killed 90 sheep on Tuesday"
