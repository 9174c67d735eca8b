"""Detection against ``policlaim`` and ``checkthat24``: is a sentence with a verifiable fact told from the rest?

The scoring rules are in ``docs/benchmarks.md``. The baselines know the share of each class and nothing else: accuracy
of always giving the more frequent one, F1 of always saying yes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from claims.engine.reading.detection.model import models
from tests.benchmarks.fitting.detection import checkthat, cross_validated, policlaim, scores, with_worth
from tests.benchmarks.rows import Row, present

FITTED_ON = "dev"
"""The split of policlaim that the shipped weights were fitted on: there, models fitted on the other speeches answer."""


def rows(name: str, labels: Sequence[bool], said: Sequence[bool]) -> list[Row]:
    """Return accuracy and F1 of the positive class."""
    gold, ours = np.array(labels), np.array(said)
    share = gold.mean()
    hits = (gold & ours).sum()
    f1 = 2 * hits / (gold.sum() + ours.sum())
    return [
        Row(name, "accuracy", float(max(share, 1 - share)), float((gold == ours).mean())),
        Row(name, "f1", float(2 * share / (1 + share)), float(f1)),
    ]


def run(data: Path, split: str) -> list[Row]:
    """Measure on ``policlaim/SPLIT.tsv`` and ``checkthat24/SPLIT.tsv``; a set that is missing is left out."""
    worth, checkable = models()
    result: list[Row] = []
    if present(path := data / "policlaim" / f"{split}.tsv"):
        speeches = policlaim(path)
        fitted = split == FITTED_ON
        odds = cross_validated(speeches, worth) if fitted else scores(checkable, with_worth(speeches, worth))
        result += rows("policlaim", [one.label for one in speeches], list(odds > checkable.threshold))
    if present(path := data / "checkthat24" / f"{split}.tsv"):
        debates = checkthat(path)
        picked = scores(worth, debates) > worth.threshold
        result += rows("checkthat24", [one.label for one in debates], list(picked))
    return result
