"""Background jobs of the desk. Each can run twice without harm."""

from __future__ import annotations

from celery import shared_task
from django.db import IntegrityError

from reviews.services import bulk, digests, sealing


@shared_task(name=bulk.TASK, soft_time_limit=200, time_limit=240)
def run_bulk(job_id: str) -> None:
    """Work a long bulk action off. All or nothing of 500 claims is one transaction: it may take longer than others."""
    bulk.run(job_id)


@shared_task(name="reviews.tasks.sweep")
def sweep() -> None:
    """Queue bulk actions again whose task was lost."""
    bulk.resend_lost()


@shared_task(name="reviews.tasks.send_digests")
def send_digests() -> None:
    """Mail to each person what waits for them, in one message."""
    digests.send_digests()


@shared_task(name="reviews.tasks.seal_history")
def seal_history() -> None:
    """Seal what the history has grown by; if another worker seals just now, that is as good."""
    try:
        while sealing.seal():
            pass
    except IntegrityError:
        return
