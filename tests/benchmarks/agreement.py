"""Agreement -> truth: accuracy, Brier score and calibration error on public data; one program, one configuration.

``emergent_supervised`` is 10-fold on the development split only; on any other split the shipped parameters stand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import numpy as np

from claims.engine.reading.mentions import read
from tests.benchmarks import _emergent, _generated, _gva
from tests.benchmarks._scores import Scores, majority, scored
from tests.benchmarks._truth_sets import TruthSet, book, crowd, flight, flights2376
from tests.benchmarks.rows import Row

DEVELOPMENT = "dev"
CROWDS = ("rte", "bluebird", "possent", "product")


def run(data: Path, split: str, only: Collection[str] = ()) -> list[Row]:
    """Measure every set that is there (or only those named); one that is missing is left out, and named on stderr."""
    rows: list[Row] = []
    for name, measure in MEASURES.items():
        if not only or name in only:
            rows.extend(_tried(name, measure, data, split))
    return rows


def _tried(name: str, measure: Callable[[Path, str], Iterator[Row]], data: Path, split: str) -> list[Row]:
    try:
        return list(measure(data, split))
    except FileNotFoundError as error:
        print(f"agreement: {name} left out: no {error.filename}", file=sys.stderr)
        return []


def _rows(name: str, baseline: float | None, scores: Scores) -> Iterator[Row]:
    yield Row(name, "accuracy", baseline, scores.accuracy)
    yield Row(name, "brier", None, scores.brier)
    yield Row(name, "ece", None, scores.ece)


def _truth(name: str, truth_set: TruthSet) -> Iterator[Row]:
    scores, _ = scored(truth_set)
    yield from _rows(name, majority(truth_set), scores)


def _flight(data: Path, split: str) -> Iterator[Row]:
    yield from _truth("flight", flight(data, split))
    yield from _truth("flight_no_airlines", flight(data, split, airlines=False))


def _flights2376(data: Path, split: str) -> Iterator[Row]:
    del split
    yield from _truth("flights2376", flights2376(data))


def _book(data: Path, split: str) -> Iterator[Row]:
    del split
    yield from _truth("book_golden", book(data, "golden"))
    yield from _truth("book_silver", book(data, "silver"))


def _rumours(data: Path, split: str) -> Iterator[Row]:
    sets = _emergent.rumours(data, split)
    baseline = _emergent.any_denial(sets)
    plain = _emergent.unsupervised(sets)
    taught = _emergent.supervised(sets) if split == DEVELOPMENT else plain
    for name, found in (("emergent", plain), ("emergent_supervised", taught)):
        yield from _rows(name, baseline, Scores(found.accuracy, found.brier, found.ece))
        yield Row(name, "ece_by_chance", None, found.ece_by_chance)
        yield Row(name, "z", 0.0, found.z)


def _crowds(data: Path, split: str) -> Iterator[Row]:
    del split
    losses = []
    for name in CROWDS:
        truth_set = crowd(data, name)
        with_copying, _ = scored(truth_set)
        without, _ = scored(truth_set, copying=False)
        losses.append(100.0 * (without.accuracy - with_copying.accuracy))
        yield from _rows(name, majority(truth_set), with_copying)
    yield Row("crowds", "worst_loss_from_copying", None, max(losses))


def _copiers(data: Path, split: str) -> Iterator[Row]:
    del data, split
    votes, all_scores = [], []
    for size in _generated.GROUP_SIZES:
        for seed in range(_generated.RUNS):
            truth_set = _generated.labelled(_generated.generate(1000 * size + seed, size=size))
            votes.append(majority(truth_set))
            all_scores.append(scored(truth_set)[0])
    mean = Scores(*(float(np.mean([getattr(s, f) for s in all_scores])) for f in ("accuracy", "brier", "ece")))
    yield from _rows("generated", float(np.mean(votes)), mean)


def _killed(data: Path, split: str) -> Iterator[Row]:
    incidents = _gva.incidents(data, split)
    documents = [document for incident in incidents for document in incident.documents]
    mentions = {reading.article: reading.mentions for reading in read(documents)}
    right = [_gva.agreed(incident, mentions) == incident.killed for incident in incidents]
    always_one = [incident.killed == 1 for incident in incidents]
    yield Row("gva", "killed_accuracy", float(np.mean(always_one)), float(np.mean(right)))


MEASURES: dict[str, Callable[[Path, str], Iterator[Row]]] = {
    "flight": _flight,
    "flights2376": _flights2376,
    "book": _book,
    "emergent": _rumours,
    "crowd": _crowds,
    "generated": _copiers,
    "gva": _killed,
}
