"""One claim from unverified to corroborated, by two people and the API alone; and what each step costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from reviews.services.tokens import make_token
from reviews.services.verifying import verify
from tests.reviews.conftest import MakeClaim, MakeReview

Api = Callable[[User | None], APIClient]


def with_token(user: User) -> APIClient:
    """As curl does it: a token in the header, nothing else."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {make_token(user)}")
    return client


def test_two_people_walk_a_claim_to_its_verdict(make_claim: MakeClaim, rex: User, vera: User) -> None:
    claim = make_claim(outlets=2)
    reviewer, approver = with_token(rex), with_token(vera)

    found = reviewer.get("/api/v1/claims/?status=unverified").json()["results"]
    here = f"/api/v1/claims/{found[0]['id']}/"
    assert reviewer.post(f"{here}take/").json()["assignee"] == "rex"
    mentions = [mention["id"] for mention in reviewer.get(here).json()["mentions"]]
    proposal = {"verdict": "corroborated", "rationale": "Two origins of their own.", "mentions": mentions}
    assert reviewer.post(f"{here}propose/", proposal).json()["status"] == "proposed"

    seen = approver.get(f"{here}review/")
    assert seen.json()["rationale"] == proposal["rationale"]
    decided = approver.post(f"{here}approve/", HTTP_IF_MATCH=seen["ETag"]).json()

    assert (decided["status"], decided["proposer"], decided["approver"]) == ("corroborated", "rex", "vera")
    assert reviewer.get("/api/v1/claims/?status=corroborated").json()["results"][0]["id"] == claim.pk
    assert verify().faults == ()


@pytest.mark.parametrize("length", [1, 6])
def test_the_list_of_claims_uses_a_fixed_number_of_queries(
    length: int, make_claim: MakeClaim, api: Api, rex: User, django_assert_num_queries
) -> None:
    for _ in range(length):
        make_claim(outlets=2)
    with django_assert_num_queries(4):  # two for the permissions, the count, the page
        assert api(rex).get("/api/v1/claims/?status=unverified").json()["count"] == length


@pytest.mark.parametrize("outlets", [1, 6])
def test_a_claim_uses_a_fixed_number_of_queries(
    outlets: int, make_claim: MakeClaim, api: Api, rex: User, django_assert_max_num_queries
) -> None:
    claim = make_claim(outlets=outlets)
    with django_assert_max_num_queries(8):
        assert api(rex).get(f"/api/v1/claims/{claim.pk}/").status_code == 200


def test_an_action_uses_a_fixed_number_of_queries(
    make_review: MakeReview, api: Api, rex: User, django_assert_max_num_queries
) -> None:
    review = make_review()
    with django_assert_max_num_queries(16):  # one for the newest line of the ledger, which the event names
        assert api(rex).post(f"/api/v1/claims/{review.claim_id}/take/").status_code == 200
