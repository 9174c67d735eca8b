"""How far a stated figure speaks for a candidate value: K(x, v) of the score.

A figure is rarely a point. "168" stands for 167.5 to 168.5; "12,000" may be rounded to the thousand; "more than
100" is censored: it is compatible with 155 and with 168 and in favour of neither; "about 150" is wider; a range
holds every value inside. A count that was stated earlier and is lower than the candidate is an early toll that
later reports overtook: no contradiction.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

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


@lru_cache(maxsize=4096)
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


def supports(
    quantity: Quantity, stated: datetime | None, candidates: Sequence[Candidate], parameters: Parameters
) -> tuple[float, ...]:
    """Return K for each candidate, in [0, 1]: 1 is the same value, 0 contradicts it, between them it is compatible."""
    low, high = interval(quantity, parameters)
    inside = _inside(quantity, parameters)
    rounded = unit_of_last_digit(quantity.value) / 2 if is_point(quantity) else 0.0
    early = quantity.unit == "" and quantity.comparator not in LOWER and stated is not None
    largest = quantity.value if quantity.upper is None else quantity.upper
    result = []
    for candidate in candidates:
        value = candidate.value
        if low <= value <= high:
            result.append(inside(value))
        elif rounded and abs(value - quantity.value) <= rounded:
            result.append(parameters.rounding_support)
        elif (
            early and largest < value and candidate.time is not None and stated is not None and stated < candidate.time
        ):
            result.append(parameters.overtaken_support)
        else:
            result.append(0.0)
    return tuple(result)


def support(quantity: Quantity, stated: datetime | None, candidate: Candidate, parameters: Parameters) -> float:
    """Return K for one candidate."""
    return supports(quantity, stated, (candidate,), parameters)[0]


def _inside(quantity: Quantity, parameters: Parameters) -> Callable[[float], float]:
    """Return what the figure gives to a value that it leaves open.

    A bound speaks for its own limit in full and for all other values alike, a range for its ends; an approximate
    figure falls off towards its edges.
    """
    value, upper = quantity.value, quantity.upper
    if upper is not None or quantity.comparator in LOWER or quantity.comparator in UPPER:
        return lambda v: 1.0 if v in (value, upper) else parameters.bound_support
    if quantity.comparator is not Comparator.APPROX:
        return lambda _: 1.0
    low, high = interval(quantity, parameters)
    width = max((high - low) / 2, 1e-300)
    return lambda v: 1.0 - (1.0 - parameters.rounding_support) * min(abs(v - value) / width, 1.0)
