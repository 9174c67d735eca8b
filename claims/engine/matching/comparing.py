"""With what two mentions are compared: how rare words are in news and in the story, how alike articles are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from claims.engine.matching.document_context import NO_CONTEXT, DocumentContext
from claims.engine.matching.prepared import NO_TOPIC, Prepared, Topic

_AS_MANY = 100
"""News at large counts as so many mentions beside those of the story (additive smoothing)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one comparison found: a score in [0, 1], or None where there is nothing to compare, and why."""

    score: float | None
    reason: str = ""


NOTHING = Measure(None)


@dataclass(frozen=True, slots=True)
class Background:
    """How rare words are in news at large (``idf`` in natural logarithms; ``unseen`` for all others)."""

    idf: Mapping[str, float]
    unseen: float

    def share(self, word: str) -> float:
        """Return the share of statements in the news that hold ``word``."""
        return math.exp(-self.idf.get(word, self.unseen))


@dataclass(frozen=True, slots=True, eq=False)
class ComparisonContext:
    """In what two mentions are compared. Keeps what it worked out, so use one for all comparisons of a story."""

    background: Background
    topic: Topic = NO_TOPIC
    documents: DocumentContext = NO_CONTEXT
    weights: dict[str, float] = field(default_factory=dict)
    sums: dict[frozenset[str], tuple[float, float]] = field(default_factory=dict)

    def weight(self, word: str) -> float:
        """Return how much sharing ``word`` says: its smoothed inverse document frequency in the story, plus 1."""
        known = self.weights.get(word)
        if known is None:
            holding = self.topic.counts.get(word, 0) + _AS_MANY * self.background.share(word)
            known = math.log((1 + self.topic.total + _AS_MANY) / (1 + holding)) + 1
            self.weights[word] = known
        return known

    def size(self, bag: frozenset[str]) -> tuple[float, float]:
        """Return the sum of the weights of ``bag`` and the root of the sum of their squares."""
        known = self.sums.get(bag)
        if known is None:
            found = [self.weight(word) for word in sorted(bag)]
            known = (sum(found), math.sqrt(sum(w * w for w in found)))
            self.sums[bag] = known
        return known


Comparing = Callable[[Prepared, Prepared, ComparisonContext], Measure]
