"""Figures as people write them: each kind in several surface forms, read to one value."""

from __future__ import annotations

import pytest

from claims.engine.types import Comparator
from tests.engine.reading.quantities.test_quantities import only, read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("17 400", 17_400),
        ("3 250 000", 3_250_000),
        ("12'750", 12_750),
        ("1.750.000", 1_750_000),
        ("2.345.678,50", 2_345_678.5),
        ("9 800,5", 9_800.5),
        ("48.000", 48_000),
        ("7,5", 7.5),
        ("0,35", 0.35),
        ("23,45,678", 2_345_678),
    ],
)
def test_digits_are_grouped_in_the_ways_of_many_countries(written: str, value: float) -> None:
    assert only(f"The town of Pell bought {written} trees.").value == value


@pytest.mark.parametrize(
    ("amount", "value"),
    [("€2.750.000", 2_750_000), ("€8,25 million", 8_250_000), ("45.000 euros", 45_000), ("€ 950,75", 950.75)],
)
def test_money_is_read_with_european_points_and_commas(amount: str, value: float) -> None:
    found = only(f"The council of Pell owes {amount}.")
    assert (found.value, found.unit) == (value, "EUR")


@pytest.mark.parametrize(
    ("rate", "value"),
    [("$3.459 a gallon", 3.459), ("1.085 per cent", 1.085), ("12.345 million dollars", 12.345e6), ("6.022 km", 6.022)],
)
def test_three_decimals_of_a_rate_a_unit_or_a_scale_stay_decimals(rate: str, value: float) -> None:
    assert only(f"The figure in Pell was {rate}.").value == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("two and a half million", 2_500_000),
        ("7 and a half", 7.5),
        ("three and a quarter", 3.25),
        ("one and three-quarters", 1.75),
        ("six-and-a-half", 6.5),
        ("a million and a half", 1_500_000),
        ("four point six million", 4_600_000),
        ("zero point two five", 0.25),
        ("twelve point one", 12.1),
        ("half a million", 500_000),
    ],
)
def test_fractions_and_decimals_are_read_from_words(written: str, value: float) -> None:
    assert only(f"The town of Pell used {written} litres.").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "value", "comparator"),
    [
        ("a couple hundred", 200, Comparator.APPROX),
        ("a couple of thousand", 2_000, Comparator.APPROX),
        ("a couple dozen", 24, Comparator.APPROX),
        ("couple million", 2_000_000, Comparator.APPROX),
        ("dozens of", 24, Comparator.GE),
        ("hundreds of", 200, Comparator.GE),
        ("tens of thousands of", 20_000, Comparator.GE),
        ("scores of", 40, Comparator.GE),
    ],
)
def test_numbers_that_only_give_a_size_are_bounded(written: str, value: float, comparator: Comparator) -> None:
    found = only(f"Police said {written} pupils marched.")
    assert (found.value, found.comparator) == (value, comparator)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("two out of three hundred", 2 / 300),
        ("9 out of 1,800", 0.005),
        ("five out of the 40", 0.125),
        ("one out of every eight", 0.125),
        ("three in ten", 0.3),
        ("seventeen out of two hundred and four", 1 / 12),
    ],
)
def test_a_part_of_a_whole_is_a_share(written: str, value: float) -> None:
    assert only(f"In Pell {written} kettles failed.").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        ("$40MM", "USD", 40e6),
        ("USD 75 MM", "USD", 75e6),
        ("€12mn", "EUR", 12e6),
        ("Rs 90 cr", "INR", 900e6),
        ("₹3.5 crore", "INR", 35e6),
        ("$1.4T", "USD", 1.4e12),
        ("£600k", "GBP", 600e3),
    ],
)
def test_the_shorthand_of_finance_multiplies(amount: str, unit: str, value: float) -> None:
    found = only(f"The fund raised {amount} in May.")
    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    ("written", "low", "high", "unit"),
    [
        ("$6-9 million", 6e6, 9e6, "USD"),
        ("$6 to 9 million", 6e6, 9e6, "USD"),
        ("$6m-9m", 6e6, 9e6, "USD"),
        ("$6m-$9m", 6e6, 9e6, "USD"),
        ("6-9 million dollars", 6e6, 9e6, "USD"),
        ("6 million to 9 million dollars", 6e6, 9e6, "USD"),
        ("between $6 and 9 million", 6e6, 9e6, "USD"),
        ("€150-180 a tonne", 150, 180, "EUR per metric ton"),
        ("£2-3 million a month", 2e6, 3e6, "GBP per month"),
        ("four to six kilometres", 4, 6, "kilometre"),
    ],
)
def test_a_range_shares_its_currency_its_scale_and_its_rate(written: str, low: float, high: float, unit: str) -> None:
    found = only(f"The plan for Pell needs {written}.")
    assert (found.value, found.upper, found.unit) == (low, high, unit)


def test_money_given_to_people_is_no_range() -> None:
    assert [q.upper for q in read("The club in Pell paid $300 to 5 people.")] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "The blast came at 18.47 in the station.",
        "The bridge closed at 6.30pm.",
        "Doors opened at 09.15 GMT.",
        "The lorry left Pell at 0440 hrs.",
        "Trains stopped after 21.05 on Monday.",
        "The vote began at 14h30 local time.",
        "An An-26 landed in Pell.",
        "Channel 7 showed it.",
        "See picture 12/31.",
    ],
)
def test_times_of_day_and_labels_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They argued about the 90 goats.", 90),
        ("The road runs over a 4 km stretch.", 4),
        ("The camp lies near the 12 wells.", 12),
        ("Talks went on under the 30 lamps.", 30),
        ("A fence was built around the 7 graves.", 7),
    ],
)
def test_a_preposition_in_front_of_an_article_bounds_no_figure(text: str, value: float) -> None:
    found = only(text)
    assert (found.value, found.comparator) == (value, Comparator.EQ)


@pytest.mark.parametrize(("written", "value"), [("2.07 billion", 2.07e9), ("16.4 million", 16.4e6), ("1.1k", 1100.0)])
def test_decimals_are_kept_exact(written: str, value: float) -> None:
    assert repr(only(f"The firm in Pell has {written} shares.").value) == repr(value)


def test_ten_with_an_exponent_is_a_power() -> None:
    assert only("The oven reached 3 × 10⁵ degrees.").value == 300_000
