"""Accuracy, Brier score and expected calibration error, the same for every set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.assertions import Assertions, FloatArray, codes, tabulate
from claims.engine.agreement.estimation import Estimate, estimate
from claims.engine.agreement.parameters import DEFAULT, Parameters

BINS = 10
TIE = 1e-9


@dataclass(frozen=True, slots=True)
class Scores:
    """Share of right answers, mean squared error of the stated probability, and calibration error in ten bins."""

    accuracy: float
    brier: float
    ece: float


@dataclass(frozen=True, slots=True)
class Coded:
    """A table with the labels behind its codes."""

    table: Assertions
    sources: list[str]
    items: dict[str, int]
    values: list[str]


def coded(rows: Sequence[tuple[str, str, str]]) -> Coded:
    """Return rows of (source, item, value) as columns."""
    source, sources = codes([r[0] for r in rows])
    item, items = codes([r[1] for r in rows])
    value, values = codes([r[2] for r in rows])
    return Coded(tabulate(source, item, value), sources, {x: i for i, x in enumerate(items)}, values)


def judged(probability: FloatArray, right: FloatArray) -> Scores:
    """Return the scores of answers given with a probability of being right."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    error = sum(
        abs(probability[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(BINS)
        if (bins == b).any()
    )
    return Scores(float(right.mean()), float(((probability - right) ** 2).mean()), float(error))


def top_answers(data: Coded, result: Estimate, truth: dict[str, str]) -> Scores:
    """Return the scores of each judged item's most probable value; a tie counts by the share that is right."""
    table = data.table
    starts = np.searchsorted(table.cell_item, np.arange(table.items + 1))
    stated, right = [], []
    for name, true in truth.items():
        place = data.items.get(name)
        if place is None:
            stated.append(0.0)
            right.append(0.0)
            continue
        cells = range(starts[place], starts[place + 1])
        best = max(result.probability[c] for c in cells)
        ties = [c for c in cells if result.probability[c] >= best - TIE]
        # A yes/no item of which only the less probable value was stated: the answer is the other one.
        if table.domain[place] == 1.0 and best < 0.5 and len(cells) == 1:
            stated.append(1.0 - best)
            right.append(float(data.values[table.cell_value[ties[0]]] != true))
            continue
        stated.append(float(best))
        right.append(float(np.mean([data.values[table.cell_value[c]] == true for c in ties])))
    return judged(np.array(stated), np.array(right))


def scored(
    rows: Sequence[tuple[str, str, str]],
    truth: dict[str, str],
    *,
    parameters: Parameters = DEFAULT,
    copying: bool = True,
) -> tuple[Scores, Coded, Estimate]:
    """Estimate the rows and return the scores against the truth."""
    data = coded(rows)
    result = estimate(data.table, parameters=parameters, copying=copying)
    return top_answers(data, result, truth), data, result


def majority(rows: Sequence[tuple[str, str, str]], truth: dict[str, str]) -> float:
    """Return the accuracy of the most frequent value, ties by the share that is right."""
    votes: dict[str, Counter[str]] = {}
    for _, item, value in dict.fromkeys(rows):
        votes.setdefault(item, Counter())[value] += 1
    total = 0.0
    for item, true in truth.items():
        count = votes.get(item, Counter())
        most = max(count.values(), default=0)
        ties = [v for v, c in count.items() if c == most]
        total += (true in ties) / len(ties) if ties else 0.0
    return total / len(truth)
