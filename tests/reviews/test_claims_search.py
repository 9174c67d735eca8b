"""``GET /v1alpha1/claims:search``: the shape of the Fact Check Tools API, exactly."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import ScopedRateThrottle

from reviews.models import Publication
from reviews.services import Order, act
from reviews.services.publishing import Words, withdraw
from reviews.workflow import Action
from tests.reviews.published import editor, published

pytestmark = pytest.mark.django_db

SEARCH = "/v1alpha1/claims:search"


def asked(client: Client, **parameters: Any) -> Any:
    return client.get(SEARCH, parameters)


def test_a_claim_has_exactly_the_fields_of_that_api(client: Client) -> None:
    publication = published("refuted")
    answer = asked(client, query="divers hired", languageCode="en-US")
    assert answer.status_code == 200
    (claim,) = answer.json()["claims"]
    assert {k: v for k, v in claim.items() if k != "claimReview"} == {
        "text": "155 divers were hired from abroad.", "claimant": "Ines Marrow", "claimDate": "2025-04-08T09:00:00Z",
    }  # fmt: skip
    (review,) = claim["claimReview"]
    assert review == {
        "publisher": {"name": "Verifier", "site": "127.0.0.1"},
        "url": f"http://127.0.0.1:8000/checks/{publication.pk}/",
        "title": "155 divers were hired from abroad.",
        "reviewDate": publication.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "textualRating": "Refuted",
        "languageCode": "en",
    }
    assert set(answer.json()) == {"claims"}


def test_nothing_found_is_an_empty_object(client: Client) -> None:
    published()
    for parameters in (
        {"query": "comet"}, {"query": "divers", "languageCode": "de"},
        {"query": "divers", "reviewPublisherSiteFilter": "other.example"},
    ):  # fmt: skip
        answer = asked(client, **parameters)
        assert (answer.status_code, answer.json()) == (200, {})


def test_only_what_the_desk_stands_by_is_found(client: Client) -> None:
    gone, doubted = published(), published(text="163 divers were hired.")
    withdraw(gone.review.claim_id, editor(), Words(why="A slip."))
    act(doubted.review.claim_id, User.objects.get(username="rita"), Order(Action.REOPEN, reason="A page is missing."))
    assert asked(client, query="divers").json() == {}


def test_pages_follow_each_other_without_a_gap(client: Client) -> None:
    numbers = [published(text=f"{n} divers were hired.").pk for n in range(5)]
    seen: list[str] = []
    parameters: dict[str, Any] = {"query": "divers", "pageSize": 2}
    while True:
        body = asked(client, **parameters).json()
        seen += [claim["claimReview"][0]["url"] for claim in body["claims"]]
        if "nextPageToken" not in body:
            break
        parameters["pageToken"] = body["nextPageToken"]
    assert [int(url.rstrip("/").rpartition("/")[2]) for url in seen] == numbers[::-1]
    offset = asked(client, query="divers", pageSize=2, offset=3).json()
    assert [c["claimReview"][0]["url"] for c in offset["claims"]] == seen[3:]


def test_old_checks_are_left_out_by_age(client: Client) -> None:
    publication = published()
    Publication.objects.filter(pk=publication.pk).update(published_at=timezone.now() - timedelta(days=10))
    assert asked(client, query="divers", maxAgeDays=9).json() == {}
    assert len(asked(client, query="divers", maxAgeDays=11).json()["claims"]) == 1


def test_the_desks_own_site_is_a_filter_by_itself(client: Client) -> None:
    published()
    assert len(asked(client, reviewPublisherSiteFilter="127.0.0.1").json()["claims"]) == 1


@pytest.mark.parametrize(
    "parameters",
    [
        {}, {"query": " "}, {"query": "x", "quary": "y"}, {"query": "x", "pageSize": "many"}, {"query": "x" * 501},
        {"query": "x", "pageToken": "made-up"}, {"query": "x", "offset": "-1"},
        {"query": "x", "maxAgeDays": "99999999"},
        {"query": ["a", "b"]}, {"query": "a\0b"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_request_is_refused_in_the_shape_of_that_api(parameters: dict[str, Any], client: Client) -> None:
    answer = asked(client, **parameters)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert error["message"]


def test_it_needs_no_sign_in_takes_no_session_and_only_reads(client: Client, ada: User) -> None:
    published()
    client.force_login(ada)
    assert asked(client, query="divers", key="habit").status_code == 200
    assert client.post(SEARCH, {"query": "divers"}).status_code == 405


def test_it_is_counted_by_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", {"public": "2/min"})
    cache.clear()
    answers = [asked(client, query="divers") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[-1].json()["error"]["status"], int(answers[-1]["Retry-After"]) > 0) == ("RESOURCE_EXHAUSTED", True)


def test_the_number_of_queries_is_pinned(client: Client, django_assert_num_queries) -> None:
    for n in range(3):
        published(text=f"{n} divers were hired.")
    with django_assert_num_queries(2):
        asked(client, query="divers")
