"""The whole pipeline in this process, for a desk without a worker: the same steps, in the same order, as the jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db.models import F, Q

from claims.models import Article, ArticleStep, Claim, StepName
from claims.services import extraction, matching, rematching, scoring, steps


def open_articles(name: StepName) -> list[int]:
    """Articles whose step is neither done nor parked, in order of arrival."""
    closed = ArticleStep.objects.filter(Q(done_at__isnull=False) | Q(parked_at__isnull=False), name=name)
    articles = Article.objects.exclude(pk__in=closed.values("article_id"))
    if name == StepName.MATCH:
        read = ArticleStep.objects.filter(name=StepName.EXTRACT, done_at__isnull=False)
        articles = articles.filter(pk__in=read.values("article_id"))
    return list(articles.order_by("pk").values_list("pk", flat=True))


def open_claims() -> list[int]:
    """Claims whose evidence has changed since their assessment."""
    stale = Q(assessment__isnull=True) | Q(assessment__evidence_version__lt=F("evidence_version"))
    claims = Claim.objects.filter(stale, merged_into__isnull=True, evidence_version__gt=0)
    return list(claims.order_by("pk").values_list("pk", flat=True))


def remaining() -> int:
    """How many steps are still open, over all articles and claims."""
    return len(open_articles(StepName.EXTRACT)) + len(open_articles(StepName.MATCH)) + len(open_claims())


def process() -> Iterator[tuple[int, int]]:
    """Run every open step here; yield (done, known to be done so far plus to do) after each.

    A step that fails is noted on its row, as in a job, and tried again until it is parked.
    """
    done = 0
    for name, work in ((StepName.EXTRACT, extraction.extract), (StepName.MATCH, matching.match)):
        while ids := open_articles(name):
            for position, article_id in enumerate(ids, 1):
                _try(article_id, name, work)
                done += 1
                yield done, done + len(ids) - position
    for story_id in rematching.due(quiet=timedelta(0)):
        rematching.rematch_story(story_id)
    ids = open_claims()
    for position, claim_id in enumerate(ids, 1):
        scoring.score(claim_id)
        done += 1
        yield done, done + len(ids) - position


def _try(article_id: int, name: StepName, work: Callable[[int], object]) -> None:
    """One attempt; its failure is on the row now, and the others go on."""
    try:
        steps.attempt(article_id, name, work)
    except Exception:  # noqa: BLE001  one poisoned article must not stop the rest; steps.attempt has kept the error
        steps.logger.warning("%s failed for article %s", name, article_id, exc_info=True)
