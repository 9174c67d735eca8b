"""How far the stated probabilities can be trusted: compared with what was decided, bin by bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


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
    """Bins that are not empty, the Brier score (mean squared error) and the expected calibration error."""

    bins: tuple[Bin, ...]
    count: int
    brier: float
    ece: float
    accuracy: float


def report(pairs: Sequence[tuple[float, bool]], bins: int = BINS) -> Report:
    """Return the calibration of (probability, held) pairs; all zero where there are none."""
    rows = []
    for i in range(bins):
        inside = [(p, held) for p, held in pairs if min(int(p * bins), bins - 1) == i]
        if inside:
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
    )
