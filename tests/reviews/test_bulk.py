"""POST /api/v1/bulk/: one action on many claims, all or nothing or each for itself, a result for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient
from zeal import zeal_ignore

from reviews import tasks
from reviews.models import BulkJob, Review, ReviewEvent
from reviews.services import bulk
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

Api = Callable[[User | None], APIClient]


def post(client: APIClient, claims: list[object], **body: object) -> object:
    """Zeal is told to look away: a bulk action asks once a claim, and that is what it is for."""
    named = [claim if isinstance(claim, dict) else {"claim": claim} for claim in claims]
    with zeal_ignore():
        return client.post("/api/v1/bulk/", {"claims": named} | body)


def test_each_claim_reports_its_own_result(make_review: MakeReview, api: Api, rex: User) -> None:
    free, held, decided = make_review(), make_review(Status.IN_REVIEW), make_review(Status.REFUTED)
    claims = [free.claim_id, held.claim_id, decided.claim_id, 99999]
    answer = post(api(rex), claims, action="take", together=False)
    assert answer.status_code == 200, answer.json()
    outcomes = {item["claim"]: item["outcome"] for item in answer.json()["items"]}
    assert outcomes == {
        free.claim_id: "done",
        held.claim_id: "held_by_another",
        decided.claim_id: "not_marked",
        99999: "not_found",
    }
    stands = {item["claim"]: (item["status"], item["version"]) for item in answer.json()["items"]}
    assert stands[held.claim_id] == ("in_review", 2)
    assert stands[99999] == ("", None)
    free.refresh_from_db()
    assert free.assignee == rex
    assert free.events.last().details["bulk"] == answer.json()["id"]


def test_all_or_nothing_changes_nothing_if_one_is_refused(make_review: MakeReview, api: Api, rex: User) -> None:
    free, held = make_review(), make_review(Status.IN_REVIEW)
    events = ReviewEvent.objects.count()
    answer = post(api(rex), [free.claim_id, held.claim_id], action="take", together=True)
    assert answer.json()["state"] == "undone"
    assert {item["outcome"] for item in answer.json()["items"]} == {"held_back", "held_by_another"}
    assert ReviewEvent.objects.count() == events
    free.refresh_from_db()
    assert free.status == "unverified"


def test_all_or_nothing_changes_all_if_all_are_open(make_review: MakeReview, api: Api, rex: User) -> None:
    claims = [make_review().claim_id for _ in range(3)]
    answer = post(api(rex), claims, action="dismiss", reason="opinion", together=True)
    assert answer.json()["state"] == "done"
    assert {item["status"] for item in answer.json()["items"]} == {"dismissed"}


def test_nobody_approves_in_bulk_what_they_proposed(make_review: MakeReview, api: Api, rita: User) -> None:
    rita.groups.add(*person("other", "approver").groups.all())
    review = make_review(Status.PROPOSED)
    claims = [{"claim": review.claim_id, "version": review.version}]
    answer = post(api(rita), claims, action="approve", together=False)
    assert answer.json()["items"][0]["outcome"] == "own_proposal"
    review.refresh_from_db()
    assert review.status == "proposed"


def test_an_approval_in_bulk_names_the_version_that_was_read(make_review: MakeReview, api: Api, vera: User) -> None:
    review = make_review(Status.PROPOSED)
    refused = post(api(vera), [review.claim_id], action="approve", together=False)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["attr"] == "claims"
    old = post(api(vera), [{"claim": review.claim_id, "version": 1}], action="approve", together=False)
    assert old.json()["items"][0]["outcome"] == "stale_version"
    now = [{"claim": review.claim_id, "version": review.version}]
    assert post(api(vera), now, action="approve", together=False).json()["items"][0]["outcome"] == "done"


@pytest.mark.parametrize(("count", "status"), [(0, 400), (501, 400)])
def test_no_claim_and_too_many_claims_are_refused(count: int, status: int, api: Api, rex: User) -> None:
    answer = post(api(rex), list(range(1, count + 1)), action="take", together=False)
    assert answer.status_code == status
    assert "claims" in answer.json()["errors"][0]["attr"]


@pytest.mark.parametrize("group", ["viewer", "approver", "editor"])
def test_who_may_not_do_it_to_one_may_not_do_it_to_many(group: str, make_review: MakeReview, api: Api) -> None:
    review = make_review()
    answer = post(api(person("someone", group)), [review.claim_id], action="take", together=False)
    assert answer.status_code == 403
    assert not BulkJob.objects.exists()


def test_many_claims_become_a_job_with_its_progress(
    make_review: MakeReview, api: Api, rex: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    sent: list[tuple[object, ...]] = []
    monkeypatch.setattr(bulk.steps, "send", lambda *args: sent.append(args))
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    claims = [make_review().claim_id for _ in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(api(rex), claims, action="take", together=False)
    assert answer.status_code == 202
    assert (answer.json()["state"], answer.json()["total"], answer.json()["tried"]) == ("queued", 3, 0)
    assert sent == [(bulk.TASK, answer.json()["id"])]

    bulk.run(answer.json()["id"])

    job = api(rex).get(answer["Location"]).json()
    assert (job["state"], job["tried"]) == ("done", 3)


def test_a_job_that_runs_twice_changes_nothing_the_second_time(make_review: MakeReview, api: Api, rex: User) -> None:
    answer = post(api(rex), [make_review().claim_id], action="take", together=False).json()
    events = ReviewEvent.objects.count()
    BulkJob.objects.update(finished_at=None)
    bulk.run(answer["id"])
    assert ReviewEvent.objects.count() == events
    assert BulkJob.objects.get().items.get().outcome == "done"


def test_all_or_nothing_that_is_delivered_twice_keeps_its_first_result(
    make_review: MakeReview, api: Api, rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second delivery has begun before the first has ended."""
    free, held = make_review(), make_review(Status.IN_REVIEW)
    answer = post(api(rex), [free.claim_id, held.claim_id], action="take", together=True).json()
    job = BulkJob.objects.get()
    assert job.state == "undone"
    Review.objects.filter(pk=held.pk).update(lease_until=None, assignee=None, status="unverified")
    bulk._run_together(job)
    assert api(rex).get(f"/api/v1/bulk/{answer['id']}/").json()["items"] == answer["items"]
    assert BulkJob.objects.get().state == "undone"
    assert Review.objects.get(pk=free.pk).assignee is None


