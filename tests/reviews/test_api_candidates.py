"""``/api/v1/claims/ID/candidates/`` and ``not_same/``: offers in words, and an editor's word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from claims.models import CandidatePair, Claim, Judgement, Mention
from claims.services import pairs
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


def test_what_was_said_not_to_be_the_same_is_listed_and_taken_back(
    two: tuple[Claim, Claim], api: Client, ada: User, rex: User
) -> None:
    api(ada).post(url(two[0], "not_same"), {"claim": two[1].pk, "why": "Two ships."}, format="json")
    (kept,) = api(rex).get(url(two[1], "not_same")).json()
    assert (kept["claim"], kept["regrouped"]) == (two[0].pk, False)
    (word,) = kept["judgements"]
    assert (word["by"], word["why"]) == ("ada", "Two ships.")
    withdraw = url(two[1], "not_same/withdraw")
    assert api(rex).post(withdraw, {"claim": two[0].pk}, format="json").status_code == 403
    answer = api(ada).post(withdraw, {"claim": two[0].pk}, format="json")
    assert (answer.status_code, answer.json()["judgements"]) == (200, [word["id"]])
    assert api(ada).get(url(two[1], "not_same")).json() == []
    assert [offer["claim"] for offer in api(ada).get(url(two[0], "candidates")).json()] == [two[1].pk]
    assert api(ada).post(withdraw, {"claim": two[0].pk}, format="json").status_code == 400


@pytest.mark.parametrize("given", [{}, {"claim": "x"}, {"claim": 999_999}, {"claim": 1, "why": "unknown here"}])
def test_a_wrong_withdrawal_is_answered_400(
    given: dict[str, object], two: tuple[Claim, Claim], api: Client, ada: User
) -> None:
    assert api(ada).post(url(two[0], "not_same/withdraw"), given, format="json").status_code == 400


def test_the_pairs_of_all_stories_are_listed_and_skipped_by_each_for_themselves(
    two: tuple[Claim, Claim], api: Client, ada: User, rex: User
) -> None:
    pairs.run()
    (pair,) = api(rex).get("/api/v1/candidates/").json()["results"]
    assert [side["claim"] for side in pair["claims"]] == [two[0].pk, two[1].pk]
    assert pair["stories_differ"] is False
    skip = f"/api/v1/candidates/{pair['id']}/skip/"
    assert api(rex).post(skip).status_code == 403
    assert api(ada).post(skip).status_code == 204
    assert api(ada).get("/api/v1/candidates/").json()["results"] == []
    assert api(rex).get("/api/v1/candidates/").json()["count"] == 1
    assert api(ada).post("/api/v1/candidates/999999/skip/").status_code == 404


def test_the_list_of_pairs_costs_the_same_however_long_it_is(two: tuple[Claim, Claim], api: Client, rex: User) -> None:
    pairs.run()
    client = api(rex)
    client.get("/api/v1/candidates/")
    with CaptureQueriesContext(connection) as few:
        client.get("/api/v1/candidates/")
    first, second = (Mention.objects.get(claim=claim) for claim in two)
    for n in range(5):
        more = Claim.objects.create(story=two[0].story, text=f"Claim {n}.")
        Mention.objects.filter(pk=second.pk).update(claim=two[1])
        CandidatePair.objects.create(claim=two[0], other=more, score=1, mention=first, other_mention=second)
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/candidates/")
    assert len(many) == len(few)
