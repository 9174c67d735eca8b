"""Which articles copy which: candidates by shared shingles, then how much of the shorter stands in the longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from claims.engine.shingles import containment

COPIED = 0.5
"""Containment from which two texts are a copy of one another."""
FULL = 24
"""Texts that share a shingle, up to which every pair is looked at; beyond, each is held against its neighbours."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles, ``left`` < ``right``, and the share of the shorter that stands in the other."""

    left: str
    right: str
    containment: float


def copies(sketches: Mapping[str, Sequence[int]], threshold: float = COPIED) -> tuple[Copy, ...]:
    """Return the pairs of articles that copy one text, in order; ``sketches`` by article (``engine.shingles.sketch``).

    Every pair that shares two shingles of its sketches is compared. Where a shingle stands in more than ``FULL``
    articles (a wire report, or furniture of one site), only neighbours in the order of ids are compared over it, so
    that a report printed a thousand times costs a thousand comparisons and still makes one chain.
    """
    found = []
    for left, right in sorted(candidates(sketches)):
        share = containment(sketches[left], sketches[right])
        if share >= threshold:
            found.append(Copy(left, right, share))
    return tuple(found)


def candidates(sketches: Mapping[str, Sequence[int]]) -> set[tuple[str, str]]:
    """Pairs worth comparing: two shingles in common at least."""
    once: set[tuple[str, str]] = set()
    twice: set[tuple[str, str]] = set()
    for articles in _holders(sketches):
        for pair in _pairs(articles):
            (twice if pair in once else once).add(pair)
    return twice


def _holders(sketches: Mapping[str, Sequence[int]]) -> Iterator[list[str]]:
    """For each shingle that several articles have, those articles in order.

    Hardly any shingle is shared, so all are sorted at once and only equal neighbours are looked at one by one.
    """
    names = sorted(name for name in sketches if sketches[name])
    if len(names) < 2:
        return
    hashes = np.concatenate([np.asarray(sketches[name], dtype=np.int64) for name in names])
    owners = np.repeat(np.arange(len(names)), [len(sketches[name]) for name in names])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    equal = np.flatnonzero(hashes[1:] == hashes[:-1])
    if not len(equal):
        return
    for run in np.split(equal, np.flatnonzero(np.diff(equal) > 1) + 1):
        yield [names[owner] for owner in owners[run[0] : run[-1] + 2].tolist()]


def _pairs(articles: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations(articles, 2) if len(articles) <= FULL else pairwise(articles)
