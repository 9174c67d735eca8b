"""Who copies whom: pairs of sources found, against the pairs that are known."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from claims.engine.agreement.learning.items import learn
from tests.benchmarks import _generated
from tests.benchmarks._scores import items
from tests.benchmarks._truth_sets import COPY_GROUPS, flight
from tests.benchmarks.rows import Row


def run(data: Path, split: str) -> list[Row]:
    """Measure precision and recall on the flight sites, and F1 on generated data with 100 shared items."""
    rows = []
    try:
        precision, recall = flight_pairs(data, split)
        rows += [Row("flight", "precision", None, precision), Row("flight", "recall", 0.0, recall)]
    except FileNotFoundError as error:
        print(f"copying: flight left out: no {error.filename}", file=sys.stderr)
    return [*rows, Row("generated", "f1", None, generated_f1())]


def flight_pairs(data: Path, split: str) -> tuple[float, float]:
    """Return precision and recall of the pairs found on the flight sites of all days."""
    groups = learn(items(flight(data, split))).copy_groups()
    found = {frozenset(pair) for sites in groups for pair in combinations(sites, 2)}
    true = {frozenset(pair) for sites in COPY_GROUPS for pair in combinations(sites, 2)}
    return len(found & true) / max(len(found), 1), len(found & true) / len(true)


def generated_f1() -> float:
    """Return F1 over the pairs of all generated runs."""
    right = wrong = missed = 0
    for size in _generated.GROUP_SIZES:
        for seed in range(_generated.RUNS):
            made = _generated.generate(1000 * size + seed, size=size)
            groups = learn(items(_generated.labelled(made))).copy_groups()
            found = {frozenset(pair) for names in groups for pair in combinations(names, 2)}
            true = {frozenset((f"source {a}", f"source {b}")) for a, b in _generated.pairs_of(made.group)}
            right += len(found & true)
            wrong += len(found - true)
            missed += len(true - found)
    return 2 * right / (2 * right + wrong + missed)
