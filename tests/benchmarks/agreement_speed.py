"""Time and memory of the estimation on a million assertions, beside Dawid-Skene; time of re-scoring one claim.

Run with one thread (OMP_NUM_THREADS=1): the figure is the ratio to crowd-kit's DawidSkene (default settings) on the
same data in the same run, copy detection included. ``extra_mb`` is the peak of memory above the data's own columns.
"""

from __future__ import annotations

import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.engine.agreement.learning.assertions import tabulate
from claims.engine.agreement.learning.estimation import estimate
from claims.engine.agreement.scoring import assess
from claims.engine.types import Evidence, Quantity, Speaker, SpeakerKind
from tests.benchmarks.rows import Row

ASSERTIONS = 1_000_000
SOURCES = 2_000
ITEMS = 100_000
VALUES = 5
COPIERS = 100
RESCORES = 200
Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


def million(seed: int = 5) -> Columns:
    """Return a million assertions: 2,000 sources on 100,000 items of six values, 100 of the sources copying."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, VALUES + 1, ITEMS)
    accuracy = random.uniform(0.5, 0.95, SOURCES)
    each = ASSERTIONS // SOURCES
    source = np.repeat(np.arange(SOURCES), each)
    item = np.concatenate([random.choice(ITEMS, each, replace=False) for _ in range(SOURCES)])
    right = random.random(len(source)) < accuracy[source]
    wrong = (truth[item] + random.integers(1, VALUES + 1, len(source))) % (VALUES + 1)
    value = np.where(right, truth[item], wrong)
    for copier in range(COPIERS):
        original = SOURCES - 1 - copier
        item[copier * each : (copier + 1) * each] = item[original * each : (original + 1) * each]
        copied = random.random(each) < 0.9
        theirs = value[original * each : (original + 1) * each]
        own = value[copier * each : (copier + 1) * each]
        value[copier * each : (copier + 1) * each] = np.where(copied, theirs, own)
    return source.astype(np.int64), item.astype(np.int64), value.astype(np.int64)


def ours(columns: Columns) -> tuple[float, float]:
    """Return the seconds, and the megabytes at the peak above the columns (in a second run: tracing is slow)."""
    begin = time.perf_counter()
    estimate(tabulate(*columns))
    seconds = time.perf_counter() - begin
    tracemalloc.start()
    estimate(tabulate(*columns))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def peers(columns: Columns) -> dict[str, float]:
    """Return the seconds of crowd-kit's aggregators; empty, said on stderr, where it is not installed."""
    try:
        import pandas as pd  # noqa: PLC0415  (bench-only: everything else here runs without)
        from crowdkit.aggregation import DawidSkene, MajorityVote  # noqa: PLC0415
    except ImportError:
        print("agreement-speed: crowd-kit is not installed (requirements/bench.txt)", file=sys.stderr)
        return {}
    source, item, value = columns
    frame = pd.DataFrame({"task": item, "worker": source, "label": value})
    seconds = {}
    for peer in (MajorityVote(), DawidSkene()):
        begin = time.perf_counter()
        peer.fit_predict(frame)
        seconds[type(peer).__name__] = time.perf_counter() - begin
    return seconds


def rescore_milliseconds() -> float:
    """Return the median time of scoring a claim of 20 origins after one more mention."""
    start = datetime(2025, 1, 1, tzinfo=UTC)
    evidence = [
        Evidence(
            id=str(i),
            article=str(i),
            source=f"outlet-{i}.example",
            quote=f"number {i} of the reports says that {100 + i % 3} miners were brought up",
            speaker=Speaker(f"Person {i}", f"person {i}", SpeakerKind.PERSON),
            quantity=Quantity(float(100 + i % 3), counted="miner"),
            published=start + timedelta(hours=i),
        )
        for i in range(21)
    ]
    assess(evidence[:20])
    times = []
    for _ in range(RESCORES):
        begin = time.perf_counter()
        assess(evidence)
        times.append(time.perf_counter() - begin)
    return float(np.median(times) * 1000)


def run(data: Path, split: str) -> list[Row]:
    """Measure; the data folder and the split do not matter here."""
    del data, split
    columns = million()
    seconds, megabytes = ours(columns)
    others = peers(columns)
    skene = others.get("DawidSkene")
    print(f"agreement-speed: ours {seconds:.1f} s; {others}", file=sys.stderr)
    return [
        Row("generated_1m", "seconds_ratio", 1.0, seconds / skene if skene else None),
        Row("generated_1m", "extra_mb", None, megabytes),
        Row("rescore", "milliseconds", 2.0, rescore_milliseconds()),
    ]
