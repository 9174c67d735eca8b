"""One action on many claims: all of them or none, or each for itself; every claim reports its own result."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from celery import current_app
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.errors import VerifierError
from claims.services import steps
from reviews.errors import Conflict, Invalid, Missing, Refused
from reviews.models import BulkItem, BulkJob, Review
from reviews.people import person_of
from reviews.services.acting import act
from reviews.services.orders import Order
from reviews.workflow import MUST_MATCH, Action, holds_a_role_for

AT_MOST = 500
"""How many claims one request may name."""

AT_ONCE = 50
"""Up to so many are done while the person waits; more become a job."""

TASK = "reviews.tasks.run_bulk"
DONE = "done"
HELD_BACK = "held_back"
"""The outcome of a claim that could have been changed, but for another one of the same all-or-nothing request."""

RESULT = ("outcome", "detail", "status", "version")
"""The columns that say how it ended for one claim."""

_LOST = timedelta(minutes=5)  # longer than the task may take: one that still runs is not lost


@dataclass(frozen=True, slots=True)
class Bulk:
    """What is asked for: one order for many claims. ``claims``: id -> the version that was seen (None: any).

    ``together``: all of them or none.
    """

    order: Order
    claims: Mapping[int, int | None]
    together: bool


class _OneRefused(Exception):
    """Rolls an all-or-nothing job back."""


def start(bulk: Bulk, actor: User) -> BulkJob:
    """Do it at once if it is short, else queue it; the job says which. Raises Missing, Invalid or Refused."""
    _check(bulk, actor)
    with transaction.atomic():
        job = BulkJob.objects.create(
            actor=actor, action=bulk.order.action, order=_written(bulk.order), together=bulk.together
        )
        BulkItem.objects.bulk_create(
            BulkItem(job=job, claim_id=claim, expected_version=version)
            for claim, version in sorted(bulk.claims.items())
        )
        if len(bulk.claims) > AT_ONCE:
            transaction.on_commit(lambda: _send(str(job.pk)), robust=True)
    return job if len(bulk.claims) > AT_ONCE else run(str(job.pk))


def run(job_id: str) -> BulkJob:
    """Work a job off. It can be run twice: a claim that has its result is not touched again."""
    job = BulkJob.objects.select_related("actor").get(pk=job_id)
    if job.finished_at is not None:
        return job
    BulkJob.objects.filter(pk=job.pk, finished_at__isnull=True).update(state=BulkJob.State.RUNNING)
    if job.together:
        _run_together(job)
    else:
        _run_each(job)
    job.refresh_from_db()
    return job


def resend_lost() -> int:
    """Queue again the jobs whose task was lost; how many."""
    lost = BulkJob.objects.filter(finished_at__isnull=True, created_at__lt=timezone.now() - _LOST)
    for pk in lost.values_list("pk", flat=True):
        _send(str(pk))
    return len(lost)


def results(job: BulkJob) -> Collection[BulkItem]:
    """The job's claims with their results, in order of their ids."""
    return job.items.order_by("claim_id")


def _send(job_id: str) -> None:
    if current_app.conf.task_always_eager:
        run(job_id)
    else:
        steps.send(TASK, job_id)


def _check(bulk: Bulk, actor: User) -> None:
    if not bulk.claims:
        raise Missing("Name at least one claim.", field="claims")
    if len(bulk.claims) > AT_MOST:
        raise Invalid(f"At most {AT_MOST} claims at once; these are {len(bulk.claims)}.", field="claims")
    person = person_of(actor)
    if person.machine or not holds_a_role_for(bulk.order.action, person):
        raise Refused(f"You may not {bulk.order.action} claims.")
    if bulk.order.action in MUST_MATCH and None in bulk.claims.values():
        raise Missing(f"To {bulk.order.action}, name the version of each claim that you read.", field="claims")


def _run_each(job: BulkJob) -> None:
    for pk in list(job.items.filter(outcome="").order_by("claim_id").values_list("pk", flat=True)):
        with transaction.atomic():  # the result is kept with the deed, so that a killed job loses neither
            item = job.items.select_for_update().filter(pk=pk, outcome="").first()
            if item is not None:
                _try(job, item)
                item.save(update_fields=RESULT)
    _finish(job, BulkJob.State.DONE)


@transaction.atomic  # holds the job's row: a second delivery waits, and finds the job finished
def _run_together(job: BulkJob) -> None:
    if BulkJob.objects.select_for_update().get(pk=job.pk).finished_at is not None:
        return
    items = list(job.items.order_by("claim_id"))
    state = BulkJob.State.DONE
    try:
        with transaction.atomic():
            for item in items:
                _try(job, item)
            if any(item.outcome != DONE for item in items):
                raise _OneRefused
    except _OneRefused:
        state = BulkJob.State.UNDONE
        for item in items:
            if item.outcome == DONE:
                item.outcome, item.detail = HELD_BACK, "Another claim of this request was refused."
                item.status, item.version = "", None
    BulkItem.objects.bulk_update(items, RESULT)
    _finish(job, state)


def _finish(job: BulkJob, state: str) -> None:
    BulkJob.objects.filter(pk=job.pk, finished_at__isnull=True).update(state=state, finished_at=timezone.now())


def _try(job: BulkJob, item: BulkItem) -> None:
    order = dataclasses.replace(_read(job), expected_version=item.expected_version)
    try:
        with transaction.atomic():
            review = act(item.claim_id, job.actor, order, context={"bulk": str(job.pk)})
    except Review.DoesNotExist:
        item.outcome, item.detail = "not_found", "There is no such claim."
    except VerifierError as error:
        item.outcome, item.detail = error.code, error.message
        if isinstance(error, Conflict):
            item.status, item.version = error.current.status, error.current.version
    else:
        item.outcome, item.status, item.version = DONE, review.status, review.version


def _written(order: Order) -> dict[str, object]:
    return dataclasses.asdict(order)


def _read(job: BulkJob) -> Order:
    values = dict(job.order)
    values |= {name: tuple(values[name]) for name in ("mentions", "links")}
    return Order(**values | {"action": Action(job.action)})
