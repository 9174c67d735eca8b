"""What is learned from verdicts and from agreement, in shards or at once."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.agreement.diagram import reliability_diagram
from claims.engine.agreement.learning.calibration import report
from claims.engine.agreement.learning.copying import complete_linkage
from claims.engine.agreement.learning.fitting import Case, fit
from claims.engine.agreement.learning.tallying import (
    Statement,
    Statistics,
    Verdict,
    copy_groups_of,
    joined,
    reliability_of,
    tally,
)
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.stance_channel import evidence

SOURCES = [f"outlet-{i}.example" for i in range(8)]


def claims(count: int, seed: int = 1) -> list[tuple[float, list[Statement], Verdict | None]]:
    """Claims in which two of the outlets copy each other's figures, and the first is mostly wrong."""
    draw = random.Random(seed)  # noqa: S311
    result = []
    for _ in range(count):
        truth = float(draw.randint(1, 40))
        rumour = truth if draw.random() < 0.6 else float(draw.randint(50, 90))
        statements = []
        for i, source in enumerate(SOURCES):
            value = truth if draw.random() < (0.3 if i == 0 else 0.8) else float(draw.randint(1, 40))
            statements.append(
                Statement(source, draw.uniform(0.1, 0.6), asserts=True, value=rumour if i in (6, 7) else value)
            )
        result.append(
            (draw.uniform(-1, 3), statements, Verdict(holds=True, value=truth) if draw.random() < 0.5 else None)
        )
    return result


def tallied(part: list[tuple[float, list[Statement], Verdict | None]]) -> Statistics:
    statistics = Statistics()
    for log_odds, statements, verdict in part:
        tally(statistics, log_odds, statements, verdict)
    return statistics


def test_four_shards_give_what_one_process_gives() -> None:
    every = claims(200)
    whole = reliability_of(tallied(every))
    shards = joined(Statistics.from_mapping(tallied(every[i::4]).as_mapping()) for i in range(4))
    parts = reliability_of(shards)
    assert whole.keys() == parts.keys()
    for source, one in whole.items():
        assert parts[source].agree == pytest.approx(one.agree, abs=1e-9)
        assert parts[source].disagree == pytest.approx(one.disagree, abs=1e-9)
    assert copy_groups_of(shards) == copy_groups_of(tallied(every))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 3), min_size=60, max_size=60), st.permutations(range(4)))
def test_any_split_into_shards_joined_in_any_order_gives_the_same(places: list[int], order: list[int]) -> None:
    every = claims(60, seed=2)
    whole = tallied(every)
    parts = [tallied([c for c, place in zip(every, places, strict=True) if place == shard]) for shard in order]
    together = joined(Statistics.from_mapping(json.loads(json.dumps(part.as_mapping()))) for part in parts)
    for mine, theirs in ((together.sources, whole.sources), (together.pairs, whole.pairs)):
        assert mine.keys() == theirs.keys()
        for key, sums in mine.items():
            assert sums == pytest.approx(theirs[key], abs=1e-9)
    assert copy_groups_of(together) == copy_groups_of(whole)


def test_sources_that_each_resemble_a_third_are_not_chained_through_it() -> None:
    """Complete linkage: b is like a and like c, but a is not like c, so the surer pair is one and c stands alone."""
    pairs = np.array([[0, 1], [1, 2]])
    assert complete_linkage(3, pairs, np.array([9.0, 4.0])).tolist() == [0, 0, 2]
    assert complete_linkage(3, np.array([[0, 1], [1, 2], [0, 2]]), np.array([9.0, 4.0, 1.0])).tolist() == [0, 0, 0]


def test_yes_and_no_teach_nothing_about_copying() -> None:
    statistics = Statistics()
    for i in range(200):
        said = [Statement(source, 0.3, asserts=i % 2 == 0) for source in SOURCES]
        tally(statistics, 1.0, said, Verdict(holds=False))
    assert not statistics.pairs
    assert not copy_groups_of(statistics)


def test_outlets_that_share_rare_figures_are_one_copy_group() -> None:
    groups = copy_groups_of(tallied(claims(200)))
    assert groups == {SOURCES[6]: SOURCES[6], SOURCES[7]: SOURCES[6]}


def test_verdicts_count_as_known_truth() -> None:
    statistics = Statistics()
    said = [
        Statement("right.example", -3.0, asserts=True, value=12.0),
        Statement("wrong.example", 3.0, asserts=True, value=19.0),
    ]
    tally(statistics, 0.0, said, Verdict(holds=True, value=12.0))
    known = reliability_of(statistics)
    assert (known["right.example"].agree, known["wrong.example"].agree) == (1.0, 0.0)


def test_no_source_confirms_itself() -> None:
    statistics = Statistics()
    tally(statistics, 5.0, [Statement("loud.example", 5.0, asserts=True)])
    assert reliability_of(statistics)["loud.example"].agree == pytest.approx(0.5)


def test_few_verdicts_change_nothing() -> None:
    assert fit([Case(1.0, (), holds=True)] * 5) == DEFAULT


def test_verdicts_teach_what_a_denial_is_worth() -> None:
    idle = [Case(3.0, ((1.0, 1.0),), holds) for holds in (True, False)] * 40
    plain = [Case(3.0, (), holds) for holds in (True, True, False)] * 20
    taught = fit(idle + plain)
    before = evidence(3.0, 1.0, DEFAULT) - evidence(3.0, 0.0, DEFAULT)
    assert before < evidence(3.0, 1.0, taught) - evidence(3.0, 0.0, taught) < 0


def test_what_was_fitted_still_never_lets_an_assertion_lower_the_score() -> None:
    contrary = [Case(float(n), ((float(m), 1.0),), n < m) for n in range(1, 6) for m in range(1, 6)]
    taught = fit(contrary * 4)
    assert taught.true_asserted >= taught.false_asserted
    assert taught.false_denied >= taught.true_denied


def test_stored_parameters_come_back() -> None:
    assert Parameters.from_mapping(DEFAULT.as_mapping()) == DEFAULT
    assert Parameters.from_mapping({"temperature": 2.0, "unheard of": 1.0}).temperature == 2.0


def test_a_calibrated_score_has_no_calibration_error() -> None:
    result = report([(0.25, True), (0.25, False), (0.25, False), (0.25, False)])
    assert (result.ece, result.count, result.bins[0].observed) == (0.0, 4, 0.25)


def test_few_outcomes_never_fall_as_stated() -> None:
    """Two claims stated at one half: both hold, or neither, half of the time, and then the error is one half."""
    result = report([(0.5, True), (0.5, False)])
    assert result.ece_by_chance == pytest.approx(0.25)
    assert report([(0.0, False), (1.0, True)]).ece_by_chance == 0.0
    many = [(0.3, i % 10 < 3) for i in range(1_000)]
    assert report(many).ece_by_chance == pytest.approx(report(many[:500]).ece_by_chance / 2**0.5, rel=0.01)


def test_probabilities_that_are_too_sure_are_told_from_those_that_are_not() -> None:
    sure = [(0.95, i % 10 < 7) for i in range(100)]
    right = [(0.7, i % 10 < 7) for i in range(100)]
    assert report(sure).z > 2
    assert abs(report(right).z) < 0.5


def test_the_diagram_needs_no_inline_style() -> None:
    svg = reliability_diagram(report([(0.2, False), (0.8, True)]))
    assert "style" not in svg
    assert svg.count('class="c-point"') == 2
    assert "2 decided claims" in svg
    assert "No claim has been decided yet" in reliability_diagram(report([]))
