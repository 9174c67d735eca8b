"""Accuracy, Brier score and expected calibration error, the same for every set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from claims.engine.agreement.learning.assertions import FloatArray
from claims.engine.agreement.learning.items import Item, Learned, learn
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


def items(truth_set: TruthSet) -> Iterator[Item]:
    """Yield the items of a set: the rows as a desk would state them."""
    stated: dict[str, list[tuple[str, str]]] = {}
    for source, item, value in truth_set.rows:
        stated.setdefault(item, []).append((source, value))
    kinds, less_exact = truth_set.kinds or {}, truth_set.less_exact
    for name, said in stated.items():
        values = sorted({value for _, value in said})
        pairs = [pair for pair in permutations(values, 2) if less_exact(*pair)] if less_exact else []
        yield Item(name, tuple(said), kinds.get(name, ""), less_exact=tuple(pairs))


def judged(probability: FloatArray, right: FloatArray) -> Scores:
    """Return the scores of answers given with a probability of being right."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    error = sum(
        abs(probability[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(BINS)
        if (bins == b).any()
    )
    return Scores(float(right.mean()), float(((probability - right) ** 2).mean()), float(error))


def top_answers(learned: Learned, truth: dict[str, str]) -> Scores:
    """Return the scores of each judged item's most probable value; a tie counts by the share that is right."""
    table, result = learned.table, learned.result
    places = {name: place for place, name in enumerate(learned.items)}
    starts = np.searchsorted(table.cell_item, np.arange(table.items + 1))
    stated, right = [], []
    for name, true in truth.items():
        place = places.get(name)
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
            right.append(float(learned.values[table.cell_value[ties[0]]] != true))
            continue
        stated.append(float(best))
        right.append(float(np.mean([learned.values[table.cell_value[c]] == true for c in ties])))
    return judged(np.array(stated), np.array(right))


def scored(truth_set: TruthSet, *, parameters: Parameters = DEFAULT, copying: bool = True) -> tuple[Scores, Learned]:
    """Learn from the items of a set, as a desk does, and return the scores against its truth."""
    learned = learn(items(truth_set), parameters=parameters, copying=copying)
    return top_answers(learned, truth_set.truth), learned


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
