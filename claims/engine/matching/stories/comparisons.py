"""The comparisons between two articles that say whether they report one event; each returns a value in [0, 1]."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from claims.engine.matching.stories.profile import RARE, Member

WEIGHTS = Path(__file__).parents[2] / "weights" / "stories.json"
LONGEST_GAP = 1096
"""Days; further apart makes no difference."""
MUCH_IN_COMMON = 60.0
"""Sum of the rarities of shared words (above ``RARE``) that is as good as any larger one."""
UNKNOWN_GAP = 0.25
"""Value of the gap where a date is unknown: about a week."""
Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: for each comparison the log-odds that each value of it adds, linear between the points given.

    ``join`` is the log-odds from which an article joins a story, ``unite`` that from which two stories are one.
    """

    bias: float
    curves: Mapping[str, Curve]
    join: float
    unite: float

    def log_odds(self, name: str, value: float) -> float:
        """What a comparison's value adds to the score."""
        curve = self.curves[name]
        for (x0, y0), (x1, y1) in pairwise(curve):
            if value <= x1:
                return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
        return curve[-1][1]


@cache
def fitted() -> Weights:
    """The weights that come with the package."""
    raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    curves = {name: tuple((x, y) for x, y in points) for name, points in raw["curves"].items()}
    return Weights(raw["bias"], curves, raw["join"], raw["unite"])


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


def rare_share(a: Member, b: Member) -> float:
    """The share of the rare words of the article that has fewer which stand in the other."""
    fewer = min(sum(a.rare.values()), sum(b.rare.values()))
    shared = sum(min(weight, b.rare[term]) for term, weight in a.rare.items() if term in b.rare)
    return shared / (fewer + RARE)


def headline(a: Member, b: Member) -> float:
    """How much of each headline the other article's lead takes up."""
    return (_taken_up(a.title, b.lead) + _taken_up(b.title, a.lead)) / 2


def _taken_up(title: Mapping[str, float], lead: Mapping[str, float]) -> float:
    total = sum(title.values())
    return sum(weight for term, weight in title.items() if term in lead) / total if total else 0.0


def same_numbers(a: Member, b: Member) -> float:
    """The share of the figures of the article that has fewer which stand in the other."""
    return len(a.numbers.keys() & b.numbers.keys()) / max(1, min(len(a.numbers), len(b.numbers)))


def same_days(a: Member, b: Member) -> float:
    """The share of the days of the article that speaks of fewer of which the other speaks too."""
    return len({*a.days} & {*b.days}) / max(1, min(len(a.days), len(b.days)))


def other_days(a: Member, b: Member) -> float:
    """Whether both speak of days, and of none in common: 1, or a half where two are next to each other."""
    if not a.days or not b.days or {*a.days} & {*b.days}:
        return 0.0
    return 0.5 if min(abs(x - y) for x in a.days for y in b.days) <= 1 else 1.0


COMPARISONS: dict[str, Callable[[Member, Member], float]] = {
    "words": lambda a, b: cosine(a.words, b.words),
    "lead": lambda a, b: cosine(a.lead, b.lead),
    "title": lambda a, b: cosine(a.title, b.title),
    "headline": headline,
    "names": lambda a, b: cosine(a.names, b.names),
    "places": lambda a, b: cosine(a.places, b.places),
    "numbers": lambda a, b: cosine(a.numbers, b.numbers),
    "same_numbers": same_numbers,
    "rare": rare,
    "rare_share": rare_share,
    "gap": gap,
    "same_days": same_days,
    "other_days": other_days,
}


def values(a: Member, b: Member) -> dict[str, float]:
    """All comparisons of two articles, by name."""
    return {name: compare(a, b) for name, compare in COMPARISONS.items()}
