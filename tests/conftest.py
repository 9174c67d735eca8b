"""The cast: ada edits, rex reviews, vera approves, sam is a stranger, ingo is the feed that posts articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from rest_framework.test import APIClient

from claims.models import Leader, Platform
from claims.services.leaders import ensure_leaders
from claims.services.outlets import ensure_platforms
from reviews.people import ensure_groups
from tests.triggers import let_flush


def person(name: str, *groups: str) -> User:
    """Return a user of these groups; who is in one may open the admin."""
    user = User.objects.create_user(name, f"{name}@desk.example", is_staff=bool(groups))
    if groups and not Group.objects.filter(name__in=groups).exists():
        ensure_groups()  # a flush between two tests takes away what the migration made
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def ada(db: None) -> User:
    return person("ada", "editor")


@pytest.fixture
def rex(db: None) -> User:
    return person("rex", "reviewer")


@pytest.fixture
def vera(db: None) -> User:
    return person("vera", "approver")


@pytest.fixture
def sam(db: None) -> User:
    return person("sam")


@pytest.fixture
def ingo(db: None) -> User:
    return person("ingo", "ingest")


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """A client of the API for a user, or for nobody."""

    def client(user: User | None = None) -> APIClient:
        new = APIClient()
        if user is not None:
            new.force_authenticate(user)
        return new

    return client


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _starter_platforms(request: pytest.FixtureRequest) -> None:
    """Give each test the platforms and leaders of a fresh desk: a test on transactions empties the database."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("_django_db_helper")
        if not Platform.objects.exists():
            ensure_platforms()
        if not Leader.objects.exists():
            ensure_leaders()


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_triggers() -> None:
    let_flush(connection)
