"""The score of one claim, as a specification."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import DEFAULT
from claims.engine.agreement.scoring import assess
from claims.engine.types import Evidence, Hedge, Stance, Suggestion
from tests.engine.agreement.cast import day, figure, said

DENIES, OPEN = Stance.DENIES, Stance.OPEN

quantities = st.none() | st.builds(
    figure,
    st.floats(0, 1e18, allow_nan=False) | st.integers(0, 300).map(float),
    st.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
)


@st.composite
def evidence(draw: st.DrawFn, most: int = 8) -> list[Evidence]:
    """Draw the evidence of one claim: outlets in their own voice and people relayed by several."""
    return [
        said(
            f"e{i}",
            by=draw(st.sampled_from(["", "", "Ana Petrova", "Jun Mori", "Tomas Vale"])),
            stance=draw(st.sampled_from(Stance)),
            quantity=draw(quantities),
            on=draw(st.integers(1, 28)),
            hedge=draw(st.sampled_from(Hedge)),
        )
        for i in range(draw(st.integers(0, most)))
    ]


@given(evidence())
def test_the_lines_sum_to_the_score(items: list[Evidence]) -> None:
    result = assess(items)
    assert math.fsum(c.log_odds for c in result.contributions) == pytest.approx(result.log_odds, abs=1e-9)
    assert result.probability == pytest.approx(1 / (1 + math.exp(-result.log_odds)))


@given(evidence())
def test_every_origin_has_one_line(items: list[Evidence]) -> None:
    result = assess(items)
    assert sorted(c.origin for c in result.contributions) == sorted(["", *(o.key for o in result.origins)])


@given(evidence())
def test_an_independent_assertion_never_lowers_the_score(items: list[Evidence]) -> None:
    more = [*items, said("another")]
    assert assess(more).log_odds >= assess(items).log_odds - 1e-9


@given(evidence())
def test_an_independent_assertion_of_the_agreed_figure_never_lowers_the_score(items: list[Evidence]) -> None:
    before = assess(items)
    if before.figure is not None:
        more = [*items, said("another", quantity=figure(before.figure.value), on=28)]
        assert assess(more).log_odds >= before.log_odds - 1e-9


@given(evidence(), st.data())
def test_a_relay_never_changes_the_score(items: list[Evidence], data: st.DataObject) -> None:
    spoken = [e for e in items if e.speaker.canonical in ("ana petrova", "jun mori", "tomas vale")]
    if not spoken:
        return
    root = data.draw(st.sampled_from(spoken))
    later = day(data.draw(st.integers(root.published.day if root.published else 1, 28)))
    relay = replace(root, id="relay", article="relay", source="relay.example", published=later)
    assert assess([*items, relay]).log_odds == pytest.approx(assess(items).log_odds, abs=1e-9)


def test_five_relays_of_one_origin_weigh_what_one_report_weighs() -> None:
    one = [said("0", by="Ana Petrova")]
    five = [said(str(i), by="Ana Petrova", on=1 + i) for i in range(5)]
    assert assess(five).log_odds == pytest.approx(assess(one).log_odds, abs=1e-9)
    assert assess(five).independent_origins == 1


@given(evidence(), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_changes_nothing(items: list[Evidence], random: object) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assess(shuffled) == assess(items)


@given(evidence())
def test_the_names_of_outlets_change_nothing(items: list[Evidence]) -> None:
    renamed = [
        replace(e, source=f"z{e.source}", speaker=replace(e.speaker, text=f"z{e.source}", canonical=f"z{e.source}"))
        if e.speaker.canonical == e.source
        else replace(e, source=f"z{e.source}")
        for e in items
    ]
    assert assess(renamed).log_odds == pytest.approx(assess(items).log_odds, abs=1e-9)


def test_nothing_said_is_the_prior() -> None:
    result = assess([])
    assert (result.log_odds, result.suggested, result.independent_origins) == (
        DEFAULT.prior_log_odds,
        Suggestion.UNVERIFIED,
        0,
    )


def test_a_single_origin_is_named_and_nothing_is_suggested() -> None:
    result = assess([said(str(i), by="Ana Petrova", on=1 + i) for i in range(6)])
    assert result.suggested is Suggestion.UNVERIFIED
    assert "single origin" in result.explanation


def test_two_independent_origins_corroborate() -> None:
    result = assess([said("a", by="Ana Petrova"), said("b", by="Jun Mori")])
    assert result.suggested is Suggestion.CORROBORATED


def test_a_denial_makes_it_disputed_and_weighs_more_than_an_assertion() -> None:
    claim = [said("a", by="Ana Petrova")]
    denied = assess([*claim, said("b", by="Jun Mori", stance=DENIES)])
    assert denied.suggested is Suggestion.DISPUTED
    assert denied.log_odds < 0


def test_a_denial_by_the_accused_party_weighs_less_than_one_by_a_third_party() -> None:
    claim = [said("a", by="Ana Petrova", quote="Moscow closed the mine"), said("c", by="Tomas Vale")]
    third = assess([*claim, said("b", by="Jun Mori", stance=DENIES)])
    accused = assess([*claim, said("b", by="Russian Mining Ministry", stance=DENIES)])
    assert third.log_odds < accused.log_odds < assess(claim).log_odds
    assert "by the party concerned" in accused.explanation
    assert [line.stance for line in accused.contributions if line.accused] == [DENIES]


def test_who_neither_confirms_nor_denies_is_no_witness() -> None:
    result = assess([said("a", by="Ana Petrova"), said("b", by="Jun Mori", stance=OPEN)])
    assert result.independent_origins == 1
    assert result.suggested is Suggestion.UNVERIFIED


def test_a_hedged_assertion_weighs_less() -> None:
    firm = assess([said("a")])
    hedged = assess([said("a", hedge=Hedge.ALLEGED)])
    assert assess([]).log_odds < hedged.log_odds < firm.log_odds


def test_a_source_that_was_often_right_weighs_more() -> None:
    item = said("a")
    known = {item.source: Reliability(agree=90, disagree=2)}
    assert assess([item], reliability=known).log_odds > assess([item]).log_odds


def test_a_source_that_was_mostly_wrong_weighs_nothing_and_never_counts_the_other_way() -> None:
    item = said("a")
    known = {item.source: Reliability(agree=0, disagree=90)}
    assert assess([item], reliability=known).log_odds == pytest.approx(assess([]).log_odds)


def test_ten_thousand_sources_on_one_claim_give_a_finite_score() -> None:
    result = assess([said(str(i), on=1 + i % 28) for i in range(10_000)])
    assert math.isfinite(result.log_odds)
    assert 0.99 < result.probability <= 1.0


@pytest.mark.parametrize("value", [0.0, 1.0, 1e18, 0.001])
def test_extreme_figures_give_a_sensible_score(value: float) -> None:
    result = assess([said("a", quantity=figure(value)), said("b", quantity=figure(value))])
    assert result.figure is not None
    assert result.figure.value == value
    assert result.suggested is Suggestion.CORROBORATED


def test_all_different_figures_are_a_dispute() -> None:
    result = assess([said(str(i), quantity=figure(7.0 * i + 1), on=1) for i in range(12)])
    assert result.suggested is Suggestion.DISPUTED
    assert math.isfinite(result.log_odds)


@pytest.mark.parametrize("figures", [(math.inf, None), (math.nan, None), (4.0, math.inf), (9.0, math.nan)], ids=str)
def test_a_figure_that_is_no_number_is_no_figure(figures: tuple[float, float | None]) -> None:
    result = assess([said("a", quantity=figure(figures[0], upper=figures[1])), said("b", quantity=figure(4))])
    assert result.figure is not None
    assert result.figure.value == 4
