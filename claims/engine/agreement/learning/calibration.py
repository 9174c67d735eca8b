"""How far the stated probabilities can be trusted: compared with what was decided, bin by bin."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10
EXACT = 500
"""Claims in a bin up to which the chance deviation is summed over all outcomes; beyond, it is that of a normal."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The decided claims whose probability lies in [low, high): how many, the mean stated, the share that held."""

    low: float
    high: float
    count: int
    stated: float
    observed: float


@dataclass(frozen=True, slots=True)
class Report:
    """Bins that are not empty, the Brier score (mean squared error) and the expected calibration error.

    ``ece_by_chance`` is the calibration error that a perfectly calibrated score with the same probabilities would show
    on average, since few outcomes never fall as stated; ``z`` is Spiegelhalter's statistic ("Probabilistic prediction
    in patient management and clinical trials", 1986), standard normal where the probabilities are calibrated.
    """

    bins: tuple[Bin, ...]
    count: int
    brier: float
    ece: float
    accuracy: float
    ece_by_chance: float
    z: float


def report(pairs: Sequence[tuple[float, bool]], bins: int = BINS) -> Report:
    """Return the calibration of (probability, held) pairs; all zero where there are none."""
    rows, chance = [], 0.0
    for i in range(bins):
        inside = [(p, held) for p, held in pairs if min(int(p * bins), bins - 1) == i]
        if inside:
            chance += chance_deviation([p for p, _ in inside])
            stated = sum(p for p, _ in inside) / len(inside)
            observed = sum(held for _, held in inside) / len(inside)
            rows.append(Bin(i / bins, (i + 1) / bins, len(inside), stated, observed))
    count = len(pairs)
    return Report(
        bins=tuple(rows),
        count=count,
        brier=sum((p - held) ** 2 for p, held in pairs) / max(count, 1),
        ece=sum(abs(b.stated - b.observed) * b.count for b in rows) / max(count, 1),
        accuracy=sum((p > 0.5) == held for p, held in pairs) / max(count, 1),
        ece_by_chance=chance / max(count, 1),
        z=spiegelhalter(pairs),
    )


def chance_deviation(probabilities: Sequence[float]) -> float:
    """Return the mean of |how many held - how many should| where each holds with its probability, independently."""
    p = np.array(probabilities, dtype=np.float64)
    if len(p) > EXACT:
        return float(math.sqrt(2.0 / math.pi * (p * (1.0 - p)).sum()))
    chances = np.ones(1)
    for one in p:
        chances = np.convolve(chances, (1.0 - one, one))
    return float((chances * np.abs(np.arange(len(chances)) - p.sum())).sum())


def spiegelhalter(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return Spiegelhalter's z: beyond 2 either way the probabilities are too sure or not sure enough."""
    surprise = math.fsum((held - p) * (1.0 - 2.0 * p) for p, held in pairs)
    variance = math.fsum((1.0 - 2.0 * p) ** 2 * p * (1.0 - p) for p, _ in pairs)
    return surprise / math.sqrt(variance) if variance > 0 else 0.0
