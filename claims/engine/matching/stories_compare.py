"""The comparisons between two articles that say whether they report one event; each returns a value in [0, 1]."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.engine.matching.stories_profile import Member

WEIGHTS = Path(__file__).parents[1] / "weights" / "stories.json"
LONGEST_GAP = 1096
"""Days; further apart makes no difference."""
MUCH_IN_COMMON = 60.0
"""Sum of the rarities of shared words (above ``RARE``) that is as good as any larger one."""
UNKNOWN_GAP = 0.25
"""Value of the gap where a date is unknown: about a week."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted logistic: a weight a comparison, the bias, and the log-odds asked for."""

    bias: float
    weights: Mapping[str, float]
    join: float
    unite: float


@cache
def fitted() -> Weights:
    """The weights that come with the package."""
    raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(raw["bias"], raw["weights"], raw["join"], raw["unite"])


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return min(1.0, sum(weight * b[term] for term, weight in a.items() if term in b))


def gap(a: Member, b: Member) -> float:
    """The time between two articles: 0 for the same day, 1 for three years or more, logarithmic between."""
    if a.day is None or b.day is None:
        return UNKNOWN_GAP
    return math.log1p(min(abs(a.day - b.day), LONGEST_GAP)) / math.log1p(LONGEST_GAP)


def rare(a: Member, b: Member) -> float:
    """How much is shared that few articles have."""
    shared = sum(min(weight, b.rare[term]) for term, weight in a.rare.items() if term in b.rare)
    return min(1.0, shared / MUCH_IN_COMMON)


COMPARISONS: dict[str, Callable[[Member, Member], float]] = {
    "words": lambda a, b: cosine(a.words, b.words),
    "lead": lambda a, b: cosine(a.lead, b.lead),
    "title": lambda a, b: cosine(a.title, b.title),
    "names": lambda a, b: cosine(a.names, b.names),
    "numbers": lambda a, b: cosine(a.numbers, b.numbers),
    "people": lambda a, b: cosine(a.people, b.people),
    "places": lambda a, b: cosine(a.places, b.places),
    "rare": rare,
    "gap": gap,
}


def values(a: Member, b: Member) -> dict[str, float]:
    """All comparisons of two articles, by name."""
    return {name: compare(a, b) for name, compare in COMPARISONS.items()}
