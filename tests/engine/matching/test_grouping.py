"""matching.grouping: all mentions of a story become claims, whatever their order."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import pytest

from claims.engine.matching.claims import compare, context_of, may_reach
from claims.engine.matching.grouping import group, meetings
from claims.engine.matching.policy import CURVES
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention

SENTENCES = (
    "155 Norlandic divers work for the port of Ember.",
    "At least 168 Norlandic divers work for the port of Ember.",
    "More than 100 Norlandic divers now work for the port of Ember.",
    "The ferry Albatross ran aground on the Kestrel reef.",
    "The Albatross, a ferry, ran aground on the Kestrel reef.",
    "Violinist Odile Brandt won the Meridian prize.",
)
EXPECTED = {frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5})}


@lru_cache(maxsize=1)
def mentions() -> tuple[Mention, ...]:
    return tuple(replace(m, article=str(n)) for n, m in enumerate(describe(list(SENTENCES))))


def test_each_claim_is_one_group() -> None:
    assert {frozenset(g) for g in group(mentions())} == EXPECTED


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    order = list(range(len(SENTENCES)))
    random.Random(seed).shuffle(order)  # noqa: S311
    found = group([mentions()[i] for i in order])
    assert {frozenset(order[i] for i in g) for g in found} == EXPECTED


def test_those_whom_people_keep_apart_are_never_in_one_group() -> None:
    found = group(mentions(), different=[(0, 1)])
    assert not any({0, 1} <= set(g) for g in found)


def test_those_whom_people_put_together_are_in_one_group_and_keep_their_own_companions() -> None:
    found = group(mentions(), same=[(3, 5)])
    assert {frozenset(g) for g in found} == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}


@pytest.mark.parametrize("threshold", [-8.0, -3.0, 0.0, 3.0, 6.0])
def test_the_screen_drops_exactly_the_pairs_that_a_full_comparison_puts_below_the_threshold(threshold: float) -> None:
    context = context_of()
    for a, b in combinations(mentions(), 2):
        assert may_reach(a, b, threshold, context) == (compare(a, b, context=context).log_odds >= threshold)


def test_the_screen_leaves_out_no_comparison_that_carries_weight() -> None:
    context, edge = context_of(), 0.001
    for a, b in combinations(mentions(), 2):
        exact = compare(a, b, context=context).log_odds
        assert may_reach(a, b, exact - edge, context)
        assert not may_reach(a, b, exact + edge, context)


def test_no_score_is_worth_more_or_less_than_the_ends_of_its_curve() -> None:
    for curve in CURVES.values():
        for score in (None, 0.0, 0.4, 1.0):
            assert curve.least - 1e-9 <= curve.at(score) <= curve.most + 1e-9


def test_the_meetings_of_mentions_grow_with_the_keys_that_they_share() -> None:
    assert meetings(mentions()[:1]) == 0
    assert 0 < meetings(mentions()[:2]) < meetings(mentions()[:3])


def test_nothing_becomes_nothing() -> None:
    assert group([]) == []
