"""How far stated probabilities can be trusted: Brier score and calibration error over all sets with known truth."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import agreement
from tests.benchmarks.rows import Row

METRICS = ("brier", "ece", "ece_by_chance", "z")
WITHOUT_READING = ("flight", "flights2376", "book", "emergent", "crowd", "generated")


def run(data: Path, split: str) -> list[Row]:
    """Return the calibration rows of the agreement bench."""
    return [row for row in agreement.run(data, split, only=WITHOUT_READING) if row.metric in METRICS]
