"""How far a stated figure speaks for a candidate value: K(x, v) of the score.

A figure is rarely a point. "168" stands for 167.5 to 168.5; "12,000" may be rounded to the thousand; "more than
100" is censored: it is compatible with 155 and with 168 and in favour of neither; "about 150" is wider; a range
holds every value inside. A count that was stated earlier and is lower than the candidate is an early toll that
later reports overtook: no contradiction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from claims.engine.agreement.parameters import Parameters
from claims.engine.types import Comparator, Quantity

LOWER = (Comparator.GT, Comparator.GE)
UPPER = (Comparator.LT, Comparator.LE)
SIGNIFICANT = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that competes to be the claim's figure; ``time`` is when it was first stated, if known."""

    value: float
    time: datetime | None = None


def unit_of_last_digit(value: float) -> float:
    """Return the place value of the last non-zero digit: 0.1 for 2.5, 1 for 168, 1000 for 12000, 1 for 0."""
    if value == 0 or not math.isfinite(value):
        return 1.0
    mantissa, exponent = f"{abs(value):.{SIGNIFICANT}e}".split("e")
    decimals = len(mantissa.rstrip("0").split(".")[1])
    return float(10.0 ** (int(exponent) - decimals))


def interval(quantity: Quantity, parameters: Parameters) -> tuple[float, float]:
    """Return the values that the figure leaves open, as (low, high), either possibly infinite."""
    value, upper = quantity.value, quantity.upper
    half = min(unit_of_last_digit(value), 1.0) / 2
    if quantity.comparator in LOWER:
        return value, math.inf
    if quantity.comparator in UPPER:
        return -math.inf, value
    if upper is not None:
        return value - half, upper + half
    if quantity.comparator is Comparator.APPROX:
        half = max(half, abs(value) * parameters.approximate_width, unit_of_last_digit(value) / 2)
    return value - half, value + half


def is_point(quantity: Quantity) -> bool:
    """Say whether the figure names a value, rather than a bound or a range."""
    return quantity.upper is None and quantity.comparator in (Comparator.EQ, Comparator.APPROX)


def support(quantity: Quantity, stated: datetime | None, candidate: Candidate, parameters: Parameters) -> float:
    """Return K in [0, 1]: 1 says the same value, 0 contradicts it, between them it is compatible."""
    low, high = interval(quantity, parameters)
    value = candidate.value
    if low <= value <= high:
        if math.isinf(low) or math.isinf(high):
            return _bounded(quantity, value, parameters)
        if quantity.upper is not None:
            return 1.0 if value in (quantity.value, quantity.upper) else parameters.bound_support
        if quantity.comparator is Comparator.APPROX:
            distance = abs(value - quantity.value) / max(value - low, high - value, 1e-300)
            return 1.0 - (1.0 - parameters.rounding_support) * min(distance, 1.0)
        return 1.0
    rounded = unit_of_last_digit(quantity.value) / 2
    if is_point(quantity) and abs(value - quantity.value) <= rounded:
        return parameters.rounding_support
    if overtaken(quantity, stated, candidate):
        return parameters.overtaken_support
    return 0.0


def _bounded(quantity: Quantity, value: float, parameters: Parameters) -> float:
    """Return how far a bound speaks for a value inside it: for its own limit fully, for all others alike."""
    return 1.0 if value == quantity.value else parameters.bound_support


def overtaken(quantity: Quantity, stated: datetime | None, candidate: Candidate) -> bool:
    """Say whether the figure is an early count that a later, higher one has overtaken."""
    return (
        quantity.unit == ""
        and quantity.comparator not in LOWER
        and stated is not None
        and candidate.time is not None
        and stated < candidate.time
        and max(quantity.value, quantity.upper or quantity.value) < candidate.value
    )
