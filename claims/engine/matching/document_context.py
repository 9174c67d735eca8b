"""The document context of a statement: what its article, and the articles most like that one, say besides.

Two sentences may sound alike and tell of two events of one kind ("a deputy was shot", twice in one city). Their
articles tell them apart, and an article of few sentences is known by its neighbours.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from claims.engine.matching.prepared import prepared
from claims.engine.types import Mention

NEIGHBOURS = 8
"""An article is read together with so many that are most like it, itself included."""

ROUNDS = 2
_WIDTH = 4096
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class DocumentContext:
    """How alike the articles of a set are, each taken together with its neighbours, in [0, 1]."""

    places: Mapping[str, int]
    table: Table

    def likeness(self, one: str, other: str) -> float | None:
        """Return how alike two articles are; None for one and the same, or where one is not known."""
        left, right = self.places.get(one), self.places.get(other)
        if left is None or right is None or left == right:
            return None
        return float(min(max(self.table[left, right], 0.0), 1.0))


NO_CONTEXT = DocumentContext({}, np.zeros((0, 0), dtype=np.float32))


def document_context_of(mentions: Iterable[Mention]) -> DocumentContext:
    """Return how alike the articles of ``mentions`` are; with too few articles to have neighbours, none.

    Each article is the bag of its mentions' concepts, weighted by how few of the articles hold them. The bag is then
    replaced, ``ROUNDS`` times, by the mean of those of its nearest articles (as in pseudo-relevance feedback).
    """
    bags: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        bags[mention.article] |= prepared(mention).concepts
    names = sorted(name for name in bags if name)
    if len(names) <= NEIGHBOURS:
        return NO_CONTEXT
    raw = _vectors([bags[name] for name in names])
    likeness = raw @ raw.T
    for _ in range(ROUNDS):
        likeness = _with_neighbours(raw, likeness)
    return DocumentContext({name: place for place, name in enumerate(names)}, likeness)


def _vectors(bags: list[set[str]]) -> Table:
    """Return one row of length one a bag: words hashed into ``_WIDTH`` columns, rare words weighing more."""
    holding = Counter(word for bag in bags for word in bag)
    rows = np.zeros((len(bags), _WIDTH), dtype=np.float32)
    for row, bag in zip(rows, bags, strict=True):
        for word in bag:
            row[crc32(word.encode()) % _WIDTH] += math.log(len(bags) / holding[word])
    return _normed(rows)


def _normed(rows: Table) -> Table:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _with_neighbours(raw: Table, likeness: Table) -> Table:
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    weights = np.zeros_like(likeness)
    np.put_along_axis(weights, nearest, np.take_along_axis(likeness, nearest, axis=1), axis=1)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    mixed = _normed((weights @ raw).astype(np.float32))
    return (mixed @ mixed.T).astype(np.float32)
