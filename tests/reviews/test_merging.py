"""Merge, split, move, undo: both sides' histories are kept and linked, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Judgement, Mention
from reviews.models import Review, ReviewEvent
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

Api = Callable[[User | None], APIClient]


def url(review: Review, action: str) -> str:
    return f"/api/v1/claims/{review.claim_id}/{action}/"


def rows(*reviews: Review) -> list[dict[str, object]]:
    """Everything about these reviews and their mentions, but the counters of changes."""
    free = {"version", "updated_at"}
    found = Review.objects.filter(pk__in=[r.pk for r in reviews]).order_by("pk").values()
    mentions = Mention.objects.order_by("pk").values()
    return [{k: v for k, v in row.items() if k not in free} for row in (*found, *mentions)]


def test_two_claims_that_stand_alike_merge_without_a_question(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(), make_review()
    answer = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "the same count"})
    assert answer.status_code == 201, answer.json()
    assert answer.json()["into_after"] == "unverified"
    assert Mention.objects.filter(claim=other.claim_id).count() == 2


def test_the_outcome_is_asked_for_where_the_two_stand_differently(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(Status.CORROBORATED), make_review()
    before = rows(one, other)
    answer = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "the same count"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "outcome"
    assert rows(one, other) == before


@pytest.mark.parametrize("outcome", ["corroborated", "in_review", "unverified"])
def test_the_merged_claim_stands_where_the_person_said(
    outcome: str, make_review: MakeReview, api: Api, ada: User
) -> None:
    one, other = make_review(Status.CORROBORATED), make_review(Status.IN_REVIEW)
    answer = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same", "outcome": outcome})
    assert answer.status_code == 201, answer.json()
    other.refresh_from_db()
    assert other.status == outcome
    assert bool(other.recheck_at) == (outcome == "corroborated"), "a decided claim is marked for re-check"


def test_an_outcome_that_neither_side_has_is_refused(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(Status.CORROBORATED), make_review()
    answer = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same", "outcome": "refuted"})
    assert answer.status_code == 400


def test_nobody_approves_through_a_merge_what_they_proposed(make_review: MakeReview, api: Api, rita: User) -> None:
    rita.groups.add(*person("other", "editor").groups.all())
    proposed, decided = make_review(Status.PROPOSED), make_review(Status.CORROBORATED)
    answer = api(rita).post(
        url(proposed, "merge"), {"into": decided.claim_id, "why": "same", "outcome": "corroborated"}
    )
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "own_proposal"


def test_whose_proposal_was_approved_long_ago_may_merge_into_it(make_review: MakeReview, api: Api, rita: User) -> None:
    rita.groups.add(*person("other", "editor").groups.all())
    free, decided = make_review(), make_review(Status.CORROBORATED)
    body = {"into": decided.claim_id, "why": "same", "outcome": "corroborated"}
    assert api(rita).post(url(free, "merge"), body).status_code == 201


@pytest.mark.parametrize("how", ["merge", "move"])
def test_nobody_confirms_a_verdict_that_they_put_mentions_under_themselves(
    how: str, make_review: MakeReview, api: Api, rex: User, settings: Any
) -> None:
    """Else an editor who also reviews would decide about these mentions alone."""
    both = person("bo", "editor", "reviewer")
    own, decided = make_review(), make_review(Status.CORROBORATED)
    body: dict[str, object] = {"into": decided.claim_id, "why": "same", "outcome": "corroborated"}
    if how == "move":
        body = {"into": decided.claim_id, "why": "same", "mention": own.claim.mentions.get().pk}
    assert api(both).post(url(own, how), body).status_code == 201
    answer = api(both).post(url(decided, "confirm"), {"note": "It fits."})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "own_change")
    lines = {line["action"]: line for line in api(both).get(url(decided, "transitions")).json()}
    assert "second person" in lines["confirm"]["why"]
    settings.VERIFIER_FOUR_EYES = False
    assert {line["action"]: line for line in api(both).get(url(decided, "transitions")).json()}["confirm"]["open"]
    settings.VERIFIER_FOUR_EYES = True
    assert api(rex).post(url(decided, "confirm"), {"note": "It fits."}).status_code == 200


def test_both_histories_stay_and_name_each_other(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(Status.DISMISSED), make_review(Status.DISMISSED)
    done = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same"}).json()
    left, joined = one.events.last(), other.events.last()
    assert left.details["into_claim"] == other.claim_id
    assert joined.details["from_claim"] == one.claim_id
    assert left.details["regrouping"] == joined.details["regrouping"] == done["id"]
    assert one.events.count() == other.events.count() == 3
    assert verify().faults == ()


def test_a_merged_claim_is_closed(make_review: MakeReview, api: Api, ada: User, rex: User) -> None:
    one, other = make_review(), make_review()
    api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same"})
    answer = api(rex).post(url(one, "take"), {})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "merged"


def test_a_preview_says_what_would_be_and_writes_nothing(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(), make_review()
    before, events = rows(one, other), ReviewEvent.objects.count()
    answer = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same", "preview": True})
    assert answer.status_code == 200
    assert answer.json()["moved"] == [*one.claim.mentions.values_list("pk", flat=True)]
    assert answer.json()["id"] is None
    assert (rows(one, other), ReviewEvent.objects.count()) == (before, events)


@pytest.mark.parametrize("statuses", [(Status.CORROBORATED, Status.IN_REVIEW), (Status.PROPOSED, Status.DISMISSED)])
def test_merge_then_undo_returns_the_same_rows(
    statuses: tuple[Status, Status], make_review: MakeReview, api: Api, ada: User
) -> None:
    one, other = (make_review(status) for status in statuses)
    before = rows(one, other)
    body = {"into": other.claim_id, "why": "same", "outcome": statuses[0].value}
    done = api(ada).post(url(one, "merge"), body).json()
    answer = api(ada).post(f"/api/v1/regroupings/{done['id']}/undo/", {"why": "they differ after all"})
    assert answer.status_code == 201, answer.json()
    assert rows(one, other) == before
    assert not Judgement.objects.filter(withdrawn_at__isnull=True).exists()
    assert verify().faults == ()


def test_split_makes_a_claim_with_a_review_of_its_own(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review(Status.CORROBORATED, outlets=3)
    chosen = [*review.claim.mentions.values_list("pk", flat=True)[:1]]
    answer = api(ada).post(url(review, "split"), {"mentions": chosen, "why": "another count"})
    assert answer.status_code == 201, answer.json()
    new = Review.objects.get(claim=answer.json()["into_claim"])
    assert new.status == "unverified"
    assert [*new.claim.mentions.values_list("pk", flat=True)] == chosen
    review.refresh_from_db()
    assert review.status == "corroborated"
    assert "another count" in review.recheck_reason


def test_split_then_merge_back_returns_the_same_mentions(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review(outlets=3)
    before = [*Mention.objects.order_by("pk").values("pk", "claim_id", "quote", "start", "end")]
    chosen = [before[0]["pk"]]
    new = api(ada).post(url(review, "split"), {"mentions": chosen, "why": "another count"}).json()["into_claim"]
    split = Review.objects.get(claim=new)
    answer = api(ada).post(url(split, "merge"), {"into": review.claim_id, "why": "no, the same"})
    assert answer.status_code == 201, answer.json()
    assert [*Mention.objects.order_by("pk").values("pk", "claim_id", "quote", "start", "end")] == before
    split.refresh_from_db()
    assert split.claim.merged_into_id == review.claim_id
    assert [event.action for event in split.events.order_by("sequence")][-2:] == ["split", "merge"]
    assert verify().faults == ()


def test_a_mention_moves_to_another_claim_and_back(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(outlets=2), make_review(Status.REFUTED)
    before = rows(one, other)
    mention = one.claim.mentions.first()
    done = api(ada).post(url(one, "move"), {"mention": mention.pk, "into": other.claim_id, "why": "belongs there"})
    assert done.status_code == 201, done.json()
    mention.refresh_from_db()
    assert mention.claim_id == other.claim_id
    other.refresh_from_db()
    assert other.recheck_at is not None
    answer = api(ada).post(f"/api/v1/regroupings/{done.json()['id']}/undo/", {"why": "no"})
    assert answer.status_code == 201
    assert rows(one, other) == before


def test_undo_is_closed_once_a_person_has_acted_since(make_review: MakeReview, api: Api, ada: User, rex: User) -> None:
    one, other = make_review(), make_review()
    done = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same"}).json()
    assert api(rex).post(url(other, "take"), {}).status_code == 200
    answer = api(ada).post(f"/api/v1/regroupings/{done['id']}/undo/", {"why": "no"})
    assert answer.status_code == 409
    assert "rex" in answer.json()["errors"][0]["detail"]
    assert api(ada).post(f"/api/v1/regroupings/{done['id'] + 99}/undo/", {"why": "no"}).status_code == 404


def test_undoing_twice_is_refused(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(), make_review()
    done = api(ada).post(url(one, "merge"), {"into": other.claim_id, "why": "same"}).json()
    address = f"/api/v1/regroupings/{done['id']}/undo/"
    assert api(ada).post(address, {"why": "no"}).status_code == 201
    assert api(ada).post(address, {"why": "no"}).status_code == 409


@pytest.mark.parametrize("group", ["viewer", "reviewer", "approver", "ingest"])
@pytest.mark.parametrize("action", ["merge", "split", "move", "undo"])
def test_only_an_editor_regroups(action: str, group: str, make_review: MakeReview, api: Api, ada: User) -> None:
    one, other, third = make_review(outlets=2), make_review(), make_review()
    done = api(ada).post(url(other, "merge"), {"into": third.claim_id, "why": "same"}).json()
    mention = one.claim.mentions.first().pk
    bodies: dict[str, dict[str, object]] = {
        "merge": {"into": third.claim_id},
        "split": {"mentions": [mention]},
        "move": {"mention": mention, "into": third.claim_id},
        "undo": {},
    }
    address = f"/api/v1/regroupings/{done['id']}/undo/" if action == "undo" else url(one, action)
    before = rows(one, other, third)
    answer = api(person("someone", group)).post(address, bodies[action] | {"why": "x"})
    assert answer.status_code == 403
    assert rows(one, other, third) == before


def test_a_version_that_has_passed_is_412(make_review: MakeReview, api: Api, ada: User) -> None:
    one, other = make_review(), make_review()
    body = {"into": other.claim_id, "why": "same"}
    assert api(ada).post(url(one, "merge"), body, HTTP_IF_MATCH='"7"').status_code == 412
    assert api(ada).post(url(one, "merge"), body | {"into_version": 7}).status_code == 412


def test_a_claim_cannot_be_merged_with_itself_or_with_nothing(make_review: MakeReview, api: Api, ada: User) -> None:
    one = make_review()
    assert api(ada).post(url(one, "merge"), {"into": one.claim_id, "why": "x"}).status_code == 400
    assert api(ada).post(url(one, "merge"), {"into": 99999, "why": "x"}).status_code in {400, 404}
    assert api(ada).post("/api/v1/claims/99999/split/", {"mentions": [1], "why": "x"}).status_code in {400, 404}
