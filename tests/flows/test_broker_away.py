"""A real broker of the test's own is killed, frozen and started empty while people work: nothing is refused or lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Article, ArticleStep, Claim
from claims.querysets import articles_in
from claims.services import inline
from claims.services.ingest import NewArticle, ingest
from claims.services.steps import RUNNING
from tests.flows.test_worker import database_url
from tests.house.repository import ROOT
from verifier.supervisor.broker import Broker, answers, start_broker
from verifier.supervisor.processes import Child, free_port, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.broker,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("worker"),
]

TEXT = "The river bridge at Aldham was closed on Monday, the council said. Repairs will cost 40 million euros."
CSRF = "a" * 32


@dataclass
class Web:
    """A web process on a broker of its own, and the seconds that each of its answers took."""

    address: str
    broker: Broker
    environment: dict[str, str]
    took: list[float] = field(default_factory=list)

    def ask(self, who: User, path: str, body: dict[str, Any] | None = None, **headers: str) -> tuple[int, Any, str]:
        """Return status, body and ETag of an answer to somebody who is signed in."""
        client = Client()
        client.force_login(who)
        cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={CSRF}"
        headers |= {"Cookie": cookies, "X-CSRFToken": CSRF, "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.address + path, data, headers, method="GET" if body is None else "POST")
        began = time.monotonic()
        try:
            with urlopen(request, timeout=60) as answer:
                status, text, tag = answer.status, answer.read().decode(), answer.headers.get("ETag", "")
        except HTTPError as error:
            status, text, tag = error.code, error.read().decode(), ""
        self.took.append(time.monotonic() - began)
        return status, json.loads(text) if text.startswith(("{", "[")) else text, tag

    def signal(self, number: signal.Signals) -> None:
        """Kill, freeze or thaw the broker."""
        process = self.broker.child.process
        assert process is not None
        os.kill(process.pid, number)
        if number is signal.SIGKILL:
            process.wait()

    def restart_broker(self) -> None:
        """Start the broker again where it was; it has forgotten everything."""
        self.broker.child.start()
        port, password = self.broker.url.rpartition("/")[0].rpartition(":")[2], self.broker.url.split(":")[2]
        until(lambda: answers(int(port), password.partition("@")[0]), 30, self.broker.child)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of Django's commands on this desk."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)


@contextmanager
def process(name: str, command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[Child]:
    child = Child(name, [sys.executable, "-m", *command], folder / f"{name}.log", environment)
    child.start()
    try:
        yield child
    finally:
        child.stop(15)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    """The desk's web process, started and ready; no worker."""
    broker, port = start_broker(tmp_path / "broker", keep=False), free_port()
    environment = {
        **os.environ,
        "VERIFIER_MODE": "embedded",
        "DATABASE_URL": database_url(),
        "REDIS_URL": broker.url,
        "VERIFIER_SITE_URL": f"http://127.0.0.1:{port}",
    }
    command = ["gunicorn", "verifier.wsgi", "-c", "python:verifier.web", "--workers=1", f"--bind=127.0.0.1:{port}"]
    desk = Web(f"http://127.0.0.1:{port}", broker, environment)
    with process("web", command, tmp_path, environment) as child:
        until(lambda: reached(desk.address), 120, child)
        yield desk
    broker.child.stop(5)


def reached(address: str) -> bool:
    try:
        with urlopen(f"{address}/readyz", timeout=5) as answer:
            return bool(json.loads(answer.read())["status"] == "ready")
    except OSError:
        return False


def a_claim() -> Claim:
    """A claim to decide, of an article that was read before the broker went away."""
    ingest(NewArticle(text=TEXT, source="Aldham Post"))
    for _ in inline.process():
        pass
    return Claim.objects.order_by("pk")[0]


