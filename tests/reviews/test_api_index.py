"""``/api/v1/`` and ``/api/v1/me/``: what there is, and who one is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from reviews.api.urls import urlpatterns
from reviews.services.tokens import make_token
from tests.house.test_docs import plain

pytestmark = pytest.mark.django_db

Api = Callable[[User | None], APIClient]


def test_the_index_names_every_address_that_stands_below_it(api: Api, rex: User) -> None:
    found = api(rex).get("/api/v1/").json()
    ours = {plain(str(pattern.pattern)).strip("/") for pattern in urlpatterns}
    single = {word for word in ours if word and "/" not in word}
    assert single <= set(found)
    assert all(address == f"http://testserver/api/v1/{word}/" for word, address in found.items())
    assert all(api(rex).get(address).status_code in {200, 403, 405} for address in found.values())


def test_me_tells_who_one_is_and_what_one_may(api: Api, rex: User, ingo: User, sam: User) -> None:
    found = api(rex).get("/api/v1/me/").json()
    assert (found["username"], found["groups"], found["roles"], found["machine"]) == (
        "rex",
        ["reviewer"],
        ["reviewer"],
        False,
    )
    assert "reviews.act_as_reviewer" in found["permissions"]
    assert found["token"] is None
    assert api(ingo).get("/api/v1/me/").json()["machine"] is True
    assert api(sam).get("/api/v1/me/").json()["permissions"] == []


def test_with_a_token_it_tells_when_that_ends_and_never_the_token(rex: User) -> None:
    token = make_token(rex, name="the feed")
    answer = APIClient().get("/api/v1/me/", HTTP_AUTHORIZATION=f"Token {token}")
    assert answer.json()["token"]["name"] == "the feed"
    assert answer.json()["token"]["expires_at"] > answer.json()["token"]["created_at"]
    assert token not in answer.content.decode()


def test_nobody_is_told_nothing(api: Api) -> None:
    for path in ("/api/v1/", "/api/v1/me/"):
        assert api(None).get(path).status_code == 401
