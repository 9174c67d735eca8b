"""Which of the propositions that a sentence may state people would state: a logistic model over what each is made of.

The weights are fitted outside (``weights/propositions.json`` says on what, and how well they do).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from claims.engine.reading.statements.listing import Candidate

WEIGHTS: Final = Path(__file__).parents[2] / "weights" / "propositions.json"
ALIKE: Final = 0.8
"""Two propositions that share so much of their words (Jaccard) are one."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over features that are there or not; ``threshold`` is the least log-odds of what is stated."""

    bias: float
    threshold: float
    features: Mapping[str, float]

    def log_odds(self, candidate: Candidate) -> float:
        """Return how much speaks for a candidate, in log-odds (natural logarithm)."""
        weights = self.features
        return self.bias + sum(weights.get(name, 0.0) for name in candidate.features)


@cache
def shipped() -> Model:
    """Return the fitted model."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(stored["bias"], stored["threshold"], stored["features"])


def stated(candidates: Sequence[Candidate], model: Model | None = None) -> list[Candidate]:
    """Return the candidates that people would state, the likeliest first, no two of them alike.

    Of a sentence with candidates at least the likeliest is stated.
    """
    chosen = model or shipped()
    scored = sorted(
        ((chosen.log_odds(one), one) for one in candidates), key=lambda pair: (-pair[0], sorted(pair[1].words))
    )
    found: list[Candidate] = []
    for odds, one in scored:
        if odds < chosen.threshold and found:
            break
        if all(_shared(one, other) < ALIKE for other in found):
            found.append(one)
    return found


def _shared(one: Candidate, other: Candidate) -> float:
    both = len(one.words & other.words)
    return both / (len(one.words) + len(other.words) - both)
