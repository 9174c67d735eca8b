"""Figures that agree, bound, round, grow and clash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.engine.agreement.figures import Candidate, support, unit_of_last_digit
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.scoring import assess
from claims.engine.types import Quantity, Speaker, SpeakerKind, Suggestion
from tests.engine.agreement.cast import day, figure, said


@pytest.mark.parametrize(
    ("value", "unit"), [(168, 1), (12000, 1000), (2.5, 0.1), (0, 1), (1e18, 1e18), (0.25, 0.01), (-30, 10)]
)
def test_the_last_digit_tells_how_exact_a_figure_is(value: float, unit: float) -> None:
    assert unit_of_last_digit(value) == pytest.approx(unit)


def test_more_than_a_hundred_speaks_for_155_and_for_168_alike() -> None:
    bound = figure(100, ">")
    assert support(bound, None, Candidate(155), DEFAULT) == support(bound, None, Candidate(168), DEFAULT) > 0


def test_more_than_a_hundred_contradicts_eighty() -> None:
    assert support(figure(100, ">"), None, Candidate(80), DEFAULT) == 0


def test_at_most_fifty_contradicts_sixty_but_not_forty() -> None:
    assert support(figure(50, "<="), None, Candidate(60), DEFAULT) == 0
    assert support(figure(50, "<="), None, Candidate(40), DEFAULT) > 0


def test_about_is_wider_than_exactly() -> None:
    assert support(figure(150, "~"), None, Candidate(156), DEFAULT) > 0
    assert support(figure(156), None, Candidate(150), DEFAULT) == 0


def test_a_rounded_figure_supports_the_exact_one_in_part() -> None:
    assert 0 < support(figure(12000), None, Candidate(12300), DEFAULT) < 1


def test_a_range_holds_what_lies_inside() -> None:
    assert support(figure(10, upper=20), None, Candidate(15), DEFAULT) > 0
    assert support(figure(10, upper=20), None, Candidate(25), DEFAULT) == 0


def test_an_early_toll_that_later_reports_overtake_is_no_contradiction() -> None:
    early = [said("a", quantity=figure(12), on=1), said("b", quantity=figure(19), on=3)]
    assert assess(early).suggested is not Suggestion.DISPUTED
    assert support(figure(12), day(1), Candidate(19, day(3)), DEFAULT) > 0


def test_a_toll_that_falls_is_a_contradiction() -> None:
    falling = [said("a", quantity=figure(19), on=1), said("b", quantity=figure(12), on=3)]
    assert assess(falling).suggested is Suggestion.DISPUTED


def test_two_figures_at_the_same_time_are_a_contradiction() -> None:
    result = assess([said("a", quantity=figure(19)), said("b", quantity=figure(12))])
    assert result.suggested is Suggestion.DISPUTED
    assert "another figure" in result.explanation


def test_the_agreed_figure_is_the_one_that_most_support_with_its_interval() -> None:
    items = [
        said("a", quantity=figure(155)),
        said("b", quantity=figure(155)),
        said("c", quantity=figure(168)),
        said("d", quantity=figure(100, ">")),
    ]
    agreed = assess(items).figure
    assert agreed is not None
    assert (agreed.value, agreed.low, agreed.high, agreed.counted) == (155, 154.5, 155.5, "miner")


def test_a_bound_alone_leaves_the_interval_open() -> None:
    agreed = assess([said("a", quantity=figure(100, ">"))]).figure
    assert agreed is not None
    assert (agreed.low, agreed.high) == (100, None)


def test_an_origin_speaks_with_the_figure_that_it_came_to() -> None:
    items = [
        said("a", by="Ana Petrova", quantity=figure(155), on=2),
        said("b", by="Ana Petrova", quantity=figure(168), on=5),
        said("late relay", by="Ana Petrova", quantity=figure(155), on=9),
    ]
    agreed = assess(items).figure
    assert agreed is not None
    assert agreed.value == 168


def test_a_relay_that_rounds_does_not_blur_the_origins_figure() -> None:
    exact = said("a", by="Ana Petrova", quantity=figure(155), on=2)
    loose = said("b", by="Ana Petrova", quantity=figure(150, ">"), on=3)
    assert assess([exact, loose]).figure == assess([exact]).figure


def money(value: float, counted: str = "") -> Quantity:
    return Quantity(value, unit="USD per share", counted=counted)


def test_a_later_higher_toll_overtakes_however_many_gave_the_early_one() -> None:
    early = [said(name, quantity=figure(3), on=1) for name in "abc"]
    found = assess([*early, said("d", quantity=figure(5), on=2)])
    assert found.figure is not None
    assert found.figure.value == 5
    assert found.suggested is Suggestion.CORROBORATED


def test_prices_of_two_moments_do_not_contradict() -> None:
    morning = said("a", quantity=money(6.2), quote="the share stood at $6.20 at 9:34")
    closing = said("b", quantity=money(5.9), quote="the share closed at $5.90")
    assert assess([morning, closing]).suggested is not Suggestion.DISPUTED


def test_prices_of_one_moment_contradict() -> None:
    one = said("a", quantity=money(6.2), quote="the share closed at $6.20")
    other = said("b", quantity=money(5.9), quote="the share closed at $5.90")
    assert assess([one, other]).suggested is Suggestion.DISPUTED


def test_sums_of_two_things_do_not_contradict() -> None:
    whole, part = said("a", quantity=money(50.0)), said("b", quantity=money(7.0, "campaign"))
    assert assess([whole, part]).suggested is not Suggestion.DISPUTED


@pytest.mark.parametrize(
    ("exact", "round_"),
    [(figure(229), figure(230)), (figure(6.6), figure(7, "~")), (figure(6.6), figure(7)), (figure(1480), figure(1500))],
)
def test_rounded_and_exact_agree_whichever_is_given_more_often(exact: Quantity, round_: Quantity) -> None:
    for often in (exact, round_):
        evidence = [said("a", quantity=exact), said("b", quantity=round_), said("c", quantity=often)]
        assert assess(evidence).suggested is Suggestion.CORROBORATED


def test_what_a_newsroom_restates_makes_no_dispute_of_figures() -> None:
    named = [said("a", by="ana", quantity=figure(12)), said("b", by="jun", quantity=figure(12), quote="twelve")]
    own = Speaker("", "outlet-c.example", SpeakerKind.OUTLET)
    restating = replace(said("c", quantity=figure(19)), speaker=own)
    assert assess([*named, restating]).suggested is not Suggestion.DISPUTED


def test_an_assessment_that_knew_nothing_of_moments_is_scored_as_it_was() -> None:
    known = {name: value for name, value in DEFAULT.as_mapping().items() if name != "reconciled_support"}
    assert Parameters.from_mapping(known).reconciled_support == 0.0
