"""Which sources copy which, learned from rare values that they share.

Two independent sources agree on what is true; they seldom make the same mistake. The evidence for copying is therefore
the number of shared values that are probably wrong, each weighed by how rare it is, against the number of items on
which the two differ (Dong, Berti-Equille and Srivastava, VLDB 2009). Shared true values say nothing here, so accurate
sources do not look like copies of each other. Items with few possible values (yes/no) are left out altogether.

A source that holds only a part of another's items and has them from it is no second copy of the whole: it follows, and
only what it says beside the other is its own.

An inverted index over shared rare values finds the candidate pairs; there is no table of sources times sources.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.learning.assertions import Assertions, BoolArray, FloatArray, IntArray, distinct
from claims.engine.agreement.parameters import Parameters

FEWEST_FALSE_VALUES = 3.0
"""Below so many possible wrong values a shared mistake is no coincidence."""

MOST_PROVIDERS = 64
"""A value that more sources state is not rare."""

CHUNK = 1_000_000
NO_PAIRS: IntArray = np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Copying:
    """``group[s]`` is the smallest source of the group that s belongs to; ``pairs`` and their ``log_odds``.

    ``follows[k]`` is a source and the group from which it takes a part of what that group says.
    """

    group: IntArray
    pairs: IntArray
    log_odds: FloatArray
    follows: IntArray

    @classmethod
    def none(cls, sources: int) -> Copying:
        """Return that nobody copies."""
        return cls(np.arange(sources), NO_PAIRS, np.empty(0), NO_PAIRS)


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
    """Return the groups of sources that are one witness, and who follows whom, given the probability of each cell.

    ``vote`` is what each assertion counts for by the groups known so far: what only copiers repeat is still rare. Two
    sources are one witness only where they have at least ``copy_coverage`` of the larger one's items in common; where
    the smaller one alone has that much in common, it follows the larger.
    """
    keys, shared = shared_rare_values(table, index, vote, probability, false_values, parameters)
    likely = shared + parameters.copy_prior > 0
    pairs = np.stack((keys[likely] // table.sources, keys[likely] % table.sources), axis=1)
    odds, common = pair_log_odds(index, pairs, shared[likely], parameters)
    size = np.diff(index.bounds)[pairs]
    copies = odds > 0
    whole = copies & (common >= parameters.copy_coverage * size.max(axis=1))
    part = copies & (common >= parameters.copy_coverage * size.min(axis=1)) & (size[:, 0] != size[:, 1])
    group = complete_linkage(table.sources, pairs[whole], odds[whole])
    smaller_first = np.where(size[:, :1] < size[:, 1:], pairs, pairs[:, ::-1])[part]
    follows = np.stack((smaller_first[:, 0], group[smaller_first[:, 1]]), axis=1)
    apart = group[follows[:, 0]] != follows[:, 1]
    return Copying(group, pairs[whole], odds[whole], follows[apart])


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
) -> tuple[FloatArray, IntArray]:
    """Return the log-odds that each pair copies, and how many items both have.

    The log-odds are the prior, what the shared rare values say, and log(1 - c) for each item on which they differ.
    """
    bounds = index.bounds
    against = math.log(1.0 - parameters.copy_rate)
    odds, common = np.empty(len(pairs)), np.zeros(len(pairs), dtype=np.int64)
    for k, (s, t) in enumerate(pairs):
        a, b = slice(bounds[s], bounds[s + 1]), slice(bounds[t], bounds[t + 1])
        common[k] = _common(index.item[a], index.item[b])
        same = _common(index.cell[a], index.cell[b])
        odds[k] = parameters.copy_prior + shared[k] + against * max(common[k] - same, 0)
    return odds, common


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


def own_votes(table: Assertions, copying: Copying, parameters: Parameters) -> FloatArray:
    """Return the shared votes, with 1 - c of them left to an assertion that its source may have from one it follows.

    The votes of independence of Dong et al. (2009), where the probability of copying is taken as 0 or 1.
    """
    vote = shared_votes(table, copying.group)
    followers = np.flatnonzero(np.isin(table.source, copying.follows[:, 0]))
    if not len(followers):
        return vote
    told = distinct(table.cell * np.int64(table.sources) + copying.group[table.source])
    taken = np.zeros(len(vote), dtype=np.bool_)
    for source, group in copying.follows:
        rows = followers[table.source[followers] == source]
        key = table.cell[rows] * np.int64(table.sources) + group
        taken[rows] |= told[np.minimum(np.searchsorted(told, key), len(told) - 1)] == key
    return np.where(taken, vote * (1.0 - parameters.copy_rate), vote)
