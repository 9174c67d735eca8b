"""``./run up``: broker, database, starter data, web, worker, schedule; then watch them until told to stop."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import Request, urlopen

from verifier.supervisor import desk
from verifier.supervisor.broker import start_broker
from verifier.supervisor.processes import Child, NotStarted, free_port, is_free, until

PORT = 8000
START = 180.0
"""Seconds that a process may take to be ready: a busy machine is slow, and one that fails ends by itself."""

ENDS = 5
"""So many ends of one process within a minute are not an accident: then everything stops."""


class Stop(Exception):
    """We were asked to stop."""


@dataclass(slots=True)
class Up:
    """A desk on its way up, up, and down again."""

    port: int
    empty: bool
    began: float = field(default_factory=time.monotonic)
    children: list[Child] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self) -> int:
        """Start everything, watch it, stop it; the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        try:
            self.start()
            return self.watch()
        except Stop:
            say("stopping")
            return 0
        except NotStarted as error:
            say(str(error))
            return 1
        finally:
            self.stop()

    def start(self) -> None:
        self.configure()
        self.broker()
        self.prepare()
        self.web_and_worker()
        self.add("beat", "celery", "-A", "verifier", "beat", f"--schedule={desk.STATE / 'beat-schedule'}", "--pidfile=")
        waited = self.wait_for_data()
        self.announce(waited)

    def configure(self) -> None:
        given = self.environment
        given.setdefault("VERIFIER_MODE", "embedded")
        given.setdefault("VERIFIER_SITE_URL", self.address)
        given.setdefault("VERIFIER_METRICS_TOKEN", secrets.token_urlsafe(24))
        given.setdefault("OMP_NUM_THREADS", "1")
        given["VERIFIER_READY_FILE"] = str(desk.STATE / "worker-ready")
        given.pop("VERIFIER_TASKS_INLINE", None)
        for log in desk.LOGS.glob("*.log"):
            log.unlink()

    def broker(self) -> None:
        if "REDIS_URL" in self.environment:
            say("broker: REDIS_URL, as given")
        else:
            broker = start_broker(desk.STATE / "broker")
            self.children.append(broker.child)
            self.environment["REDIS_URL"] = broker.url
            say(f"broker: {broker.program}")
        names = ("DATABASE_URL", "REDIS_URL", "VERIFIER_SITE_URL", "VERIFIER_MODE")
        desk.publish({name: self.environment[name] for name in names if name in self.environment})

    def prepare(self) -> None:
        say(f"database: {'DATABASE_URL, as given' if 'DATABASE_URL' in self.environment else 'SQLite, in var/'}")
        say("database: migrating" if self.empty else "database: migrating, and loading the starter data")
        command = ["-m", "verifier.prepare", str(desk.USERS), *([] if self.empty else ["--seed"])]
        child = Child("prepare", [sys.executable, *command], desk.LOGS / "prepare.log", self.environment)
        self.children.append(child)
        child.start()
        while child.ended is None:
            time.sleep(0.05)
        self.children.remove(child)
        if child.ended:
            raise NotStarted(f"the database could not be prepared:\n{child.tail()}")

    def web_and_worker(self) -> None:
        ready = Path(self.environment["VERIFIER_READY_FILE"])
        ready.unlink(missing_ok=True)
        web = self.add("web", "gunicorn", "verifier.wsgi", "-c", "python:verifier.web", f"--bind=127.0.0.1:{self.port}")
        processes = self.environment.get("VERIFIER_WORKERS", str(min(2, os.cpu_count() or 1)))
        queues = "--queues=nlp,match,score,default"
        lean = ("--without-gossip", "--without-mingle")
        worker = self.add("worker", "celery", "-A", "verifier", "worker", queues, f"--concurrency={processes}", *lean)
        say(f"web: starting at {self.address}")
        until(lambda: self.ask("/readyz") is not None, START, web)
        say(f"worker: starting, with {processes} processes")
        until(ready.exists, START, worker)

    def add(self, name: str, module: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", module, *arguments]
        child = Child(name, command, desk.LOGS / f"{name}.log", self.environment)
        self.children.append(child)
        child.start()
        return child

    def ask(self, path: str) -> str | None:
        """Return what the web process answers, or None where it does not, or not with 200."""
        token = f"Bearer {self.environment['VERIFIER_METRICS_TOKEN']}"
        request = Request(self.address + path, headers={"Authorization": token})  # noqa: S310 (our own address)
        try:
            with urlopen(request, timeout=5) as answer:  # noqa: S310
                return str(answer.read().decode())
        except (URLError, OSError):
            return None

    def wait_for_data(self) -> bool:
        """Wait until what was taken in has gone through the pipeline; False where that takes too long."""
        end, told = time.monotonic() + 180, ""
        while time.monotonic() < end:
            numbers = self.numbers()
            left = (numbers.get(f"verifier_{what}_waiting", 0) for what in ("articles", "claims"))
            line = "reading: {} articles still to be read or matched, {} claims to be scored".format(*left)
            if line != told:
                say(line)
                told = line
            if not numbers.get("verifier_articles_waiting") and not numbers.get("verifier_claims_waiting"):
                return True
            self.mend()
            time.sleep(0.5)
        return False

    def numbers(self) -> dict[str, int]:
        """Return the numbers that ``/metrics`` counts."""
        lines = (self.ask("/metrics") or "").splitlines()
        pairs = (line.rsplit(" ", 1) for line in lines if line and not line.startswith("#"))
        return {name: int(float(value)) for name, value in pairs}

    def announce(self, waited: bool) -> None:
        numbers = self.numbers()
        print(f"\nREADY in {time.monotonic() - self.began:.1f} s: {self.address}/\n")
        print(f"  desk  {self.address}/admin/")
        print(f"  API   {self.address}/api/v1/docs/")
        print(f"  data  {numbers.get('verifier_articles', 0)} articles, {numbers.get('verifier_claims', 0)} claims")
        if not waited:
            print("        some are still being read")
        if desk.USERS.exists():
            print("\n  sample users (name, group, password):")
            for name, user in json.loads(desk.USERS.read_text()).items():
                print(f"    {name:<5} {user['group'] or '-':<9} {user['password']}")
        print(f"\n  logs in {desk.LOGS}/; Ctrl-C stops", flush=True)

    def watch(self) -> int:
        while True:
            time.sleep(0.5)
            self.mend()

    def mend(self) -> None:
        """Start again what has ended."""
        for child in self.children:
            if child.ended is None:
                continue
            recent = [start for start in child.starts if start > time.monotonic() - 60]
            if len(recent) >= ENDS:
                raise NotStarted(f"{child.name} keeps ending, at last with {child.ended}:\n{child.tail()}")
            say(f"{child.name} ended with {child.ended}; starting it again")
            child.stop(0)
            child.start()

    def stop(self) -> None:
        """Stop in the order in which nothing is left waiting: schedule, web, worker, broker."""
        order = {"beat": 0, "web": 1, "prepare": 2, "worker": 2, "broker": 3}
        for child in sorted(self.children, key=lambda child: order[child.name]):
            child.stop(15)


def _stop(number: int, frame: FrameType | None) -> None:
    for again in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(again, signal.SIG_IGN)  # we are stopping: nothing may stop that
    raise Stop


def say(text: str) -> None:
    print(f"up: {text}", file=sys.stderr, flush=True)


def choose_port(wanted: int | None) -> int:
    """Return the port that is wanted; where none is, 8000, or a free one if that is taken.

    Raises:
        NotStarted: the wanted port is taken.
    """
    if wanted is not None:
        if not is_free(wanted):
            raise NotStarted(f"port {wanted} is taken")
        return wanted
    if is_free(PORT):
        return PORT
    port = free_port()
    say(f"port {PORT} is taken; taking {port}")
    return port
