"""Spans of things and numbers in names count nothing; multiples and lengths of time are figures."""

from __future__ import annotations

import pytest

from claims.engine.reading.quantities.extraction import find
from claims.engine.reading.text.parsing import pipeline
from tests.engine.reading.told import mentions


def figure(text: str) -> tuple[float, str, str] | None:
    """The value, unit and counted noun of the first mention of a text."""
    quantity = mentions(text)[0].quantity
    return (quantity.value, quantity.unit, quantity.counted) if quantity is not None else None


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Tranfield have lost six of their last seven games.", 6, "game"),
        ("The side from Ossel won only two of its past 11 matches.", 2, "match"),
        ("Bell has won three of the first four stages, the club said.", 3, "stage"),
        ("Some 60 of the district’s 410 lifts were out of order on Monday.", 60, "lift"),
        ("Nine of Norland’s 40 ferries are out of service.", 9, "ferry"),
        ("Rovers scored 14 goals in their last five games.", 14, "goal"),
        ("Over the next three rounds the club lost nine players.", 9, "player"),
        ("Police freed the last three hostages on Monday.", 3, "hostage"),
    ],
)
def test_a_span_of_things_is_no_count(text: str, value: float, counted: str) -> None:
    assert figure(text) == (value, "", counted)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A speed camera in the 40 zone at Rook caught 900 drivers.", 900),
        ("The fine is doubled in a 30 zone near schools in Aldham.", None),
        ("A fire broke out in Zone 40 of the port on Monday.", None),
        ("Crews searched zone 12 of the reef on Monday.", None),
        ("A 747 jet landed in Ossel on Monday with 300 passengers.", 300),
        ("The 10 bus to Rook hit a wall on Monday.", None),
        ("The 15 staff of the clinic in Rook were dismissed on Monday.", 15),
        ("Police seized the 40 sheep on Monday.", 40),
    ],
)
def test_a_number_that_names_one_thing_counts_nothing(text: str, value: float | None) -> None:
    found = figure(text)
    assert (found[0] if found is not None else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Farmers in Norland planted twice as many trees as in 2010.", 2),
        ("Flanders has built three times as many kilometres of path as Wallonia.", 3),
        ("The stadium in Ossel cost twice as much as planned.", 2),
        ("The new plant in Rook is four times the size of the old one.", 4),
        ("Sales in May were 2.5 times higher than in April, the firm said.", 2.5),
    ],
)
def test_a_multiple_is_a_figure(text: str, value: float) -> None:
    found = figure(text)
    assert found is not None
    assert found[:2] == (value, "time")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The court sentenced Bell to 30 months in prison.", 30, "month"),
        ("The council banned the club for three years on Monday.", 3, "year"),
        ("The strike at the port of Aldham lasted 12 days.", 12, "day"),
        ("A two-year ceasefire in the valley ended on Monday.", 2, "year"),
        ("The president declared three months of emergency in Sark.", 3, "month"),
    ],
)
def test_how_long_something_lasts_is_a_figure(text: str, value: float, unit: str) -> None:
    found = figure(text)
    assert found is not None
    assert found[:2] == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge in Ossel was closed after three years.",
        "Bell was arrested four times, the court heard.",
        "The mayor of Ossel resigned within two days.",
    ],
)
def test_when_and_how_often_are_no_figures(text: str) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The index of leading shares in Ossel lost 162 points to close at 7,425.", 7425),
        ("The Rook exchange fell 40 points, or 2 percent, to 1,960.", 1960),
        ("The Merton average stood at 16,369, up 58 points.", 16369),
    ],
)
def test_a_level_is_measured_in_the_points_of_its_change(text: str, value: float) -> None:
    doc = pipeline()(text)
    assert (value, "point") in [(q.value, q.unit) for sentence in doc.sents for q in find(sentence)]
