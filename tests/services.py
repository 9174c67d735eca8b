"""The pytest plugin that gives the tests what production has: a real PostgreSQL and a real Valkey/Redis.

Started before Django reads its settings, once in the process that the others are started by, stopped at its end.
``DATABASE_URL`` and ``REDIS_URL`` are taken where they are given; ``VERIFIER_TEST_DB=sqlite`` takes SQLite instead.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.postgres import start_postgres
from verifier.supervisor.broker import start_broker

WORKER = "PYTEST_XDIST_WORKER"
ON_SQLITE = os.environ.get("VERIFIER_TEST_DB") == "sqlite"


def own_broker_database() -> None:
    """Give this worker of pytest-xdist a database of its own on the common broker."""
    number = int(os.environ[WORKER].removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{number}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start the services; a wrapper, because pytest-django reads the settings in the same hook."""
    if WORKER in os.environ:
        own_broker_database()
        return (yield)
    os.environ["VERIFIER_MODE"] = "test"
    os.environ.setdefault("VERIFIER_SECRET_KEY", secrets.token_urlsafe(50))
    home = Path(tempfile.mkdtemp(prefix="verifier-tests-"))
    early_config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    if ON_SQLITE:
        os.environ["DATABASE_URL"] = f"sqlite:///{home / 'test.sqlite3'}"
    elif "DATABASE_URL" not in os.environ:
        server = start_postgres(home / "postgres")
        early_config.add_cleanup(lambda: server.child.stop(10))
        os.environ["DATABASE_URL"] = server.url
    if "REDIS_URL" not in os.environ:
        broker = start_broker(home / "broker", keep=False)
        early_config.add_cleanup(lambda: broker.child.stop(10))
        os.environ["REDIS_URL"] = broker.url
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs on SQLite too, all that keeps records; and skip there what only PostgreSQL does."""
    for item in items:
        if {"claims", "reviews"} & set(item.path.parts[-3:-1]) and item.get_closest_marker("postgres") is None:
            item.add_marker(pytest.mark.sqlite)
        if ON_SQLITE and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="only on PostgreSQL"))


def pytest_report_header() -> list[str]:
    """Say on what the tests run."""
    return [f"services: {os.environ['DATABASE_URL'].partition(':')[0]} and {os.environ['REDIS_URL'].partition(':')[0]}"]
