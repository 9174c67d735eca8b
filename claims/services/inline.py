"""The whole pipeline in this process, for a desk without a worker: the same steps, in the same order, as the jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from claims.models import StepName
from claims.services import extraction, matching, rematching, scoring, steps


def remaining() -> int:
    """Return how many steps are still open, over all articles and claims."""
    return sum(steps.missing(name).count() for name in StepName) + steps.stale_claims().count()


def process() -> Iterator[tuple[int, int]]:
    """Run every open step here; yield (done, known to be done so far plus to do) after each.

    A step that fails is noted on its row, as in a job, and tried again until it is parked.
    """
    done = 0
    for name, work in ((StepName.EXTRACT, extraction.extract), (StepName.MATCH, matching.match)):
        while ids := list(steps.missing(name).values_list("pk", flat=True)):
            for position, article_id in enumerate(ids, 1):
                _try(article_id, name, work)
                done += 1
                yield done, done + len(ids) - position
    for story_id in rematching.due(quiet=timedelta(0)):
        rematching.rematch_story(story_id)
    ids = list(steps.stale_claims().values_list("pk", flat=True))
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
