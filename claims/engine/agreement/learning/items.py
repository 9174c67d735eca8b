"""Items with what sources state about them come in; how far each source is right, who copies whom, and the most
probable value of each item go out. The one door to the estimation, for a desk and for measuring alike.

An item is anything with one true value: how many there were, whether it holds. Who states it is named by a key.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np

from claims.engine.agreement.learning.assertions import Assertions, IntArray, tabulate
from claims.engine.agreement.learning.estimation import Estimate, estimate
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import DEFAULT, Parameters

H = TypeVar("H", bound=Hashable)
Value = str | float
Pair = tuple[Value, Value]
DIGITS = 9
"""Probabilities alike to so many digits are equal: the order of a sum decides nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """What sources state about one thing: pairs of (source, value), each source at most once.

    ``kind`` groups the items whose mistakes are alike. ``wrong`` is the number of wrong values that there can be: 1
    for yes or no, infinity for a number; None: one less than the values met in items of the kind. A pair (a, b) of
    ``less_exact`` or ``compatible`` says that value a speaks in part for b; who states a compatible one is right where
    b is true. ``known`` has 1.0 for a value known to be true, 0.0 for one known to be false.
    """

    key: str
    stated: tuple[tuple[str, Value], ...]
    kind: str = ""
    wrong: float | None = None
    less_exact: tuple[Pair, ...] = ()
    compatible: tuple[Pair, ...] = ()
    known: tuple[tuple[Value, float], ...] = ()


Packed = dict[str, list[Any]]
"""Items as plain JSON: the names of the sources once, then a row for each item."""


def packed(items: Iterable[Item]) -> Packed:
    """Return items as one process sends them to another: some twenty bytes for each statement."""
    names: dict[str, int] = {}
    rows = [
        [
            item.key,
            item.kind,
            None if item.wrong is None else str(item.wrong),
            [part for source, value in item.stated for part in (_code(names, source), value)],
            item.less_exact,
            item.compatible,
            item.known,
        ]
        for item in items
    ]
    return {"sources": list(names), "items": rows}


def unpacked(stored: Packed) -> Iterator[Item]:
    """Yield the items that ``packed`` was given."""
    names = stored["sources"]
    for key, kind, wrong, flat, *pairs in stored["items"]:
        stated = tuple((names[flat[k]], flat[k + 1]) for k in range(0, len(flat), 2))
        yield Item(key, stated, kind, None if wrong is None else float(wrong), *map(_pairs, pairs))


