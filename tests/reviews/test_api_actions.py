"""POST /api/v1/claims/{id}/{action}/: every cell of status x action x group, legal and illegal."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from reviews.models import Review, ReviewEvent
from reviews.workflow import DECIDED, TRANSITIONS, Action, Status, When, Who
from tests.conftest import person
from tests.reviews.conftest import MakeReview

GROUPS = ["nobody", "viewer", "ingest", "reviewer", "approver", "editor", "administrator"]
SEES = {"viewer", "reviewer", "approver", "editor", "administrator"}
ROLES = {
    "reviewer": {Who.REVIEWER, Who.ASSIGNEE, Who.PROPOSER, Who.CONFIRMER},
    "approver": {Who.APPROVER},
    "editor": {Who.EDITOR},
    "administrator": set(Who),
}
TABLE = {(line.status, line.action): line for line in TRANSITIONS}
ANYWHERE = {action: {who for line in TRANSITIONS if line.action is action for who in line.who} for action in Action}


def body(review: Review) -> dict[str, object]:
    """Everything that any action could need."""
    mention = review.claim.mentions.first()
    return {
        "note": "Seen.",
        "verdict": "refuted",
        "rationale": "The ministry's own table says otherwise.",
        "mentions": [mention.pk],
        "reason": "opinion",
        "assignee": "rita",
    }


def expected(status: Status, action: Action, group: str) -> int:
    """What a member of ``group`` who is neither the assignee nor the proposer is answered."""
    mine = ROLES.get(group, set())
    if not mine & ANYWHERE[action]:
        return 403
    line = TABLE.get((status, action))
    if line is None or line.when in {When.LAPSED, When.MARKED, When.HELD}:  # none of these is so here
        return 409
    if mine & set(line.who) and not (mine & set(line.who)) - {Who.ASSIGNEE, Who.PROPOSER}:
        return 403
    return 200 if mine & set(line.who) else 403


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("status", Status)
def test_every_group_is_answered_as_the_table_says(status: Status, action: Action, make_review: MakeReview) -> None:
    """One review serves the groups one after the other: whatever is refused writes nothing, so it stays as it was."""
    review = make_review(status)
    for group in GROUPS:
        if cell_is_open(review, status, action, group):
            review = make_review(status)


def cell_is_open(review: Review, status: Status, action: Action, group: str) -> bool:
    """Ask as a member of ``group``, check the answer and what was written, and say whether it was allowed."""
    who = person(f"{group}-{review.pk}", *([group] if group != "nobody" else []))
    before = Review.objects.filter(pk=review.pk).values().get()
    events = ReviewEvent.objects.count()
    address = f"/api/v1/claims/{review.claim_id}/{action}/"
    response = signed_in(who).post(address, body(review), HTTP_IF_MATCH=f'"{review.version}"')
    assert response.status_code == expected(status, action, group), (group, response.json())
    if response.status_code == 200:
        review.refresh_from_db()
        assert review.status == (TABLE[status, action].to or review.verdict)
        assert review.version == before["version"] + 1
        assert response["ETag"] == f'"{review.version}"'
        assert ReviewEvent.objects.count() == events + 1
        return True
    assert Review.objects.filter(pk=review.pk).values().get() == before
    assert ReviewEvent.objects.count() == events
    if response.status_code == 409:
        current = response.json()["current"]
        assert (current["status"], current["version"]) == (status, before["version"])
    return False


@pytest.mark.parametrize("action", Action)
def test_without_signing_in_nothing_is_open(action: Action, make_review: MakeReview) -> None:
    review = make_review()
    assert APIClient().post(f"/api/v1/claims/{review.claim_id}/{action}/", {}).status_code == 401


@pytest.mark.parametrize("action", [Action.RELEASE, Action.PROPOSE])
def test_the_assignee_may_do_what_is_the_assignees(action: Action, make_review: MakeReview, rita: User) -> None:
    review = make_review(Status.IN_REVIEW)
    response = signed_in(rita).post(f"/api/v1/claims/{review.claim_id}/{action}/", body(review))
    assert response.status_code == 200, response.json()


def test_a_claim_that_is_not_there_is_404(rex: User) -> None:
    assert signed_in(rex).post("/api/v1/claims/999999/take/", {}).status_code == 404


def test_an_action_that_is_not_there_is_404(rex: User, make_review: MakeReview) -> None:
    review = make_review()
    assert signed_in(rex).post(f"/api/v1/claims/{review.claim_id}/explode/", {}).status_code == 404


@pytest.mark.parametrize("status", DECIDED)
def test_an_approval_leads_to_the_verdict_that_was_proposed(status: Status, make_review: MakeReview) -> None:
    assert make_review(status).status == status


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client
