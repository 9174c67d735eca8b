"""The stance channel fitted to claims that people decided: likelihood ratios with a prior, learned from verdicts only.

The fit is a maximum a posteriori estimate. The priors of the Beta parameters are log-normal around their present
values, that of the temperature likewise but narrower, that of the prior log-odds normal around its own: a handful of
verdicts moves little, hundreds move all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from claims.engine.agreement.learning.assertions import FloatArray
from claims.engine.agreement.learning.gamma import log_gamma
from claims.engine.agreement.parameters import DEFAULT, Parameters

FITTED = ("true_asserted", "true_denied", "false_asserted", "false_denied")
FIRST_STEP, LAST_STEP = 0.5, 0.01
PRIOR_SPREAD, TEMPERATURE_SPREAD = 1.0, 0.25
FEWEST = 10
"""Below so many verdicts the shipped parameters stand."""


@dataclass(frozen=True, slots=True)
class Case:
    """A decided claim: the weight of the origins that assert it, the weights against it with their factors
    (``stance.portions``), and whether it holds."""

    asserting: float
    denying: tuple[tuple[float, float], ...]
    holds: bool


def fit(cases: Sequence[Case], parameters: Parameters = DEFAULT) -> Parameters:
    """Return the parameters with the stance channel, the prior log-odds and the temperature fitted to the cases.

    A pattern search (Hooke and Jeeves, 1961) over the logarithms: deterministic, no derivatives. ``true_asserted`` is
    kept at least ``false_asserted`` and ``false_denied`` at least ``true_denied``, so that an assertion never lowers.
    """
    if len(cases) < FEWEST or len({c.holds for c in cases}) < 2:
        return parameters
    columns = Columns.of(cases)
    logs = [math.log(getattr(parameters, name)) for name in FITTED]
    start = np.array([*logs, parameters.prior_log_odds, math.log(parameters.temperature)])
    spread = np.array([*(PRIOR_SPREAD for _ in logs), PRIOR_SPREAD, TEMPERATURE_SPREAD])

    def loss(point: FloatArray) -> float:
        deviation = float((((point - start) / spread) ** 2).sum()) / 2.0
        return negative_log_likelihood(point, columns) + deviation

    best = ordered(pattern_search(loss, start))
    values = {name: float(math.exp(x)) for name, x in zip(FITTED, best[:4], strict=True)}
    return replace(parameters, **values, prior_log_odds=float(best[4]), temperature=float(math.exp(best[5])))


def ordered(point: FloatArray) -> FloatArray:
    """Return the point with the Beta parameters in the order that keeps the score monotonic."""
    a1, b1, a0, b0, *rest = point
    return np.array([max(a1, a0), min(b1, b0), a0, b0, *rest])


@dataclass(frozen=True, slots=True)
class Columns:
    """Cases as columns: weight for, verdict, and for each factor (falling) the weight against down to it."""

    asserting: FloatArray
    holds: FloatArray
    factors: tuple[float, ...]
    against: FloatArray

    @classmethod
    def of(cls, cases: Sequence[Case]) -> Columns:
        """Return the columns of the cases."""
        factors = tuple(sorted({f for c in cases for d, f in c.denying if d > 0}, reverse=True))
        against = [[math.fsum(d for d, f in c.denying if f >= factor) for c in cases] for factor in factors]
        return cls(
            np.array([c.asserting for c in cases]),
            np.array([float(c.holds) for c in cases]),
            factors,
            np.array(against, dtype=np.float64).reshape(len(factors), len(cases)),
        )


def negative_log_likelihood(point: FloatArray, columns: Columns) -> float:
    """Return minus the log likelihood of the verdicts; the odds are those of ``stance.portions``."""
    a1, b1, a0, b0 = np.exp(ordered(point)[:4])

    def evidence(against: FloatArray) -> FloatArray:
        n = columns.asserting
        return _log_beta_ratio(n, against, a1, b1) - _log_beta_ratio(n, against, a0, b0)

    level = evidence(np.zeros_like(columns.asserting))
    odds = point[4] + level
    for factor, against in zip(columns.factors, columns.against, strict=True):
        after = evidence(against)
        odds = odds + factor * (after - level)
        level = after
    odds = odds / math.exp(point[5])
    return float(np.logaddexp(0.0, np.where(columns.holds > 0.5, -odds, odds)).sum())


def _log_beta_ratio(n: FloatArray, m: FloatArray, a: float, b: float) -> FloatArray:
    start = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return np.asarray(log_gamma(a + n) + log_gamma(b + m) - log_gamma(a + b + n + m) - start, dtype=np.float64)


def pattern_search(loss: Callable[[FloatArray], float], start: FloatArray) -> FloatArray:
    """Return a point of least loss near the start, moving along one axis at a time with halving steps."""
    point, value, step = start.copy(), loss(start), FIRST_STEP
    while step > LAST_STEP:
        moved = False
        for axis in range(len(point)):
            for sign in (1.0, -1.0):
                trial = point.copy()
                trial[axis] += sign * step
                tried = loss(trial)
                if tried < value - 1e-12:
                    point, value, moved = trial, tried, True
                    break
        if not moved:
            step /= 2.0
    return point