def test_a_job_whose_task_was_lost_is_sent_again_and_one_that_may_still_run_is_not(
    make_review: MakeReview, api: Api, rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    monkeypatch.setattr(bulk.steps, "send", lambda _, job: sent.append(job))
    job = post(api(rex), [make_review().claim_id], action="take", together=True).json()["id"]
    limit = timedelta(seconds=tasks.run_bulk.time_limit)
    assert bulk.resend_lost() == 0
    BulkJob.objects.update(created_at=timezone.now() - limit)
    assert bulk.resend_lost() == 0
    BulkJob.objects.update(created_at=timezone.now() - 2 * limit)
    assert (bulk.resend_lost(), sent) == (1, [job])


def test_a_job_of_somebody_who_was_deactivated_meanwhile_changes_nothing(
    make_review: MakeReview, api: Api, rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    review = make_review()
    job = post(api(rex), [review.claim_id], action="take", together=False).json()
    User.objects.filter(pk=rex.pk).update(is_active=False)
    with zeal_ignore():
        done = bulk.run(job["id"])
    assert [item.outcome for item in bulk.results(done)] == ["not_permitted"]


def test_the_list_of_jobs_counts_their_claims_and_leaves_them_to_the_detail(
    make_review: MakeReview, api: Api, rex: User, django_assert_num_queries
) -> None:
    client = api(rex)
    for _ in range(4):
        post(client, [make_review().claim_id, 99999], action="take", together=False)
    with django_assert_num_queries(2):  # the count, the page
        rows = client.get("/api/v1/bulk/").json()["results"]
    assert [(row["total"], row["tried"], "items" in row) for row in rows] == [(2, 2, False)] * 4


def test_a_claim_named_twice_is_refused_by_its_number(make_review: MakeReview, api: Api, rex: User) -> None:
    claim, other = make_review().claim_id, make_review().claim_id
    for claims in ([claim, other, claim], [{"claim": claim, "version": 1}, {"claim": claim, "version": 2}]):
        answer = post(api(rex), claims, action="take", together=False)
        error = answer.json()["errors"][0]
        assert (answer.status_code, error["attr"], error["code"]) == (400, "claims", "repeated")
        assert str(claim) in error["detail"]
    assert not BulkJob.objects.exists()
    assert Review.objects.get(claim=claim).version == 1
