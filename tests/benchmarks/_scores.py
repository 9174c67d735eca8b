"""Accuracy, Brier score and expected calibration error, the same for every set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, permutations

import numpy as np

from claims.engine.agreement.learning.assertions import Assertions, FloatArray, IntArray, codes, tabulate
from claims.engine.agreement.learning.estimation import Estimate, estimate
from claims.engine.agreement.parameters import DEFAULT, Parameters
from tests.benchmarks._truth_sets import TruthSet

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


def coded(truth_set: TruthSet) -> Coded:
    """Return the rows of a set as columns."""
    source, sources = codes([r[0] for r in truth_set.rows])
    item, items = codes([r[1] for r in truth_set.rows])
    value, values = codes([r[2] for r in truth_set.rows])
    kind = None if truth_set.kinds is None else codes([truth_set.kinds[name] for name in items])[0]
    table = tabulate(source, item, value, kind=kind)
    if truth_set.less_exact is not None:
        table = replace(table, wider=wider_cells(table, values, truth_set.less_exact))
    return Coded(table, sources, {x: i for i, x in enumerate(items)}, values)


def wider_cells(table: Assertions, values: Sequence[str], less_exact: Callable[[str, str], bool]) -> IntArray:
    """Return the pairs of cells of one item of which the first is the second said less exactly."""
    starts = np.searchsorted(table.cell_item, np.arange(table.items + 1))
    found = [
        pair
        for first, last in pairwise(starts.tolist())
        for pair in permutations(range(first, last), 2)
        if less_exact(*(values[table.cell_value[cell]] for cell in pair))
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


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
    truth_set: TruthSet,
    *,
    parameters: Parameters = DEFAULT,
    copying: bool = True,
) -> tuple[Scores, Coded, Estimate]:
    """Estimate the rows of a set and return the scores against its truth."""
    data = coded(truth_set)
    result = estimate(data.table, parameters=parameters, copying=copying)
    return top_answers(data, result, truth_set.truth), data, result


def majority(truth_set: TruthSet) -> float:
    """Return the accuracy of the most frequent value, ties by the share that is right."""
    votes: dict[str, Counter[str]] = {}
    for _, item, value in dict.fromkeys(truth_set.rows):
        votes.setdefault(item, Counter())[value] += 1
    total = 0.0
    for item, true in truth_set.truth.items():
        count = votes.get(item, Counter())
        most = max(count.values(), default=0)
        ties = [v for v, c in count.items() if c == most]
        total += (true in ties) / len(ties) if ties else 0.0
    return total / len(truth_set.truth)
