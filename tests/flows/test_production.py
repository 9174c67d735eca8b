"""Production's settings, served by gunicorn as behind a proxy that speaks TLS."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

from tests.flows.test_worker import database_url
from tests.house.repository import ROOT
from verifier.supervisor.processes import Child, free_port, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.xdist_group("production")]
BEHIND_TLS = {"Host": "desk.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "VERIFIER_MODE": "production",
        "VERIFIER_SECRET_KEY": "only-for-this-test-" * 3,
        "VERIFIER_SITE_URL": "https://desk.example",
        "VERIFIER_PROXIES": "1",
        "VERIFIER_STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
    }


@pytest.fixture
def port(production: dict[str, str], tmp_path: Path) -> Iterator[int]:
    """The port of gunicorn, with the static files collected as the image collects them."""
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0", "--ignore=drf_spectacular*"]
    subprocess.run(collect, cwd=ROOT, env=production, check=True)
    number = free_port()
    command = [sys.executable, "-m", "gunicorn", "verifier.wsgi", "-c", "python:verifier.web", "-w1"]
    web = Child("web", [*command, f"--bind=127.0.0.1:{number}"], tmp_path / "web.log", production)
    web.start()
    until(lambda: answers(number), 180, web)
    yield number
    web.stop(20)


def get(port: int, path: str, headers: dict[str, str]) -> Answer:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())


def answers(port: int) -> bool:
    try:
        return get(port, "/livez", BEHIND_TLS).status == 200
    except OSError:
        return False


def test_behind_tls(port: int) -> None:
    assert get(port, "/readyz", BEHIND_TLS).body == b'{"status": "ready", "missing": {}}'
    assert get(port, "/admin/", {"Host": "evil.example", "X-Forwarded-Proto": "https"}).status == 400

    plain = get(port, "/admin/login/", BEHIND_TLS | {"X-Forwarded-Proto": "http"})
    assert (plain.status, plain.headers["Location"]) == (301, "https://desk.example/admin/login/")

    page = get(port, "/admin/login/", BEHIND_TLS)
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert page.headers["Set-Cookie"].startswith("__Host-csrftoken=")
    assert "Secure" in page.headers["Set-Cookie"]

    style = re.search(rb'href="(/static/admin/css/base\.[0-9a-f]{12}\.css)"', page.body)
    assert style
    file = get(port, style[1].decode(), BEHIND_TLS | {"Accept-Encoding": "gzip"})
    assert (file.status, file.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in file.headers["Cache-Control"]
