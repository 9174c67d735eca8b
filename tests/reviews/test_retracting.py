"""A proposal that nobody has decided is taken back by whoever made it, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from reviews.models import Review, ReviewEvent
from reviews.services import Order, act
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

Api = Callable[[User | None], APIClient]


def address(review: Review, action: str) -> str:
    return f"/api/v1/claims/{review.claim_id}/{action}/"


def test_the_proposer_holds_the_claim_again_and_may_propose_anew(
    make_review: MakeReview, api: Api, rita: User, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    answer = api(rita).post(address(review, "retract"), {"note": "A figure is missing."})
    assert (answer.status_code, answer.json()["status"]) == (200, "in_review")
    review.refresh_from_db()
    assert (review.assignee, review.proposer, review.lease_until is not None) == (rita, None, True)
    event = ReviewEvent.objects.latest("pk")
    assert (event.action, event.actor, event.note) == ("retract", rita, "A figure is missing.")
    assert (event.from_status, event.to_status) == ("proposed", "in_review")
    given = {"verdict": "refuted", "rationale": "The table says so.", "links": ["https://example.org/table"]}
    assert api(rita).post(address(review, "propose"), given).status_code == 200
    version = Review.objects.get(pk=review.pk).version
    assert api(vera).post(address(review, "approve"), HTTP_IF_MATCH=f'"{version}"').status_code == 200
    assert verify().faults == ()


@pytest.mark.parametrize(
    ("group", "code"),
    [
        ("reviewer", "not_the_proposer"),
        ("administrator", "not_the_proposer"),
        ("approver", "not_permitted"),
        ("editor", "not_permitted"),
        ("viewer", "not_permitted"),
    ],
)
def test_nobody_takes_back_what_somebody_else_proposed(
    group: str, code: str, make_review: MakeReview, api: Api
) -> None:
    review = make_review(Status.PROPOSED)
    answer = api(person("someone", group)).post(address(review, "retract"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, code)
    assert Review.objects.get(pk=review.pk).status == Status.PROPOSED


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.PROPOSED])
def test_what_is_decided_or_not_proposed_is_not_taken_back(
    status: Status, make_review: MakeReview, api: Api, rita: User
) -> None:
    review = make_review(status)
    assert api(rita).post(address(review, "retract")).status_code == 409


def test_who_decides_on_what_was_taken_back_meanwhile_is_told(
    make_review: MakeReview, api: Api, rita: User, vera: User
) -> None:
    review = make_review(Status.PROPOSED)
    act(review.claim_id, rita, Order(Action.RETRACT))
    answer = api(vera).post(address(review, "approve"), HTTP_IF_MATCH=f'"{review.version}"')
    assert (answer.status_code, answer.json()["current"]["status"]) == (412, "in_review")


def test_it_does_not_make_the_proposer_a_second_person(make_review: MakeReview, api: Api) -> None:
    both = person("both", "administrator")
    review = make_review()
    for order in (
        Order(Action.TAKE),
        Order(Action.PROPOSE, verdict="refuted", rationale="r", links=("https://example.org/",)),
        Order(Action.RETRACT),
        Order(Action.PROPOSE, verdict="refuted", rationale="r", links=("https://example.org/",)),
    ):
        review = act(review.claim_id, both, order)
    answer = api(both).post(address(review, "approve"), HTTP_IF_MATCH=f'"{review.version}"')
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "own_proposal")


def test_the_desk_offers_it_to_the_proposer_alone(make_review: MakeReview, rita: User, vera: User) -> None:
    review = make_review(Status.PROPOSED)
    page = reverse("admin:reviews_review_change", args=[review.pk])
    mine, other = Client(), Client()
    mine.force_login(rita)
    other.force_login(vera)
    assert b'id="form-retract"' in mine.get(page).content
    assert b'id="form-retract"' not in other.get(page).content
    mine.post(page, {"action": "retract", "version": review.version, "note": ""})
    assert Review.objects.get(pk=review.pk).status == Status.IN_REVIEW
    assert "took the proposal back" in mine.get(page).content.decode()
