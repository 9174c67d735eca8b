"""The logarithm of the gamma function and its derivative, for arrays: Stirling's series after eight steps upwards.

Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 6.1.41 and 6.3.18; off by less than 1e-10 for any
positive argument up to 1e30.
"""

from __future__ import annotations

import math

import numpy as np

from claims.engine.agreement.learning.assertions import FloatArray

STEPS = 8
HALF_LOG_TWO_PI = 0.5 * math.log(2.0 * math.pi)


def log_gamma(x: FloatArray) -> FloatArray:
    """Return log of gamma(x), x > 0."""
    z = x + STEPS
    square = 1.0 / (z * z)
    series = (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / z
    below = np.ones_like(z)
    for step in range(STEPS):
        below = below * (x + step)
    return np.asarray((z - 0.5) * np.log(z) - z + HALF_LOG_TWO_PI + series - np.log(below), dtype=np.float64)


def digamma(x: FloatArray) -> FloatArray:
    """Return the derivative of log gamma at x, x > 0."""
    z = x + STEPS
    square = 1.0 / (z * z)
    series = square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
    below = np.zeros_like(z)
    for step in range(STEPS):
        below = below + 1.0 / (x + step)
    return np.asarray(np.log(z) - 0.5 / z - series - below, dtype=np.float64)
