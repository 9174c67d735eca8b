"""The fitted numbers of claim matching, read once: what each score of each comparison is worth."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.engine.matching.features import Background

FILE = Path(__file__).parents[1] / "weights" / "matching.json"


@dataclass(frozen=True, slots=True)
class Curve:
    """Log-odds by score: straight lines between ``(knots[i], values[i])``; ``missing`` where nothing is compared."""

    knots: tuple[float, ...]
    values: tuple[float, ...]
    missing: float = 0.0

    @property
    def most(self) -> float:
        """The highest log-odds that any score, or none, is worth."""
        return max(*self.values, self.missing)

    @property
    def least(self) -> float:
        """The lowest log-odds that any score, or none, is worth."""
        return min(*self.values, self.missing)

    def at(self, score: float | None) -> float:
        """Return the log-odds that ``score`` in [0, 1] is worth."""
        if score is None:
            return self.missing
        right = min(max(bisect_right(self.knots, score), 1), len(self.knots) - 1)
        low, high = self.knots[right - 1], self.knots[right]
        share = min(max((score - low) / (high - low), 0.0), 1.0)
        return self.values[right - 1] + share * (self.values[right] - self.values[right - 1])


@dataclass(frozen=True, slots=True)
class Weights:
    """``base`` and the curves give a pair's log-odds; ``same_event`` and ``join`` are its two thresholds.

    At ``same_event`` two sentences more likely than not report one event; at ``join`` a mention joins a claim.
    """

    algorithm: str
    base: float
    curves: Mapping[str, Curve]
    same_event: float
    join: float
    background: Background


@cache
def shipped() -> Weights:
    """Return the weights of ``weights/matching.json``."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(
        algorithm=stored["algorithm"],
        base=stored["base"],
        curves={
            name: Curve(tuple(c["knots"]), tuple(c["log_odds"]), c.get("missing", 0.0))
            for name, c in stored["comparisons"].items()
        },
        same_event=stored["thresholds"]["same_event"],
        join=stored["thresholds"]["join"],
        background=Background(stored["background"]["idf"], stored["background"]["unseen"]),
    )
