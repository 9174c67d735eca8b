"""One day of the flight sites through the desk's own job: stored, refreshed, and compared with the estimation alone.

A thrown-away SQLite file holds each site as a source with an article, each flight's attribute as a claim, each
statement as a mention with a figure. ``largest_difference`` is between the probability of a claim's figure on the desk
and that of the same rows given to ``learn``; it must be zero but for rounding.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from claims.engine.agreement.learning.items import learn
from tests.benchmarks._arrival import empty_desk
from tests.benchmarks._scores import items, judged, majority
from tests.benchmarks._truth_sets import TruthSet, flight
from tests.benchmarks.rows import Row, present


def run(data: Path, split: str) -> list[Row]:
    """Measure the first day of the split."""
    if not present(data / "truth_discovery" / "flight" / split):
        return []
    with empty_desk():
        return rows(first_day(flight(data, split)))


def first_day(days: TruthSet) -> TruthSet:
    """Return the first day of a set whose items begin with their day."""
    day = min(item.split()[0] for _, item, _ in days.rows)
    truth = {item: value for item, value in days.truth.items() if item.startswith(day)}
    return replace(days, rows=tuple(row for row in days.rows if row[1].startswith(day)), truth=truth)


def rows(day: TruthSet) -> list[Row]:
    """Return what the desk makes of a set, and how far that is from the estimation alone."""
    from claims.services import reliability  # noqa: PLC0415 - models exist only once the database has an address
    from tests.benchmarks import _desk  # noqa: PLC0415

    figures = _desk.as_figures(day)
    claims = _desk.store(figures)
    reliability.refresh()
    found = _desk.estimates()
    alone = {answer.key: answer for answer in learn(items(figures)).answers()}
    apart = max(abs(found[claims[key]][1] - answer.probability) for key, answer in alone.items())
    right = [float(found[claims[item]][0] == float(value)) for item, value in figures.truth.items()]
    scores = judged(np.array([found[claims[item]][1] for item in figures.truth]), np.array(right))
    return [
        Row("flight_day", "accuracy", majority(figures), scores.accuracy),
        Row("flight_day", "brier", None, scores.brier),
        Row("flight_day", "ece", None, scores.ece),
        Row("flight_day", "largest_difference", 0.0, apart),
    ]
