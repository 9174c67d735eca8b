"""``/api/v1/claims/ID/other_verdicts/`` and the review's page: what others found out, in their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import OtherVerdict
from reviews.models import Review
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

Api = Callable[[User | None], APIClient]


@pytest.fixture
def review(make_review: MakeReview) -> Review:
    made = make_review()
    OtherVerdict.objects.create(
        key="k", publisher="Checks of Brenn", url="https://checks.example/ferry", reviewed="The ferry sank.",
        rating="Made up", claim=made.claim, imported_at=timezone.now(),
    )  # fmt: skip
    return made


def test_they_are_told_of_the_claim_and_of_no_other(
    review: Review, make_review: MakeReview, api: Api, rex: User
) -> None:
    (found,) = api(rex).get(f"/api/v1/claims/{review.claim_id}/other_verdicts/").json()
    assert (found["publisher"], found["rating"]) == ("Checks of Brenn", "Made up")
    other = make_review().claim_id
    assert api(rex).get(f"/api/v1/claims/{other}/other_verdicts/").json() == []
    assert api(rex).get("/api/v1/claims/999999/other_verdicts/").status_code == 404


def test_strangers_are_told_nothing(review: Review, api: Api, sam: User) -> None:
    address = f"/api/v1/claims/{review.claim_id}/other_verdicts/"
    assert [api(who).get(address).status_code for who in (None, sam)] == [401, 403]


def test_the_page_of_the_review_shows_them_as_others(review: Review, rex: User) -> None:
    client = Client()
    client.force_login(rex)
    page = client.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    assert "What others found out" in page
    assert "Checks of Brenn" in page
    assert "Made up" in page
