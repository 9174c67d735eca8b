"""Data with known copying: independent sources of mixed accuracy, and groups that copy a poor one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks._truth_sets import TruthSet

GROUP_SIZES = (2, 3, 4, 6)
RUNS = 10
ITEMS = 100
WRONG_VALUES = 10
COPY_RATE = 0.9


@dataclass(frozen=True, slots=True)
class Generated:
    """Columns of source, item and value, the true value by item, and the group of each source."""

    source: NDArray[np.int64]
    item: NDArray[np.int64]
    value: NDArray[np.int64]
    truth: NDArray[np.int64]
    group: NDArray[np.int64]


def generate(
    seed: int, *, size: int, groups: int = 2, independent: int = 6, items: int = ITEMS, coverage: float = 1.0
) -> Generated:
    """Return items with 10 wrong values each, labels permuted, stated by ``independent`` sources (accuracy 0.5 to
    0.9) and by ``groups`` groups of ``size`` (an original of accuracy 0.3 to 0.6; its copiers take nine values in ten
    from it and state the rest on their own)."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, WRONG_VALUES + 1, items)
    columns: list[NDArray[np.int64]] = [observe(random, truth, random.uniform(0.5, 0.9)) for _ in range(independent)]
    group = list(range(independent))
    for g in range(groups):
        original = observe(random, truth, random.uniform(0.3, 0.6))
        columns.append(original)
        for _ in range(size - 1):
            own = observe(random, truth, random.uniform(0.3, 0.9))
            columns.append(np.where(random.random(items) < COPY_RATE, original, own))
        group.extend([independent + g] * size)
    values = np.stack(columns)
    permuted = np.stack([random.permutation(WRONG_VALUES + 1) for _ in range(items)])
    order = random.permutation(len(columns))
    values, places = values[order], np.arange(items)
    stated = random.random(values.shape) < coverage
    source, item = np.nonzero(stated)
    return Generated(
        source=source.astype(np.int64),
        item=item.astype(np.int64),
        value=permuted[item, values[source, item]].astype(np.int64),
        truth=permuted[places, truth].astype(np.int64),
        group=np.array(group, dtype=np.int64)[order],
    )


def observe(random: np.random.Generator, truth: NDArray[np.int64], accuracy: float) -> NDArray[np.int64]:
    """Return what a source of this accuracy states: the truth, or one of the wrong values alike."""
    wrong = (truth + random.integers(1, WRONG_VALUES + 1, len(truth))) % (WRONG_VALUES + 1)
    return np.where(random.random(len(truth)) < accuracy, truth, wrong).astype(np.int64)


def pairs_of(group: NDArray[np.int64]) -> set[tuple[int, int]]:
    """Return the pairs of sources that are in one group."""
    places: dict[int, list[int]] = {}
    for source, name in enumerate(group.tolist()):
        places.setdefault(name, []).append(source)
    return {(a, b) for members in places.values() for i, a in enumerate(members) for b in members[i + 1 :]}


def labelled(made: Generated) -> TruthSet:
    """Return the rows and the truth under names."""
    columns = zip(made.source.tolist(), made.item.tolist(), made.value.tolist(), strict=True)
    rows = tuple((f"source {s}", f"item {i}", f"value {v}") for s, i, v in columns)
    return TruthSet(rows, {f"item {i}": f"value {v}" for i, v in enumerate(made.truth.tolist())})
