"""Taking work: the lease, handing back, handing on, and the next claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from reviews.models import Account, Review
from reviews.services.opening import open_review
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeClaim, MakeReview

Api = Callable[[User | None], APIClient]


def after_the_lease() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


def test_the_next_claim_is_contested_first_then_widely_carried_then_old(
    make_claim: MakeClaim, api: Api, rex: User
) -> None:
    old, wide = make_claim(), make_claim(outlets=3)
    contested = make_claim(suggested="disputed")
    young = make_claim()
    order = [api(rex).post("/api/v1/reviews/next/").json()["claim"] for _ in range(4)]
    assert order == [contested.pk, wide.pk, old.pk, young.pk]
    assert api(rex).post("/api/v1/reviews/next/").status_code == 204


def test_of_claims_that_as_many_outlets_carry_the_one_most_worth_checking_is_next(
    make_claim: MakeClaim, api: Api, rex: User
) -> None:
    dull, good = make_claim(), make_claim()
    Review.objects.filter(claim=dull).update(worth=0.4)
    Review.objects.filter(claim=good).update(worth=0.9)
    order = [api(rex).post("/api/v1/reviews/next/").json()["claim"] for _ in range(2)]
    assert order == [good.pk, dull.pk]


def test_a_fragment_waits_for_nobody(make_claim: MakeClaim, api: Api, rex: User) -> None:
    claim = make_claim()
    Review.objects.filter(claim=claim).update(fragment=True)
    assert api(rex).post("/api/v1/reviews/next/").status_code == 204
    assert api(rex).post(f"/api/v1/claims/{claim.pk}/take/", {}).status_code == 200


def test_a_review_knows_the_worth_of_its_claim_and_whether_it_is_a_fragment(make_claim: MakeClaim) -> None:
    claim = make_claim()
    claim.worth, claim.fragment = 0.7, True
    claim.save()
    review = open_review(claim, claim.assessment)
    review.refresh_from_db()
    assert (review.worth, review.fragment) == (0.7, True)


def test_the_next_claim_is_not_for_who_may_not_take(make_claim: MakeClaim, api: Api, vera: User, sam: User) -> None:
    make_claim()
    assert api(vera).post("/api/v1/reviews/next/").status_code == 403
    assert api(sam).post("/api/v1/reviews/next/").status_code == 403


def test_a_machine_account_takes_nothing_although_it_is_in_the_group(
    make_claim: MakeClaim, api: Api, rex: User
) -> None:
    claim = make_claim()
    Account.objects.create(user=rex, machine=True)
    assert api(rex).post("/api/v1/reviews/next/").status_code == 403
    answer = api(rex).post(f"/api/v1/claims/{claim.pk}/take/", {})
    assert answer.json()["errors"][0]["code"] == "machine_account"


def test_a_lease_keeps_others_away_until_it_runs_out(make_review: MakeReview, api: Api, rex: User) -> None:
    review = make_review(Status.IN_REVIEW)
    address = f"/api/v1/claims/{review.claim_id}/take/"
    refused = api(rex).post(address, {})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["code"] == "held_by_another"
    assert refused.json()["current"]["assignee"] == "rita"
    with after_the_lease():
        assert api(rex).post(address, {}).json()["assignee"] == "rex"


def test_a_lapsed_claim_is_handed_out_again(make_review: MakeReview, api: Api, rex: User) -> None:
    review = make_review(Status.IN_REVIEW)
    assert api(rex).post("/api/v1/reviews/next/").status_code == 204
    with after_the_lease():
        assert api(rex).post("/api/v1/reviews/next/").json()["claim"] == review.claim_id


def test_the_assignee_renews_the_lease_by_taking_again(make_review: MakeReview, api: Api, rita: User) -> None:
    review = make_review(Status.IN_REVIEW)
    answer = api(rita).post(f"/api/v1/claims/{review.claim_id}/take/", {})
    assert answer.status_code == 200
    before = review.lease_until
    review.refresh_from_db()
    assert review.lease_until > before


def test_an_editor_hands_a_claim_to_a_reviewer(make_review: MakeReview, api: Api, ada: User, rex: User) -> None:
    review = make_review(Status.IN_REVIEW)
    address = f"/api/v1/claims/{review.claim_id}/reassign/"
    assert api(ada).post(address, {"assignee": "rex"}).json()["assignee"] == "rex"
    nobody = api(ada).post(address, {})
    assert (nobody.status_code, nobody.json()["errors"][0]["attr"]) == (400, "assignee")


def test_a_claim_is_not_handed_to_who_is_no_reviewer(make_review: MakeReview, api: Api, ada: User, vera: User) -> None:
    review = make_review()
    answer = api(ada).post(f"/api/v1/claims/{review.claim_id}/reassign/", {"assignee": "vera"})
    assert answer.status_code == 400
    assert "not a reviewer" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("who", ["nobody", "gone", "feeder", "me"])
def test_a_claim_is_handed_to_an_active_person_only(who: str, make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review()
    gone, feeder = person("gone", "reviewer"), person("feeder", "reviewer")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    Account.objects.create(user=feeder, machine=True)
    answer = api(ada).post(f"/api/v1/claims/{review.claim_id}/reassign/", {"assignee": who})
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "assignee")
    assert Review.objects.get(pk=review.pk).version == review.version


def test_who_may_not_hand_on_does_not_learn_who_there_is(make_review: MakeReview, api: Api, vera: User) -> None:
    address = f"/api/v1/claims/{make_review().claim_id}/reassign/"
    answers = {api(vera).post(address, {"assignee": name}).content for name in ("vera", "rita", "nobody")}
    assert len(answers) == 1


def test_a_released_claim_waits_again(make_review: MakeReview, api: Api, rita: User, rex: User) -> None:
    review = make_review(Status.IN_REVIEW)
    assert api(rita).post(f"/api/v1/claims/{review.claim_id}/release/", {}).status_code == 200
    assert api(rex).post("/api/v1/reviews/next/").json()["claim"] == review.claim_id


def test_a_decided_claim_that_is_marked_waits_and_its_verdict_stands(
    make_review: MakeReview, api: Api, rex: User
) -> None:
    review = make_review(Status.CORROBORATED)
    Review.objects.filter(pk=review.pk).update(recheck_at=timezone.now(), recheck_reason="New evidence.")
    taken = api(rex).post("/api/v1/reviews/next/").json()
    assert (taken["claim"], taken["status"], taken["assignee"]) == (review.claim_id, "corroborated", "rex")
    answer = api(rex).post(f"/api/v1/claims/{review.claim_id}/confirm/", {"note": "The new report is a relay."})
    assert answer.json()["status"] == "corroborated"
    assert answer.json()["recheck_at"] is None


def test_the_list_of_ones_own_reviews_uses_a_fixed_number_of_queries(
    make_claim: MakeClaim, api: Api, rex: User, django_assert_num_queries
) -> None:
    client = api(rex)
    for _ in range(7):
        make_claim()
        client.post("/api/v1/reviews/next/")
    rex = User.objects.get(pk=rex.pk)
    with django_assert_num_queries(4):  # two for the permissions, the count, the page
        assert api(rex).get("/api/v1/reviews/?assignee=me").json()["count"] == 7


def test_claims_are_filtered_by_status_and_assignee(make_review: MakeReview, api: Api, rex: User) -> None:
    make_review()
    held = make_review(Status.IN_REVIEW)
    found = api(rex).get("/api/v1/claims/?status=in_review&assignee=rita").json()["results"]
    assert [(c["id"], c["status"], c["assignee"], c["version"]) for c in found] == [
        (held.claim_id, "in_review", "rita", 2)
    ]
    assert api(rex).get("/api/v1/claims/?status=nonsense").status_code == 400
