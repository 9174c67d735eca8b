"""What holds for every address: strict headers, and nothing for strangers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from tests.house.test_docs import addresses, plain

API = sorted(
    {
        route.replace("ID", "1")
        for route in map(plain, addresses(get_resolver().url_patterns))
        if route.startswith("/api/v1/") and ".ID" not in route
    }
)


OPEN = ("/api/v1/", "/api/v1/me/")
"""What tells whoever is signed in no more than the addresses that there are, and who they are themselves."""


@pytest.mark.parametrize("address", API)
def test_the_api_answers_401_to_nobody(address: str, client: Client, db: None) -> None:
    assert client.get(address).status_code in (401, 405)


@pytest.mark.parametrize("address", [a for a in API if "/schema" not in a and "/docs" not in a and a not in OPEN])
def test_the_api_answers_403_to_a_stranger(address: str, api: Callable[[User], APIClient], sam: User, db: None) -> None:
    client = api(sam)
    for method in (client.get, client.post, client.patch, client.delete):
        assert method(address).status_code in (403, 405)


@pytest.mark.parametrize("address", ["/admin/login/", "/livez", "/api/v1/claims/", "/nowhere"])
def test_every_answer_carries_the_strict_headers(address: str, client: Client, db: None) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert re.search(r"unsafe|\*|http:|https:", policy) is None
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_body_beyond_the_limit_is_refused(api: Callable[[User], APIClient], ingo: User) -> None:
    body = {"text": "x" * (3 * 1024 * 1024 + 1), "title": "Too long"}
    assert api(ingo).post("/api/v1/articles/", body, format="json").status_code == 413


def test_ten_wrong_passwords_close_the_door(client: Client, rex: User, settings: Settings) -> None:
    settings.AXES_ENABLED = True
    rex.set_password("a right one")
    rex.save()
    answers = [client.post("/admin/login/", {"username": "rex", "password": "wrong"}).status_code for _ in range(10)]
    assert answers[0] == 200
    right = client.post("/admin/login/", {"username": "rex", "password": "a right one"})
    assert right.status_code == 429
