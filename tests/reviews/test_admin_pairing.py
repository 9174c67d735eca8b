"""Two claims to merge: ticked in a list, or the other one found by its words or its number."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Story
from reviews.models import Review
from reviews.workflow import Status
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

LISTS = ("/admin/reviews/review/", "/admin/claims/claim/")
TARGETS = "/admin/reviews/review/targets/"


def at(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def tick(client: Client, where: str, *reviews: Review) -> HttpResponse:
    rows = [r.pk if "review/" in where else r.claim_id for r in reviews]
    return client.post(where, {"action": "merge_two", "_selected_action": rows}, follow=True)


def found(client: Client, typed: str, of: Review | None = None) -> list[int]:
    answer = client.get(TARGETS, {"q": typed, **({"claim": of.claim_id} if of else {})})
    return [claim["id"] for claim in answer.json()["claims"]]


@pytest.mark.parametrize("where", LISTS)
def test_two_ticked_claims_lead_to_the_form_that_merges_them(where: str, ada: User, make_review: MakeReview) -> None:
    free, decided = make_review(), make_review(Status.CORROBORATED)
    page = tick(at(ada), where, free, decided)
    assert page.context["original"] == free  # people are further with the other one, so it stays
    assert page.context["form"]["number"].value() == str(decided.claim_id)


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize("number", [1, 3])
def test_one_or_three_ticked_claims_are_not_two(where: str, number: int, ada: User, make_review: MakeReview) -> None:
    page = tick(at(ada), where, *(make_review() for _ in range(number)))
    assert "Tick two claims to merge them." in page.content.decode()


@pytest.mark.parametrize("where", LISTS)
def test_only_an_editor_is_offered_to_merge_what_is_ticked(
    where: str, rex: User, vera: User, make_review: MakeReview
) -> None:
    both = make_review(), make_review()
    for who in (rex, vera):
        client = at(who)
        assert "Merge the two ticked" not in client.get(where).content.decode()
        assert (
            "form" not in (tick(client, where, *both).context or {})
            or "kind" not in tick(client, where, *both).content.decode()
        )
        assert client.get(TARGETS).status_code == 403


def test_a_claim_is_found_by_any_of_its_words_in_any_order_and_by_its_number(
    ada: User, make_review: MakeReview
) -> None:
    one, other, third = make_review(), make_review(), make_review()
    Claim.objects.filter(pk=one.claim_id).update(text="The herring tariff rose.", folded="the herring tariff rose.")
    Claim.objects.filter(pk=other.claim_id).update(text="A tariff on cod.", folded="a tariff on cod.")
    client = at(ada)
    assert found(client, "TARIFF herring") == [one.claim_id]
    assert found(client, "tariff") == [one.claim_id, other.claim_id]
    assert found(client, str(third.claim_id))[0] == third.claim_id
    assert found(client, "tariff", of=one) == [other.claim_id]
    assert found(client, "nothing like it") == []


def test_those_of_the_same_story_come_first_and_others_name_theirs(ada: User, make_review: MakeReview) -> None:
    here, there = Story.objects.create(title="Here"), Story.objects.create(title="There")
    mine, far, near = make_review(), make_review(), make_review()
    for review, story in ((mine, here), (far, there), (near, here)):
        Claim.objects.filter(pk=review.claim_id).update(story=story)
    client = at(ada)
    assert found(client, "", of=mine) == [near.claim_id, far.claim_id]
    told = client.get(TARGETS, {"q": "", "claim": mine.claim_id}).json()["claims"]
    assert [claim["story"] for claim in told] == ["", "There"]


def test_what_was_merged_away_is_not_found_and_more_is_said(ada: User, make_review: MakeReview) -> None:
    one, other = make_review(), make_review()
    Claim.objects.filter(pk=one.claim_id).update(merged_into=other.claim_id)
    Claim.objects.bulk_create([Claim(text=f"Whale {n}.", folded=f"whale {n}.") for n in range(25)])
    client = at(ada)
    assert one.claim_id not in found(client, "counted")
    answer = client.get(TARGETS, {"q": "whale"}).json()
    assert (len(answer["claims"]), answer["more"]) == (20, True)


@pytest.mark.parametrize("typed", ["", "%", "_", "\x00", "'", "9" * 40, "a b c d e f g h i j k"])
def test_whatever_is_typed_is_answered(typed: str, ada: User, make_review: MakeReview) -> None:
    make_review()
    assert at(ada).get(TARGETS, {"q": typed, "claim": "x"}).status_code in {200, 400}


def test_finding_costs_the_same_however_many_there_are(ada: User, make_review: MakeReview) -> None:
    client, review = at(ada), make_review()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            found(client, "report", of=review)
        return len(captured)

    cost()
    few = cost()
    for _ in range(6):
        make_review()
    assert cost() == few


def test_a_claim_chosen_from_the_list_is_taken_by_the_number_in_front(ada: User, make_review: MakeReview) -> None:
    source, target = make_review(), make_review()
    given = {
        "version": source.version,
        "why": "One figure.",
        "kind": "merge",
        "number": f"{target.claim_id}: About 155",
    }
    page = at(ada).post(f"/admin/reviews/review/{source.pk}/regroup/", given).content.decode()
    assert "What would happen" in page
