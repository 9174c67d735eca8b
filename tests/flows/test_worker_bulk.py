"""A bulk action too long to wait for, through a real worker: every claim gets its one result."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient
from zeal import zeal_ignore

from claims.services import steps
from reviews.models import BulkJob, Review, ReviewEvent
from reviews.services import bulk
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.conftest import person
from tests.flows.test_worker import start, worker  # noqa: F401  the fixture
from tests.reviews.conftest import bring_to, new_claim
from verifier.supervisor.processes import Child, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.broker,
    pytest.mark.slow,
    pytest.mark.sqlite,
    pytest.mark.xdist_group("worker"),
]

FREE = bulk.AT_ONCE + 5
HELD = 3


def ask(by: User, claims: list[int], **body: object) -> str:
    """Ask for a bulk action over the API; the id of the job that was queued for it."""
    client = APIClient()
    client.force_authenticate(by)
    with zeal_ignore():
        answer = client.post("/api/v1/bulk/", {"claims": [{"claim": claim} for claim in claims], **body})
    assert answer.status_code == 202, answer.json()
    assert (answer.json()["state"], answer.json()["tried"]) == ("queued", 0)
    return str(answer.json()["id"])


def outcomes(job: str) -> Counter[str]:
    return Counter(BulkJob.objects.get(pk=job).items.values_list("outcome", flat=True))


def test_a_worker_works_long_bulk_actions_off_once_each(worker: Child, rex: User, vera: User) -> None:  # noqa: F811
    rita = person("rita", "reviewer")
    with zeal_ignore():
        free = [new_claim().pk for _ in range(FREE)]
        held = [bring_to(Status.IN_REVIEW, new_claim(), rita, vera).claim_id for _ in range(HELD)]

    refused = ask(rex, [*free, *held], action="take", together=True)
    each = ask(rex, [*free, *held], action="take", together=False)
    steps.send(bulk.TASK, each)  # a broker may deliver a task twice
    start(worker)
    until(lambda: not BulkJob.objects.filter(finished_at__isnull=True).exists(), 180, worker)

    assert BulkJob.objects.get(pk=refused).state == "undone"
    assert outcomes(refused) == {"held_back": FREE, "held_by_another": HELD}
    assert BulkJob.objects.get(pk=each).state == "done"
    assert outcomes(each) == {"done": FREE, "held_by_another": HELD}
    taken = Review.objects.filter(assignee=rex)
    assert sorted(taken.values_list("claim_id", "status")) == [(claim, "in_review") for claim in sorted(free)]
    assert ReviewEvent.objects.filter(details__bulk=each).count() == FREE
    assert not ReviewEvent.objects.filter(details__bulk=refused).exists()
    assert verify().faults == ()
