"""How an article goes from step to step: begun, done, failed, parked, retried. The row is the truth, not the queue."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from claims.models import Article, ArticleStep, Claim, StepName
from claims.services import broker

T = TypeVar("T")

MAX_ATTEMPTS = 4
"""A step that was begun this often without an end is parked, for a person to look at."""

GRACE = timedelta(seconds=60)
"""How long a row may lie before the sweep takes its task for lost, where nobody has begun it or it failed."""

RUNNING = timedelta(seconds=300)
"""The same for a step that was begun and has not ended: longer than any task may run, or it would be begun twice."""

ERROR_LENGTH = 2000
A_SWEEP = 500
"""So many rows of a kind at most are queued by one sweep."""

TASKS = {StepName.EXTRACT: "claims.tasks.extract_article", StepName.MATCH: "claims.tasks.match_article"}
SCORE_TASK = "claims.tasks.score_claims"
REREAD_TASK = "claims.tasks.reread_article"

logger = logging.getLogger(__name__)


def send(task: str, *args: object) -> bool:
    """Publish a task; False where the broker is away: then the sweep does it, which finds every row without its step.

    Where the steps run in the calling process (``inline``) nothing is published.
    """
    return False if settings.TASKS_INLINE else broker.publish(task, *args)


def later(step: StepName, article_id: int) -> None:
    """Queue a step of an article once the transaction at hand is committed."""
    transaction.on_commit(lambda: send(TASKS[step], article_id), robust=True)


def score_later(claim_ids: Iterable[int]) -> None:
    """Queue the scoring of claims once the transaction at hand is committed."""
    ids = sorted(set(claim_ids))
    if ids:
        transaction.on_commit(lambda: send(SCORE_TASK, ids), robust=True)


def begin(article_id: int, name: StepName) -> bool:
    """Count one more attempt at a step. False where there is nothing to do: done, parked, or parked just now.

    The count is committed before the work starts, so that an article that kills its worker is counted too.
    """
    step, _ = ArticleStep.objects.get_or_create(article_id=article_id, name=name)
    if step.done_at or step.parked_at:
        return False
    if step.attempts >= MAX_ATTEMPTS:
        park(article_id, name, step.error or f"The worker died {step.attempts} times in this step.")
        return False
    ArticleStep.objects.filter(pk=step.pk).update(attempts=F("attempts") + 1, error="", updated_at=timezone.now())
    return True


def park(article_id: int, name: StepName, error: str) -> None:
    """Set a step aside with its error until a person retries it."""
    now = timezone.now()
    open_steps = ArticleStep.objects.filter(article_id=article_id, name=name, done_at__isnull=True)
    open_steps.update(parked_at=now, updated_at=now, error=error[:ERROR_LENGTH])


def fail(article_id: int, name: StepName, error: str) -> bool:
    """Note that an attempt failed; park the step after the last one. True where it was parked."""
    steps = ArticleStep.objects.filter(article_id=article_id, name=name, done_at__isnull=True)
    steps.update(error=error[:ERROR_LENGTH], updated_at=timezone.now())
    if steps.filter(attempts__gte=MAX_ATTEMPTS).exists():
        park(article_id, name, error)
        return True
    return False


def attempt(article_id: int, name: StepName, work: Callable[[int], T]) -> T | None:
    """Run one step of an article; None where there was nothing to do. An exception is noted on the row and raised."""
    if not begin(article_id, name):
        return None
    try:
        return work(article_id)
    except Exception as error:
        fail(article_id, name, f"{type(error).__name__}: {error}")
        raise


def retry(article_ids: Iterable[int]) -> int:
    """Open the parked steps of these articles again and queue them; the number of steps opened."""
    with transaction.atomic():
        parked = ArticleStep.objects.select_for_update().filter(
            article_id__in=list(article_ids), parked_at__isnull=False
        )
        steps = list(parked)
        for step in steps:
            later(StepName(step.name), step.article_id)
        return ArticleStep.objects.filter(pk__in=[step.pk for step in steps]).update(
            parked_at=None, attempts=0, error="", updated_at=timezone.now()
        )


def missing(name: StepName) -> QuerySet[Article]:
    """Return the articles whose step is still to be done: not done, not parked, and the step before it done."""
    closed = ArticleStep.objects.filter(Q(done_at__isnull=False) | Q(parked_at__isnull=False), name=name)
    articles = Article.objects.exclude(pk__in=closed.values("article_id"))
    if name == StepName.MATCH:
        read = ArticleStep.objects.filter(name=StepName.EXTRACT, done_at__isnull=False)
        articles = articles.filter(pk__in=read.values("article_id"))
    return articles.order_by("pk")


def unfinished(name: StepName, now: datetime) -> list[int]:
    """Return the articles whose step is missing though nothing is at work on it, oldest first, at most ``A_SWEEP``."""
    stale = now - GRACE
    begun = Q(attempts__gt=0, error="", updated_at__gt=now - RUNNING)
    fresh = ArticleStep.objects.filter(Q(updated_at__gt=stale) | begun, name=name)
    articles = missing(name).filter(created_at__lte=stale).exclude(pk__in=fresh.values("article_id"))
    if name == StepName.MATCH:
        read = ArticleStep.objects.filter(name=StepName.EXTRACT, done_at__gt=stale)
        articles = articles.exclude(pk__in=read.values("article_id"))
    return list(articles.values_list("pk", flat=True)[:A_SWEEP])


def stale_claims() -> QuerySet[Claim]:
    """Return the claims whose evidence has changed since their assessment, oldest first."""
    claims = Claim.objects.filter(merged_into__isnull=True, evidence_version__gt=0)
    stale = Q(assessment__isnull=True) | Q(assessment__evidence_version__lt=F("evidence_version"))
    return claims.filter(stale).order_by("pk")


def unscored() -> list[int]:
    """Return the ids of the first ``A_SWEEP`` claims whose evidence has changed since their assessment."""
    return list(stale_claims().values_list("pk", flat=True)[:A_SWEEP])


def sweep(now: datetime | None = None) -> dict[str, int]:
    """Queue again every missing step; how many of each. Commit and publish are not one act: this is the retry."""
    now = now or timezone.now()
    found: dict[str, int] = {}
    for name in StepName:
        ids = unfinished(name, now)
        ArticleStep.objects.filter(article_id__in=ids, name=name).update(updated_at=now)
        found[name.value] = sum(send(TASKS[name], article_id) for article_id in ids)
    claim_ids = unscored()
    found["score"] = len(claim_ids) if claim_ids and send(SCORE_TASK, claim_ids) else 0
    return found
