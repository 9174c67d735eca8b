"""``Idempotency-Key``: what is sent twice is done once, and answered alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from claims.errors import KeyInUse
from claims.models import Article, KeptAnswer, Mention
from claims.services import repeating
from reviews.models import Note, Publication, Review
from reviews.workflow import Status
from tests.reviews.conftest import MakeReview

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Api = Callable[[User | None], APIClient]
ARTICLE = {"source": "Aldham Post", "title": "Bridge closed", "text": "The bridge was closed, the council said."}


def post(client: APIClient, path: str, body: object, key: str = "k-1", **headers: str) -> Any:
    return client.post(f"/api/v1/{path}", body, HTTP_IDEMPOTENCY_KEY=key, **headers)


def test_an_article_that_is_sent_again_is_answered_as_the_first_time(api: Api, ingo: User) -> None:
    first, again = (post(api(ingo), "articles/", ARTICLE) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert Article.objects.count() == 1
    assert post(api(ingo), "articles/", ARTICLE, "k-2").status_code == 200


def test_so_is_every_post_that_creates(make_review: MakeReview, api: Api, ada: User, rex: User) -> None:
    decided, split = make_review(Status.REFUTED), make_review(outlets=2)
    mention = Mention.objects.filter(claim=split.claim).earliest("pk").pk
    wishes: list[tuple[User, str, object]] = [
        (rex, f"claims/{decided.claim_id}/notes/", {"text": "Look again."}),
        (ada, f"claims/{decided.claim_id}/publish/", {}),
        (ada, f"claims/{split.claim_id}/split/", {"mentions": [mention], "why": "Another one."}),
        (rex, "bulk/", {"action": "take", "together": False, "claims": [{"claim": split.claim_id}]}),
    ]
    for number, (who, path, body) in enumerate(wishes):
        first, again = (post(api(who), path, body, f"k-{number}") for _ in range(2))
        assert first.status_code in {200, 201}, path
        assert (again.status_code, again.json()) == (first.status_code, first.json()), path
        assert again.headers.get("Location") == first.headers.get("Location")
    assert (Note.objects.count(), Publication.objects.count()) == (1, 1)
    assert Publication.objects.get().versions.count() == 1


def test_an_action_is_done_once_and_its_etag_kept(make_review: MakeReview, api: Api, rex: User) -> None:
    review = make_review()
    first, again = (post(api(rex), f"claims/{review.claim_id}/take/", {}) for _ in range(2))
    assert first["ETag"] == again["ETag"]
    review.refresh_from_db()
    assert review.version == 2


@pytest.mark.parametrize("other", [{**ARTICLE, "title": "Bridge open"}, {**ARTICLE, "url": "https://aldham.example/2"}])
def test_another_body_under_the_same_key_is_refused(other: dict[str, str], api: Api, ingo: User) -> None:
    post(api(ingo), "articles/", ARTICLE)
    answer = post(api(ingo), "articles/", other)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "key_reused")
    assert Article.objects.count() == 1


def test_so_is_another_address_or_another_version_that_was_seen(make_review: MakeReview, api: Api, rex: User) -> None:
    one, two = make_review(), make_review()
    post(api(rex), f"claims/{one.claim_id}/take/", {}, HTTP_IF_MATCH='"1"')
    assert post(api(rex), f"claims/{two.claim_id}/take/", {}, HTTP_IF_MATCH='"1"').status_code == 422
    assert post(api(rex), f"claims/{one.claim_id}/take/", {}, HTTP_IF_MATCH='"2"').status_code == 422
    assert Review.objects.get(pk=two.pk).status == Status.UNVERIFIED


def test_the_order_of_a_bodys_fields_does_not_matter(api: Api, ingo: User) -> None:
    post(api(ingo), "articles/", ARTICLE)
    assert post(api(ingo), "articles/", dict(reversed(ARTICLE.items()))).status_code == 201


def test_a_key_is_ones_own(api: Api, ingo: User, ada: User) -> None:
    post(api(ingo), "articles/", ARTICLE)
    assert post(api(ada), "articles/", {**ARTICLE, "text": "Another text of ada's own."}).status_code == 201


def test_a_refusal_is_not_kept(api: Api, ingo: User) -> None:
    wrong = post(api(ingo), "articles/", {**ARTICLE, "published": "soon"})
    assert wrong.status_code == 400
    assert not KeptAnswer.objects.exists()
    assert post(api(ingo), "articles/", ARTICLE).status_code == 201


def test_who_may_not_ask_is_told_so_and_no_key_is_kept(api: Api, rex: User, sam: User) -> None:
    assert post(api(None), "articles/", ARTICLE).status_code == 401
    assert post(api(sam), "articles/", ARTICLE).status_code == 403
    assert post(api(rex), "articles/", ARTICLE).status_code == 403
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "a b", "ä", "k" * 256])
def test_what_is_no_key_is_refused_by_name(key: str, api: Api, ingo: User) -> None:
    answer = post(api(ingo), "articles/", ARTICLE, key)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "Idempotency-Key")


def test_what_is_being_carried_out_is_a_conflict_until_its_process_has_died(ingo: User) -> None:
    repeating.begin(ingo, "k", "f")
    with pytest.raises(KeyInUse):
        repeating.begin(ingo, "k", "f")
    KeptAnswer.objects.update(created_at=timezone.now() - repeating.GIVEN_UP - timedelta(seconds=1))
    assert repeating.begin(ingo, "k", "f").status is None


def test_a_key_is_forgotten_after_a_day(api: Api, ingo: User) -> None:
    post(api(ingo), "articles/", ARTICLE)
    KeptAnswer.objects.update(created_at=timezone.now() - repeating.KEPT - timedelta(seconds=1))
    assert post(api(ingo), "articles/", {**ARTICLE, "text": "A new text, a day later."}).status_code == 201
    assert KeptAnswer.objects.count() == 1
