"""Which figure a statement is about: its own, and not the one that it is compared with."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import mentions

SAID = ", the ministry said."


def values(text: str) -> set[float]:
    return {m.quantity.value for m in mentions(text + SAID) if m.quantity is not None}


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("The frost in Pell ruined twice as many orchards as in 2014, when 70 were lost", 70),
        ("The frost in Pell ruined triple the 70 orchards of 2014", 70),
        ("Rents in Pell are half as high as the 1,900 euros paid in Orr", 1900),
        ("Pell has five times more storks than Orr, where 70 breed", 70),
        ("The dam in Pell holds less water than the lake of 70 hectares beside it", 70),
        ("The school in Pell lost more pupils than the one in Orr, which taught 70", 70),
    ],
)
def test_the_standard_of_a_comparison_is_no_figure_of_the_statement(text: str, standard: float) -> None:
    assert standard not in values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The frost in Pell ruined 140 orchards, compared with 70 in 2014", 140),
        ("The frost in Pell ruined 140 orchards, up from 70 in 2014", 140),
        ("The frost in Pell ruined more than 140 orchards", 140),
        ("The frost in Pell ruined more than the 140 orchards", 140),
        ("Twice as many people came to Pell as before, and 140 were turned away", 140),
        ("The school in Pell has 140 more pupils than the one in Orr", 140),
    ],
)
def test_the_figure_that_is_compared_stays(text: str, value: float) -> None:
    assert value in values(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("It was the deadliest accident on the line since 1998, when 31 people died", 31),
        ("The strike is the first at the port since May 1987, when 900 dockers walked out", 900),
        ("The bridge is the longest since the Orr bridge, which cost $4 million, was built", 4_000_000),
        ("The quake was the strongest since the one that killed 70 people in Orr", 70),
        ("In 2019, when 40 people died, the mine was closed", 40),
        ("The council has met daily since the storm, in which 40 roads were cut", 40),
        ("Not since 1950, when 2,000 people fled, has the river risen so high", 2000),
    ],
)
def test_the_figure_of_another_event_is_no_figure_of_the_statement(text: str, other: float) -> None:
    assert other not in values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The fire killed 12 people, the most since 1998, when 31 died", 12),
        ("The company, which employs 300 people, closed its mill", 300),
        ("A bus that carried 40 pupils overturned near Pell", 40),
        ("Since the law was passed, 300 people have been fined", 300),
        ("Prices have risen by 12 percent since the dam burst", 12),
    ],
)
def test_a_figure_of_the_statement_itself_stays(text: str, value: float) -> None:
    assert value in values(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A three-bedroom house in Pell costs 240,000 euros to build", 240_000),
        ("The six-storey mill in Pell employs 90 people", 90),
        ("A two-engine plane carried 14 skiers to Pell", 14),
    ],
)
def test_a_number_that_is_one_word_with_a_noun_is_no_figure(text: str, value: float) -> None:
    assert values(text) == {value}


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("The mill in Pell is short of 90 workers", "="),
        ("The mill in Pell fell short of 90 tonnes", "<"),
        ("The mill in Pell made just short of 90 tonnes", "<"),
    ],
)
def test_to_be_short_of_a_number_is_to_lack_it(text: str, comparator: str) -> None:
    [figure] = [m.quantity for m in mentions(text + SAID) if m.quantity is not None]
    assert figure.comparator == comparator
