"""A real worker on the real broker and database: what it does, and that killing it loses nothing."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from claims.models import ArticleStep, Claim, SourceReliability
from claims.querysets import articles_in
from claims.services import inline, reliability, rematching, steps
from claims.tasks import refresh_reliability
from seeds.loader import load
from verifier.supervisor.processes import Child, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.broker,
    pytest.mark.slow,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("worker"),
]

Picture = set[tuple[str, int, float, frozenset[tuple[str, int, int]]]]
"""Of each claim its text, origins, probability, and the places that state it."""


def database_url() -> str:
    """Return the address of the test database, for another process."""
    now = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{now['NAME']}"
    return f"postgres://{now['USER']}:{quote(now['PASSWORD'])}@{now['HOST']}:{now['PORT']}/{now['NAME']}"


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Child]:
    """A worker with one process, not yet started."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()
    queues = f"--queues={','.join(settings.QUEUES)}"
    command = [sys.executable, "-m", "celery", "-A", "verifier", "worker", queues, "--concurrency=1"]
    ready = tmp_path / "ready"
    environment = {**os.environ, "DATABASE_URL": database_url(), "VERIFIER_READY_FILE": str(ready)}
    child = Child("worker", [*command, "--without-gossip", "--without-mingle"], tmp_path / "worker.log", environment)
    yield child
    child.stop(15)


def start(worker: Child) -> None:
    """Start it and return once it takes jobs."""
    assert worker.environment is not None
    ready = Path(worker.environment["VERIFIER_READY_FILE"])
    ready.unlink(missing_ok=True)
    worker.start()
    until(ready.exists, 180, worker)


def wait_for(done: Callable[[], bool], worker: Child, seconds: float = 600) -> None:
    """Wait for the worker, and play the schedule for it."""
    end = time.monotonic() + seconds
    while not done():
        assert worker.ended is None, worker.tail()
        assert time.monotonic() < end, worker.tail()
        steps.sweep(timezone.now() + steps.RUNNING + timedelta(seconds=1))
        time.sleep(2)


def nothing_waits() -> bool:
    """Whether all is read, matched, matched again now that it is quiet, and scored."""
    if articles_in("waiting").exists() or steps.unscored():
        return False
    due = rematching.due(quiet=timedelta(0))
    for story in due:
        steps.send("claims.tasks.rematch_story", story)
    return not due


def picture() -> Picture:
    """What the desk makes of its articles."""
    claims = Claim.objects.filter(mentions__isnull=False).distinct().select_related("assessment")
    return {
        (
            claim.text,
            claim.assessment.independent_origins if claim.assessment else -1,
            round(claim.assessment.probability, 6) if claim.assessment else -1.0,
            frozenset(
                (mention.article.content_hash, mention.start, mention.end)
                for mention in claim.mentions.select_related("article")
            ),
        )
        for claim in claims
    }


def without_a_worker() -> Picture:
    """What the same articles come to in this process alone; afterwards the database is empty again."""
    load()
    for _ in inline.process():
        pass
    expected = picture()
    call_command("flush", interactive=False, verbosity=0)
    return expected


def test_the_starter_data_comes_out_of_a_worker_as_it_does_without_one(worker: Child) -> None:
    expected = without_a_worker()
    start(worker)
    load()
    wait_for(nothing_waits, worker)
    assert list(articles_in("parked")) == []
    assert picture() == expected


def test_a_worker_killed_in_the_middle_loses_nothing(worker: Child) -> None:
    expected = without_a_worker()
    start(worker)
    load()
    until(lambda: ArticleStep.objects.filter(done_at__isnull=False).exists(), 180, worker)
    assert worker.process is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert articles_in("waiting").exists()

    start(worker)
    wait_for(nothing_waits, worker)
    assert list(articles_in("parked")) == []
    assert picture() == expected


def test_the_shards_of_a_refresh_over_four_processes_are_joined_as_in_one(
    worker: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    load()
    for _ in inline.process():
        pass
    ids = sorted(Claim.objects.values_list("pk", flat=True))
    for place, claim in enumerate(ids[:12]):
        reliability.record_verdict(claim, holds=place % 3 > 0)
    reliability.refresh()
    expected = learned()
    assert expected
    assert any(disagree > 0 for _, disagree, _, _ in expected.values())
    SourceReliability.objects.all().delete()

    shards = [(first, first + 10) for first in range(ids[0], ids[-1] + 1, 10)]
    assert len(shards) >= 4
    monkeypatch.setattr(reliability, "plan", lambda: shards)
    worker.command = [part.replace("--concurrency=1", "--concurrency=4") for part in worker.command]
    start(worker)
    refresh_reliability()
    until(lambda: len(learned()) == len(expected), 180, worker)
    for key, (agree, disagree, claims, group) in learned().items():
        assert (agree, disagree) == (
            pytest.approx(expected[key][0], abs=1e-9),
            pytest.approx(expected[key][1], abs=1e-9),
        )
        assert (claims, group) == expected[key][2:]


def learned() -> dict[str, tuple[float, float, int, str]]:
    """How often each source agreed and disagreed, on how many claims, and whose copy it is."""
    rows = SourceReliability.objects.select_related("source")
    return {row.source.key: (row.agree, row.disagree, row.claims, row.copy_group) for row in rows}


def test_a_process_of_the_worker_ends_with_it(worker: Child) -> None:
    start(worker)
    assert worker.process is not None
    children = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children").read_text().split()
    assert children
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), 10)
