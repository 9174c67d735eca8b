"""``/api/v1/claims/ID/candidates/`` and ``not_same/``: offers in words, and an editor's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Claim, Judgement
from claims.services.matching import match
from reviews.services import open_review
from tests.claims.newsroom import publish, story

pytestmark = pytest.mark.django_db

Client = Callable[[User | None], APIClient]


@pytest.fixture
def two(db: None) -> tuple[Claim, Claim]:
    home = story()
    for outlet, sentence in (
        ("a", "The ferry Albatross ran aground on the Kestrel reef in thick fog."),
        ("b", "In fog the Albatross got stuck on rocks of the Kestrel reef, with 40 crew."),
    ):
        match(publish(home, outlet, [sentence]).pk)
    first, second = Claim.objects.order_by("pk")
    open_review(first)
    open_review(second)
    return first, second


def url(claim: Claim, door: str) -> str:
    return f"/api/v1/claims/{claim.pk}/{door}/"


def test_candidates_come_with_the_lines_of_their_score_in_words(
    two: tuple[Claim, Claim], api: Client, rex: User
) -> None:
    answer = api(rex).get(url(two[0], "candidates"))
    assert answer.status_code == 200
    (offer,) = answer.json()
    assert offer["claim"] == two[1].pk
    assert any(line["text"].startswith("Shared words") and "kestrel" in line["text"] for line in offer["lines"])


def test_an_editor_says_that_two_are_not_the_same(two: tuple[Claim, Claim], api: Client, ada: User) -> None:
    answer = api(ada).post(url(two[0], "not_same"), {"claim": two[1].pk, "why": "Two ships."}, format="json")
    assert answer.status_code == 201
    assert answer.json()["judgements"] == list(Judgement.objects.values_list("pk", flat=True))
    assert api(ada).get(url(two[0], "candidates")).json() == []


def test_the_same_is_merged_by_the_door_that_there_is(two: tuple[Claim, Claim], api: Client, ada: User) -> None:
    preview = {"into": two[1].pk, "why": "The same ship.", "preview": True}
    assert api(ada).post(url(two[0], "merge"), preview, format="json").status_code == 200
    assert api(ada).post(url(two[0], "merge"), {**preview, "preview": False}, format="json").status_code == 201
    assert api(ada).get(url(two[1], "candidates")).json() == []


def test_who_is_no_editor_judges_nothing(two: tuple[Claim, Claim], api: Client, rex: User, sam: User) -> None:
    assert api(rex).post(url(two[0], "not_same"), {"claim": two[1].pk}, format="json").status_code == 403
    assert api(sam).get(url(two[0], "candidates")).status_code == 403
    assert api(None).get(url(two[0], "candidates")).status_code == 401
    assert not Judgement.objects.exists()


def test_what_cannot_be_judged_is_refused_by_name(two: tuple[Claim, Claim], api: Client, ada: User) -> None:
    assert api(ada).post(url(two[0], "not_same"), {"claim": 999_999}, format="json").status_code == 400
    assert api(ada).post(url(two[0], "not_same"), {"claim": two[0].pk}, format="json").status_code == 400
    assert api(ada).get("/api/v1/claims/999999/candidates/").status_code == 404
