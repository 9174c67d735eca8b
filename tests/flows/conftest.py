"""A browser for the flows that need one: Debian's Chromium without a window, which loads nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.triggers import let_flush

CHROMIUM = which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TELL_VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation',"
    " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile))"
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1360, "height": 900}


@dataclass
class Seat:
    """One person at a browser window, with everything that the browser complained about."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a page of the desk."""
        self.page.goto(self.base + path)
        return self.page


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, once for all flows of a file."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as player:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps a loop running in this thread
        let_flush(connection)  # beside a running loop Django opens another connection for the same thread
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connection.close()


@pytest.fixture
def sit_down(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Seat]]:
    """Open a window for a person who is signed in (or for nobody); complaints of the browser fail the test."""
    seats: list[tuple[BrowserContext, Seat]] = []

    def sit(user: User | None = None, *, dark: bool = False, phone: bool = False, **options: Any) -> Seat:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK, color_scheme="dark" if dark else "light", **options
        )
        context.set_default_timeout(15_000)
        context.add_init_script(TELL_VIOLATIONS)
        if user is not None:
            context.add_cookies([_signed_in(user, live_server.url)])
        seat = Seat(context.new_page(), live_server.url)
        seat.page.on("console", lambda said: seat.complaints.append(said.text) if said.type == "error" else None)
        seat.page.on("pageerror", lambda error: seat.complaints.append(str(error)))
        seat.page.on("request", lambda asked: _stays_home(asked.url, seat))
        seats.append((context, seat))
        return seat

    yield sit
    complaints = [complaint for _, seat in seats for complaint in seat.complaints]
    for context, _ in seats:
        context.close()
    assert complaints == []


def _signed_in(user: User, url: str) -> Any:
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def _stays_home(url: str, seat: Seat) -> None:
    if not url.startswith((seat.base, "data:", "about:")):
        seat.complaints.append(f"asked outside: {url}")