def _pairs(stored: Iterable[Sequence[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in stored)


@dataclass(frozen=True, slots=True)
class Answer:
    """The most probable value of an item, with its probability."""

    key: str
    value: Value
    probability: float


@dataclass(frozen=True, slots=True)
class Learned:
    """The estimate with the names behind its codes: sources in alphabetical order, items and values as they came."""

    table: Assertions
    result: Estimate
    sources: Sequence[str]
    items: Sequence[str]
    values: Sequence[Value]

    def reliability(self) -> dict[str, Reliability]:
        """Return how often each source is right and wrong, in expected votes."""
        agree, disagree = self.result.agree.tolist(), self.result.disagree.tolist()
        return {name: Reliability(agree[s], disagree[s]) for s, name in enumerate(self.sources)}

    def copy_groups(self) -> list[tuple[str, ...]]:
        """Return the groups of sources that are one witness, each in alphabetical order."""
        members: dict[int, list[str]] = {}
        group = self.result.copying.group.tolist()
        for source, name in enumerate(self.sources):
            members.setdefault(group[source], []).append(name)
        return [tuple(names) for names in members.values() if len(names) > 1]

    def answers(self) -> Iterator[Answer]:
        """Yield the most probable value of each item; of equals the largest."""
        starts = np.searchsorted(self.table.cell_item, np.arange(len(self.items) + 1)).tolist()
        for key, (first, last) in zip(self.items, pairwise(starts), strict=True):
            cells = zip(self.result.probability[first:last], self.table.cell_value[first:last], strict=True)
            best = max((round(float(p), DIGITS), self.values[v], float(p)) for p, v in cells)
            yield Answer(key, best[1], best[2])


def learn(items: Iterable[Item], *, parameters: Parameters = DEFAULT, copying: bool = True) -> Learned:
    """Return what the items say together; ``copying=False`` takes every source for independent.

    Reads the items once and keeps only columns of numbers. No result depends on their order. Raises ``ValueError``
    where there are too many for one table.
    """
    columns = Columns()
    for item in items:
        columns.add(item)
    table, sources = columns.table()
    result = estimate(table, parameters=parameters, copying=copying)
    return Learned(table, result, sources, list(columns.items), list(columns.values))


def _numbers() -> array[int]:
    return array("q")


@dataclass(slots=True)
class Columns:
    """The columns of a table while its items come in."""

    sources: dict[str, int] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    values: dict[Value, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    stated: array[int] = field(default_factory=_numbers)
    kind: array[int] = field(default_factory=_numbers)
    wrong: array[float] = field(default_factory=lambda: array("d"))
    pairs: array[int] = field(default_factory=_numbers)
    known: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, item: Item) -> None:
        """Add an item; one of which nothing is stated is left out."""
        if not item.stated:
            return
        place = len(self.items)
        self.items.append(item.key)
        self.kind.append(_code(self.kinds, item.kind))
        self.wrong.append(np.nan if item.wrong is None else item.wrong)
        for source, value in item.stated:
            self.stated.extend((_code(self.sources, source), place, _code(self.values, value)))
        for pairs, compatible in ((item.less_exact, 0), (item.compatible, 1)):
            for a, b in pairs:
                self.pairs.extend((place, _code(self.values, a), _code(self.values, b), compatible))
        self.known.extend((place, _code(self.values, value), truth) for value, truth in item.known)

    def table(self) -> tuple[Assertions, list[str]]:
        """Return the table, and its sources by code."""
        names = sorted(self.sources)
        rank = np.empty(len(names), dtype=np.int64)
        rank[[self.sources[name] for name in names]] = np.arange(len(names))
        source, item, value = np.array(self.stated, dtype=np.int64).reshape(-1, 3).T
        table = tabulate(rank[source], item, value, kind=np.array(self.kind, dtype=np.int64))
        wrong = np.array(self.wrong, dtype=np.float64)
        table = replace(table, domain=np.where(np.isnan(wrong), table.domain, wrong)) if len(wrong) else table
        return self._with_known(self._with_pairs(table)), names

    def _with_pairs(self, table: Assertions) -> Assertions:
        if not self.pairs:
            return table
        item, a, b, compatible = np.array(self.pairs, dtype=np.int64).reshape(-1, 4).T
        cells = np.stack((_cells(table, item, a), _cells(table, item, b)), axis=1)
        stated = (cells >= 0).all(axis=1)
        return replace(table, wider=cells[stated], compatible=compatible[stated] > 0)

    def _with_known(self, table: Assertions) -> Assertions:
        if not self.known:
            return table
        item, value, truth = zip(*self.known, strict=True)
        cells = _cells(table, np.array(item, dtype=np.int64), np.array(value, dtype=np.int64))
        known = np.full(len(table.cell_item), np.nan)
        known[cells[cells >= 0]] = np.array(truth)[cells >= 0]
        return replace(table, known=known)


def _code(codes: dict[H, int], label: H) -> int:
    return codes.setdefault(label, len(codes))


def _cells(table: Assertions, item: IntArray, value: IntArray) -> IntArray:
    """Return the cell of each pair of item and value, -1 where nobody states it."""
    values = int(max(table.cell_value.max(initial=0), value.max(initial=0))) + 1
    keys, wanted = table.cell_item * values + table.cell_value, item * values + value
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(np.where(keys[place] == wanted, place, -1), dtype=np.int64)
