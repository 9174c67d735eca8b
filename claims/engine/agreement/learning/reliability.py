"""How far a source's word goes: the posterior of a Beta distribution over "what it states holds"."""

from __future__ import annotations

import math
from dataclasses import dataclass

from claims.engine.agreement.parameters import DEFAULT, Parameters

FLOOR, CEILING = 0.5, 0.99


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often a source's independent statements held, and how often not: expected counts, without the prior."""

    agree: float = 0.0
    disagree: float = 0.0

    def accuracy(self, parameters: Parameters = DEFAULT) -> float:
        """Return the posterior mean in [0.5, 0.99]; below one half a source says nothing, never the opposite.

        The mean of Beta(a + agree, b + disagree). The floor keeps an assertion from lowering a score; the
        ceiling keeps one source from deciding a claim alone.
        """
        right = parameters.prior_agree + self.agree
        mean = right / (right + parameters.prior_disagree + self.disagree)
        return min(max(mean, FLOOR), CEILING)

    def log_odds(self, parameters: Parameters = DEFAULT) -> float:
        """Return log(A / (1 - A)) of the accuracy A."""
        accuracy = self.accuracy(parameters)
        return math.log(accuracy / (1.0 - accuracy))


UNKNOWN = Reliability()
