"""Reading and matching together: which of the judged pairs of places are in one claim, with nested statements or not.

The baseline is what the mentions give that stand in no other. ``claims`` is how many claims the desk holds,
``told_twice`` how many of them several articles state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

from claims.engine.matching import claims as matching
from claims.engine.matching import grouping
from claims.engine.matching.grouping import group
from claims.engine.matching.nesting import group_all, standing
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import read
from claims.engine.types import Mention
from tests.benchmarks import _places
from tests.benchmarks._events import Event, judged_pairs, together
from tests.benchmarks.rows import Row

METRICS = ("place_pair_recall", "pair_precision", "claims", "told_twice")
PLACES, UNSEEN = "places", "places_left_out"
RIGHT = 0.93
Way = Callable[[Sequence[Mention]], Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one way of grouping makes of an event: judged pairs of places, pairs of mentions, claims."""

    found: int = 0
    wanted: int = 0
    right: int = 0
    wrong: int = 0
    claims: int = 0
    several: int = 0

    def __add__(self, other: Told) -> Told:
        """Return the counts of both."""
        return Told(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def precision(self) -> float:
        """Return the share of the judged pairs of mentions in one claim that is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def figures(self) -> tuple[float, ...]:
        """Return the values of ``METRICS``."""
        return self.found / max(self.wanted, 1), self.precision, float(self.claims), float(self.several)


def read_nested(told: Sequence[Event]) -> list[list[Mention]]:
    """Return the mentions of each event that may be claims, nested ones among them."""
    return [[m for one in read(event.documents, nested=True) for m in standing(one)] for event in told]


def of_event(event: Event, mentions: Sequence[Mention], way: Way) -> Told:
    """Return what a way of grouping makes of one event."""
    groups, judged = way(mentions), judged_pairs(event, mentions)
    verdicts = [judged[pair] for pair in together(groups) if pair in judged]
    found, wanted = _places.joined(event, mentions, groups)
    several = sum(len({mentions[i].article for i in members}) > 1 for members in groups)
    return Told(found, wanted, sum(verdicts), len(verdicts) - sum(verdicts), len(groups), several)


def of_outer(mentions: Sequence[Mention]) -> list[tuple[int, ...]]:
    """Group only what stands in no other mention."""
    outer = [i for i, mention in enumerate(mentions) if mention.part_of is None]
    return [tuple(outer[at] for at in members) for members in group([mentions[i] for i in outer])]


def every(told: Sequence[Event], mentions: Sequence[Sequence[Mention]]) -> tuple[list[Told], list[Told]]:
    """Return what is made of each event without and with what is nested."""
    pairs = list(zip(told, mentions, strict=True))
    return [of_event(e, m, of_outer) for e, m in pairs], [of_event(e, m, group_all) for e, m in pairs]


def run(told: Sequence[Event], joins: Sequence[float]) -> list[Row]:
    """Return the figures over all judged places, as shipped and with the threshold chosen without the event at hand."""
    mentions = read_nested(told)
    shipped_rows = rows(PLACES, every(told, mentions))
    by_join = {}
    for join in joins:
        weights = replace(shipped(), join=join)
        with (
            patch.object(matching, "shipped", lambda w=weights: w),
            patch.object(grouping, "shipped", lambda w=weights: w),
        ):
            by_join[join] = every(told, mentions)
    return [*shipped_rows, *rows(UNSEEN, left_out(by_join))]


def rows(name: str, results: tuple[Sequence[Told], Sequence[Told]]) -> list[Row]:
    """Return a row a metric."""
    base, ours = (sum(results[side], Told()).figures for side in (0, 1))
    return [Row(name, metric, b, o, unseen=name == UNSEEN) for metric, b, o in zip(METRICS, base, ours, strict=True)]


def left_out(by_join: dict[float, tuple[Sequence[Told], Sequence[Told]]]) -> tuple[list[Told], list[Told]]:
    """Return what is made of each event with the lowest threshold at which enough is right over all others."""
    found: tuple[list[Told], list[Told]] = ([], [])
    for side in (0, 1):
        for n in range(len(next(iter(by_join.values()))[side])):
            found[side].append(by_join[_lowest(by_join, side, n)][side][n])
    return found


def _lowest(by_join: dict[float, tuple[Sequence[Told], Sequence[Told]]], side: int, without: int) -> float:
    for join in sorted(by_join):
        others = (one for n, one in enumerate(by_join[join][side]) if n != without)
        if sum(others, Told()).precision >= RIGHT:
            return join
    return max(by_join)
