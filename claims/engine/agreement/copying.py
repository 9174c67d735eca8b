"""Which sources copy which, learned from rare values that they share.

Two independent sources agree on what is true; they seldom make the same mistake. The evidence for copying is therefore
the number of shared values that are probably wrong, each weighed by how rare it is, against the number of items on
which the two differ (Dong, Berti-Equille and Srivastava, VLDB 2009). Shared true values say nothing here, so accurate
sources do not look like copies of each other. Items with few possible values (yes/no) are left out altogether.

An inverted index over shared rare values finds the candidate pairs; there is no table of sources times sources.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.assertions import Assertions, BoolArray, FloatArray, IntArray
from claims.engine.agreement.parameters import Parameters

FEWEST_FALSE_VALUES = 3.0
"""Below so many possible wrong values a shared mistake is no coincidence."""

MOST_PROVIDERS = 64
"""A value that more sources state is not rare."""

CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Copying:
    """``group[s]`` is the smallest source of the group that s belongs to; ``pairs`` and their ``log_odds``."""

    group: IntArray
    pairs: IntArray
    log_odds: FloatArray

    @classmethod
    def none(cls, sources: int) -> Copying:
        """Return that nobody copies."""
        return cls(np.arange(sources), np.empty((0, 2), dtype=np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class Index:
    """The assertions on items with many possible values, ordered by source: ``cell[bounds[s] : bounds[s + 1]]``."""

    many: BoolArray
    cell: IntArray
    item: IntArray
    bounds: IntArray
    providers: IntArray
    starts: IntArray

    @classmethod
    def of(cls, table: Assertions) -> Index:
        """Return the index of a table; made once, used in every round."""
        many = table.domain >= FEWEST_FALSE_VALUES
        rows = np.flatnonzero(many[table.item])
        order = rows[np.argsort(table.source[rows], kind="stable")]
        cell = table.cell[order]
        bounds = np.searchsorted(table.source[order], np.arange(table.sources + 1))
        providers = np.bincount(table.cell, minlength=len(table.cell_item))
        starts = np.concatenate(([0], np.cumsum(providers)[:-1]))
        return cls(many, cell, table.cell_item[cell], bounds, providers, starts)


def copy_groups(
    table: Assertions,
    index: Index,
    vote: FloatArray,
    probability: FloatArray,
    false_values: FloatArray,
    parameters: Parameters,
) -> Copying:
    """Return the groups of sources that are one witness, given the probability of each cell.

    ``vote`` is what each assertion counts for by the groups known so far: what only copiers repeat is still rare.
    """
    keys, shared = shared_rare_values(table, index, vote, probability, false_values, parameters)
    likely = shared + parameters.copy_prior > 0
    pairs = np.stack((keys[likely] // table.sources, keys[likely] % table.sources), axis=1)
    odds = pair_log_odds(index, pairs, shared[likely], parameters)
    copies = odds > 0
    pairs, odds = pairs[copies], odds[copies]
    return Copying(complete_linkage(table.sources, pairs, odds), pairs, odds)


def shared_rare_values(
    table: Assertions,
    index: Index,
    vote: FloatArray,
    probability: FloatArray,
    false_values: FloatArray,
    parameters: Parameters,
) -> tuple[IntArray, FloatArray]:
    """Return the pairs that share values that are probably wrong (as s * sources + t, s < t), and what that says.

    For each shared value: P(wrong) * log((c + (1 - c) q) / q), with c the copy rate and q the chance that an
    independent wrong statement about the item hits this value.
    """
    providers = index.providers
    heard = np.bincount(table.cell, vote, len(table.cell_item))
    wrong = np.bincount(table.cell_item, heard * (1.0 - probability), table.items)
    chance = np.minimum(heard / (wrong + false_values)[table.cell_item], 1.0)
    rate = parameters.copy_rate
    worth = (1.0 - probability) * np.log((rate + (1.0 - rate) * chance) / chance)
    rare = (providers >= 2) & (providers <= MOST_PROVIDERS) & index.many[table.cell_item] & (probability < 0.5)
    keys, sums = np.empty(0, dtype=np.int64), np.empty(0)
    for left, right, cell in _pairs(np.flatnonzero(rare), providers, index.starts):
        key = table.source[left] * np.int64(table.sources) + table.source[right]
        keys, sums = merged(np.concatenate((keys, key)), np.concatenate((sums, worth[cell])))
    return keys, sums


def merged(keys: IntArray, weights: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the distinct keys in order, with the sum of the weights of each."""
    if not len(keys):
        return keys, weights
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[first], np.asarray(np.add.reduceat(weights[order], first), dtype=np.float64)


