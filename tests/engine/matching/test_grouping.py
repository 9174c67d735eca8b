"""matching.grouping: all mentions of a story become claims, whatever their order."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.grouping import group
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


def test_nothing_becomes_nothing() -> None:
    assert group([]) == []
