"""Bulk actions, notes and news on the desk."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from reviews.models import BulkJob, Note, NotificationChoice, Review
from reviews.models.notes import NotificationKind
from reviews.services import Order, act
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

QUEUE = "/admin/reviews/review/"
BULK = "/admin/reviews/review/bulk/"
JOB_QUERIES = 7
AtDesk = Callable[[User], Client]


@pytest.fixture
def at_desk() -> AtDesk:
    """A browser of its own for each person."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def send(client: Client, action: Action, reviews: list[Review], **given: object) -> HttpResponse:
    claims = [f"{review.claim_id}:{review.version}" for review in reviews]
    with zeal_ignore():  # each claim is locked, changed and told of on its own, by design
        return client.post(BULK, {"action": action.value, "claim": claims, **given})


def test_the_queue_offers_the_actions_of_ones_roles_and_no_others(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    make_review()
    offered = {}
    for who in (rex, vera, person("vic", "viewer")):
        page = at_desk(who).get(QUEUE).content.decode()
        offered[who.username] = set(re.findall(r'<option value="(\w+)">', page))
    assert offered["vera"] == {"approve", "reject"}
    assert {"take", "dismiss", "propose"} <= offered["rex"]
    assert "approve" not in offered["rex"]
    assert offered["vic"] == set()


def test_ticked_claims_are_listed_with_what_the_action_needs(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    first, second = make_review(), make_review()
    answer = at_desk(rex).post(QUEUE, {"action": "dismiss", "_selected_action": [first.pk, second.pk], "index": "0"})
    page = answer.content.decode()
    assert "Dismiss: 2 claims" in page
    assert f'name="claim" value="{first.claim_id}:{first.version}"' in page
    assert 'name="reason"' in page
    assert not BulkJob.objects.exists()


def test_each_claim_reports_its_own_result(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    free, taken = make_review(), make_review(Status.IN_REVIEW)
    answer = send(at_desk(rex), Action.TAKE, [free, taken])
    page = at_desk(rex).get(answer["Location"]).content.decode()
    assert "<strong>1 done</strong>, 1 refused, of 2." in page
    assert "Somebody else holds this claim" in page
    assert Review.objects.get(pk=free.pk).assignee == rex


def test_all_or_none_changes_nothing_where_one_is_refused(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    free, taken = make_review(), make_review(Status.IN_REVIEW)
    send(at_desk(rex), Action.TAKE, [free, taken], together="1")
    assert BulkJob.objects.get().state == BulkJob.State.UNDONE
    assert Review.objects.get(pk=free.pk).assignee is None


def test_what_is_missing_is_asked_for_again_with_the_same_claims(
    rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    send(at_desk(rex), Action.DISMISS, [review], reason="", note="Look at this.")
    answer = send(at_desk(rex), Action.DISMISS, [], reason="opinion", note="Look at this.")
    assert answer.status_code == 400
    assert "Look at this." in answer.content.decode()
    assert "Name at least one claim." in answer.content.decode()


def test_nobody_approves_their_own_proposal_in_bulk(at_desk: AtDesk, make_review: MakeReview) -> None:
    both = person("bo", "reviewer", "approver")
    own, other = make_review(), make_review(Status.PROPOSED)
    act(own.claim_id, both, Order(Action.TAKE))
    mention = own.claim.mentions.earliest("pk")
    given = Order(Action.PROPOSE, verdict="refuted", rationale="No.", mentions=(mention.pk,))
    own = act(own.claim_id, both, given)
    send(at_desk(both), Action.APPROVE, [own, other])
    assert Review.objects.get(pk=own.pk).status == Status.PROPOSED
    assert Review.objects.get(pk=other.pk).status == Status.CORROBORATED


def test_a_claim_that_moved_on_since_is_refused(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review(Status.PROPOSED)
    act(review.claim_id, vera, Order(Action.REJECT, note="More."))
    answer = send(at_desk(vera), Action.APPROVE, [review])
    assert "stale_version" in at_desk(vera).get(answer["Location"]).content.decode()


def test_whoever_lacks_the_role_starts_nothing(vera: User, sam: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    review = make_review()
    assert send(at_desk(vera), Action.TAKE, [review]).status_code == 403
    assert send(at_desk(person("vic", "viewer")), Action.TAKE, [review]).status_code == 403
    assert send(at_desk(sam), Action.TAKE, [review]).status_code == 302
    assert not BulkJob.objects.exists()


@pytest.mark.parametrize("claims", [["x:1"], ["1"], [":"], []])
def test_malformed_choices_are_left_out(claims: list[str], rex: User, at_desk: AtDesk) -> None:
    answer = at_desk(rex).post(BULK, {"action": "take", "claim": claims})
    assert answer.status_code == 400
    assert not BulkJob.objects.exists()


def test_a_job_costs_the_same_however_many_claims_it_has(rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    client = at_desk(rex)

    def cost(reviews: list[Review]) -> int:
        address = send(client, Action.TAKE, reviews)["Location"]
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert [cost([make_review()]), cost([make_review() for _ in range(6)])] == [JOB_QUERIES, JOB_QUERIES]


def test_a_job_that_runs_says_so_and_looks_again(rex: User, at_desk: AtDesk) -> None:
    job = BulkJob.objects.create(actor=rex, action="take", together=False)
    job.items.create(claim_id=1)
    page = at_desk(rex).get(f"/admin/reviews/bulkjob/{job.pk}/change/").content.decode()
    assert 'data-reload="3000"' in page
    assert "waits" in page


@pytest.mark.parametrize("wrong", ["1", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_job_is_not_found(wrong: str, rex: User, at_desk: AtDesk) -> None:
    assert at_desk(rex).get(f"/admin/reviews/bulkjob/{wrong}/change/").status_code == 404


def test_a_note_is_kept_for_colleagues_and_tells_whom_it_names(
    rex: User, vera: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    review = make_review()
    url = f"{QUEUE}{review.pk}/change/"
    assert at_desk(rex).post(url, {"action": "note", "text": "@vera look at <b>the ledger</b>"}).status_code == 302
    page = at_desk(vera).get(url).content.decode()
    assert "@vera look at &lt;b&gt;the ledger&lt;/b&gt;" in page
    news = at_desk(vera).get(reverse("admin:reviews_review_news")).content.decode()
    assert "rex: @vera look at &lt;b&gt;" in news
    assert "new</span>" in news


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_a_note_that_cannot_be_taken_stays_in_the_field(
    text: str, rex: User, at_desk: AtDesk, make_review: MakeReview
) -> None:
    answer = at_desk(rex).post(f"{QUEUE}{make_review().pk}/change/", {"action": "note", "text": text})
    assert answer.status_code == 400
    assert 'aria-describedby="note-error"' in answer.content.decode()
    assert not Note.objects.exists()


def test_a_viewer_reads_notes_and_writes_none(at_desk: AtDesk, make_review: MakeReview) -> None:
    client, url = at_desk(person("vic", "viewer")), f"{QUEUE}{make_review().pk}/change/"
    assert 'id="note-text"' not in client.get(url).content.decode()
    assert client.post(url, {"action": "note", "text": "Hello"}).status_code == 403


def test_news_is_marked_as_read(vera: User, rex: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    make_review(Status.PROPOSED)
    client, url = at_desk(vera), reverse("admin:reviews_review_news")
    assert "new</span>" in client.get(url).content.decode()
    client.post(url, {"read": "1"})
    assert "new</span>" not in client.get(url).content.decode()


def test_each_chooses_what_to_hear_of(vera: User, at_desk: AtDesk, make_review: MakeReview) -> None:
    client, url = at_desk(vera), reverse("admin:reviews_review_news")
    with zeal_ignore():  # one row a kind, and there are six kinds
        client.post(url, {"mentioned:in_admin": "on"})
    kept = {c.kind: (c.in_admin, c.by_mail) for c in NotificationChoice.objects.filter(user=vera)}
    assert kept[NotificationKind.MENTIONED] == (True, False)
    assert kept[NotificationKind.PROPOSED] == (False, False)
    make_review(Status.PROPOSED)
    assert "Nothing." in client.get(url).content.decode()


def test_a_stranger_hears_nothing(sam: User, at_desk: AtDesk) -> None:
    sam.is_staff = True
    sam.save()
    assert at_desk(sam).get(reverse("admin:reviews_review_news")).status_code == 403
