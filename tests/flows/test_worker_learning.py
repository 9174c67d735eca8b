"""The desk learns what the benchmarks measure: a set with known truth through the real job on a real worker."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from claims.engine.agreement.learning.items import Learned, learn
from claims.models import Claim, SourceReliability
from claims.services import reliability
from claims.services.scoring import score
from claims.tasks import refresh_reliability
from tests.benchmarks._desk import as_figures, estimates, store
from tests.benchmarks._generated import observe
from tests.benchmarks._scores import items
from tests.benchmarks._truth_sets import TruthSet
from tests.flows.test_worker import Child, start, until, worker

__all__ = ["worker"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.broker,
    pytest.mark.slow,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("worker"),
]
CLOSE = 1e-6


def departures(flights: int = 120, seed: int = 17) -> TruthSet:
    """Return sites that give two times of each flight, as real ones do: some are the airline's, one mistakes take-off
    for departure, three copy a poor one, one follows it in part, and no site has every flight."""
    random = np.random.default_rng(seed)
    kinds = ("departure", "arrival")
    items = [f"flight {number} {kind}" for number in range(flights) for kind in kinds]
    truth = random.integers(0, 11, len(items))
    good = {f"site {place}": observe(random, truth, accuracy) for place, accuracy in enumerate((0.95, 0.9, 0.8, 0.7))}
    poor = observe(random, truth, 0.5)
    copies = {f"copy {n}": np.where(random.random(len(items)) < 0.9, poor, observe(random, truth, 0.6)) for n in "abc"}
    take_off = np.where(np.arange(len(items)) % 2 == 0, (truth + 1) % 11, observe(random, truth, 0.95))
    values = {**good, **copies, "take-off": take_off, "follower": poor}
    kept = {name: 0.4 if name == "follower" else 0.9 for name in values}
    rows = tuple(
        (name, item, f"{item} at {value:02}")
        for name, column in values.items()
        for item, value in zip(items, column.tolist(), strict=True)
        if random.random() < kept[name]
    )
    true = {item: f"{item} at {value:02}" for item, value in zip(items, truth.tolist(), strict=True)}
    return TruthSet(rows, true, {item: item.rpartition(" ")[2] for item in items})


def test_a_worker_learns_of_stored_articles_what_the_benchmark_learns_of_the_bare_rows(
    worker: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = as_figures(departures())
    alone = learn(items(figures))
    claims = store(figures)
    ids = sorted(claims.values())
    shards = [(first, first + 50) for first in range(ids[0], ids[-1] + 1, 50)]
    assert len(shards) > 3
    monkeypatch.setattr(reliability, "plan", lambda: shards)
    worker.command = [part.replace("--concurrency=1", "--concurrency=2") for part in worker.command]
    start(worker)
    refresh_reliability()
    until(SourceReliability.objects.exists, 180, worker)

    found = estimates()
    for answer in alone.answers():
        assert found[claims[answer.key]] == (float(answer.value), pytest.approx(answer.probability, abs=CLOSE))
    same_reliability(alone)
    same_copy_groups(alone)
    right = [found[claims[item]][0] == float(value) for item, value in figures.truth.items()]
    assert np.mean(right) > 0.9


def same_reliability(alone: Learned) -> None:
    """Hold what the desk knows of each source against what was learned alone."""
    stored = {row.source.key: row for row in SourceReliability.objects.select_related("source")}
    assert stored.keys() == alone.reliability().keys()
    for name, known in alone.reliability().items():
        assert stored[name].agree == pytest.approx(known.agree, abs=CLOSE)
        assert stored[name].disagree == pytest.approx(known.disagree, abs=CLOSE)


def same_copy_groups(alone: Learned) -> None:
    """Hold the copy groups likewise, and see that they and the reliabilities score a claim of the desk."""
    groups = alone.copy_groups()
    assert {"copy a", "copy b", "copy c"} <= set(groups[0])
    stored: dict[str, set[str]] = {}
    for name, group in SourceReliability.objects.exclude(copy_group="").values_list("source__key", "copy_group"):
        stored.setdefault(group, set()).add(name)
    pairs = {frozenset(pair) for names in groups for pair in combinations(names, 2)}
    assert {frozenset(pair) for names in stored.values() for pair in combinations(sorted(names), 2)} == pairs

    of_both = Claim.objects.filter(mentions__article__source__key="copy a")
    claim = of_both.filter(mentions__article__source__key="copy b").order_by("pk")[0]
    origins = {origin["key"]: origin for origin in score(claim.pk).origins}
    assert f"copies:{groups[0][0]}" in origins
    known = alone.reliability()
    for origin in origins.values():
        assert origin["reliability"]["agree"] == pytest.approx(known[origin["witness"]].agree, abs=CLOSE)