def _pairs(cells: IntArray, providers: IntArray, starts: IntArray) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """Yield the places (left, right) of all pairs of providers of the same cell, with the cell, in large chunks."""
    chunk: list[tuple[IntArray, IntArray, IntArray]] = []
    held = 0
    for size in np.unique(providers[cells]):
        of_size = cells[providers[cells] == size]
        first, second = np.triu_indices(int(size), 1)
        step = max(CHUNK // len(first), 1)
        for begin in range(0, len(of_size), step):
            part = of_size[begin : begin + step]
            base = starts[part][:, None]
            chunk.append(((base + first).ravel(), (base + second).ravel(), np.repeat(part, len(first))))
            held += len(part) * len(first)
            if held >= CHUNK:
                yield _joined(chunk)
                chunk, held = [], 0
    if chunk:
        yield _joined(chunk)


def _joined(chunk: list[tuple[IntArray, IntArray, IntArray]]) -> tuple[IntArray, IntArray, IntArray]:
    left, right, cell = zip(*chunk, strict=True)
    return np.concatenate(left), np.concatenate(right), np.concatenate(cell)


def pair_log_odds(
    index: Index,
    pairs: IntArray,
    shared: FloatArray,
    parameters: Parameters,
) -> FloatArray:
    """Return the log-odds that each pair is one witness: prior + shared rare values - items on which they differ.

    A pair that has less than ``copy_coverage`` of the larger one's items in common is minus infinity: a source that
    takes some of what it says from another is not the same witness. Where it did is for ``provenance`` to see.
    """
    bounds = index.bounds
    against = math.log(1.0 - parameters.copy_rate)
    result = np.empty(len(pairs))
    for k, (s, t) in enumerate(pairs):
        a, b = slice(bounds[s], bounds[s + 1]), slice(bounds[t], bounds[t + 1])
        common = _common(index.item[a], index.item[b])
        same = _common(index.cell[a], index.cell[b])
        largest = max(a.stop - a.start, b.stop - b.start)
        enough = common >= parameters.copy_coverage * largest
        odds = parameters.copy_prior + shared[k] + against * max(common - same, 0)
        result[k] = odds if enough else -math.inf
    return result


def _common(a: IntArray, b: IntArray) -> int:
    """Return how many of the sorted a are in the sorted b."""
    if len(a) > len(b):
        a, b = b, a
    if not len(b):
        return 0
    place = np.minimum(np.searchsorted(b, a), len(b) - 1)
    return int((b[place] == a).sum())


def complete_linkage(sources: int, pairs: IntArray, log_odds: FloatArray) -> IntArray:
    """Return the group of each source, merging the surest pairs first, and only where every cross pair is one.

    Single linkage would chain accurate sources together through one that each resembles.
    """
    linked = {(int(s), int(t)) for s, t in pairs}
    members: dict[int, tuple[int, ...]] = {}
    for k in np.lexsort((pairs[:, 1], pairs[:, 0], -log_odds)):
        s, t = int(pairs[k, 0]), int(pairs[k, 1])
        left, right = members.get(s, (s,)), members.get(t, (t,))
        if left is right or s in right:
            continue
        if all((min(a, b), max(a, b)) in linked for a in left for b in right):
            union = tuple(sorted(left + right))
            members.update(dict.fromkeys(union, union))
    group = np.arange(sources)
    for s, union in members.items():
        group[s] = union[0]
    return group


def shared_votes(table: Assertions, group: IntArray) -> FloatArray:
    """Return the vote of each assertion: one for each group and cell, shared among those who state it."""
    if np.array_equal(group, np.arange(table.sources)):
        return np.ones(len(table.cell))
    key = table.cell * np.int64(table.sources) + group[table.source]
    _, place, size = np.unique(key, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / size[place], dtype=np.float64)