def work(web: Web, ingo: User, ada: User, rex: User, vera: User) -> Article:
    """Read, post, decide and withdraw, as on any day; return the article that was posted."""
    claim = a_claim()
    decided = f"/api/v1/claims/{claim.pk}/"
    for path in ("/admin/", "/admin/reviews/review/", "/api/v1/claims/", "/api/v1/articles/", decided):
        assert web.ask(rex, path)[0] == 200
    new = {"source": "Coast Daily", "text": "A storm took the roof of the harbour hall at Aldham, the mayor said."}
    status, posted, _ = web.ask(ingo, "/api/v1/articles/", new)
    assert status == 201
    assert web.ask(rex, decided + "take/", {})[0] == 200
    verdict = {"verdict": "corroborated", "rationale": "We saw it.", "links": ["https://example.org/record"]}
    assert web.ask(rex, decided + "propose/", verdict)[0] == 200
    version = web.ask(vera, decided + "review/")[2]
    assert web.ask(vera, decided + "approve/", {}, **{"If-Match": version})[0] == 200
    gone = claim.mentions.get(pk=claim.mentions.order_by("pk")[0].pk).article_id
    assert web.ask(ada, f"/api/v1/articles/{gone}/withdraw/", {"why": "Taken back by its publisher."})[0] == 200
    status, told, _ = web.ask(rex, "/readyz")
    assert (status, told["status"], list(told["missing"])) == (200, "degraded", ["broker"])
    return Article.objects.get(pk=posted["id"])


def sees_it_through(web: Web, folder: Path, article: Article) -> None:
    """With a worker on the broker, empty or not, and the sweep the article that was posted is read and matched."""
    queues = ["celery", "-A", "verifier", "worker", "--queues=nlp,match,score,default", "--concurrency=1"]
    with process("worker", [*queues, "--without-gossip", "--without-mingle"], folder, web.environment) as worker:
        swept = time.monotonic() - 60
        while not articles_in("ready").filter(pk=article.pk).exists():
            assert worker.ended is None, worker.tail()
            if time.monotonic() > swept + 20:
                swept = time.monotonic()
                sweep(web)
            time.sleep(0.3)


def sweep(web: Web) -> None:
    """Play the schedule, at a time when the grace of what was lost is over."""
    lines = (
        "from django.utils import timezone; from claims.services import steps; "
        f"steps.sweep(timezone.now() + timezone.timedelta(seconds={RUNNING.total_seconds() + 1}))"
    )
    done = web.run("shell", "--verbosity=0", "-c", lines)
    assert done.returncode == 0, done.stderr


def test_with_the_broker_killed_people_work_on_and_with_an_empty_one_everything_is_caught_up(
    web: Web, ingo: User, ada: User, rex: User, vera: User, tmp_path: Path
) -> None:
    web.signal(signal.SIGKILL)
    article = work(web, ingo, ada, rex, vera)
    assert sum(web.took) < 10
    web.restart_broker()
    sees_it_through(web, tmp_path, article)


def test_a_frozen_broker_costs_a_few_seconds_in_all_and_nothing_once_it_goes_on(
    web: Web, ingo: User, ada: User, rex: User, vera: User, tmp_path: Path
) -> None:
    assert web.ask(rex, "/api/v1/claims/")[0] == 200  # its connections are open before it freezes
    web.signal(signal.SIGSTOP)
    try:
        article = work(web, ingo, ada, rex, vera)
        assert max(web.took) < 6
        assert sum(web.took) < 15
    finally:
        web.signal(signal.SIGCONT)
    sees_it_through(web, tmp_path, article)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_folder_is_taken_in_whole_without_a_broker(web: Web, tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(f"{TEXT} It was the {n + 2}th closure.")
    web.signal(number)
    try:
        done = web.run("ingest", str(folder), "--source=Aldham Post")
    finally:
        if number is signal.SIGSTOP:
            web.signal(signal.SIGCONT)
    assert (done.returncode, done.stdout.strip()) == (0, "4 new, 0 known, 0 refused"), done.stderr
    assert Article.objects.count() == 4


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_broker_that_ends_or_freezes_while_articles_are_read_loses_none(
    web: Web, tmp_path: Path, number: signal.Signals
) -> None:
    articles = [ingest(NewArticle(text=f"{TEXT} It was closure {n}.", source=f"paper {n}")).article for n in range(12)]
    queues = ["celery", "-A", "verifier", "worker", "--queues=nlp,match,score,default", "--concurrency=1"]
    with process("worker", [*queues, "--without-gossip", "--without-mingle"], tmp_path, web.environment) as worker:
        sweep(web)
        until(lambda: ArticleStep.objects.filter(done_at__isnull=False).exists(), 180, worker)
        web.signal(number)
        time.sleep(8)
        if number is signal.SIGSTOP:
            web.signal(signal.SIGCONT)
        else:
            web.restart_broker()
        end, done = time.monotonic() + 240, 0
        while done < len(articles):
            assert time.monotonic() < end, worker.tail()
            sweep(web)
            time.sleep(5)
            done = articles_in("ready").count()
    assert list(articles_in("parked")) == []
