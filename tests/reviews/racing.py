"""Many workers at once over real HTTP, against a real server of several processes."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Barrier
from typing import TypeVar
from urllib.parse import urlsplit

from django.db import connection

from verifier.supervisor.processes import Child, free_port

Result = TypeVar("Result")


@contextmanager
def serving(home: Path) -> Generator[str, None, None]:
    """A gunicorn of two processes over the tests' database; its address."""
    port = free_port()
    name = str(connection.settings_dict["NAME"])
    server = "sqlite://" if connection.vendor == "sqlite" else os.environ["DATABASE_URL"].rpartition("/")[0]
    database = f"{server}/{name}"
    command = (
        sys.executable,
        "-m",
        "gunicorn",
        "verifier.wsgi",
        "--workers=2",
        "--threads=12",
        f"--bind=127.0.0.1:{port}",
    )
    variables = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.reviews.race_settings"}
    child = Child("web", command, home / "web.log", os.environ | variables)
    child.start()
    try:
        _wait_for(port, child)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.stop(10)


def _wait_for(port: int, child: Child) -> None:
    for _ in range(600):
        if child.ended is not None:
            break
        with closing(HTTPConnection(f"127.0.0.1:{port}", timeout=30)) as server:
            try:
                server.request("GET", "/livez")
                server.getresponse().read()
            except ConnectionError:
                time.sleep(0.1)
            else:
                return
    raise RuntimeError(child.log.read_text())


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the status, the ETag and the body."""

    status: int
    etag: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's access to the API of the server at ``address``."""

    address: str
    token: str

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, body: dict[str, object] | None = None, etag: str = "") -> Answer:
        return self._ask("POST", path, body or {}, {"If-Match": etag} if etag else {})

    def _ask(self, verb: str, path: str, body: dict[str, object] | None, headers: dict[str, str]) -> Answer:
        with closing(HTTPConnection(urlsplit(self.address).netloc, timeout=120)) as server:
            content = None if body is None else json.dumps(body)
            fixed = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
            server.request(verb, path, content, fixed | headers)
            response = server.getresponse()
            text = response.read()
            return Answer(response.status, response.getheader("ETag", ""), json.loads(text) if text else {})


def race(workers: int, run: Callable[[int, random.Random], Iterable[Result]]) -> list[Result]:
    """Start ``workers`` threads at the same moment; each gets its number and its own dice. All that they return."""
    line = Barrier(workers)

    def start(number: int) -> list[Result]:
        dice = random.Random(number)  # noqa: S311
        line.wait()
        return list(run(number, dice))

    with ThreadPoolExecutor(workers) as pool:
        return [result for results in pool.map(start, range(workers)) for result in results]
