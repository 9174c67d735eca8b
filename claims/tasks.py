"""Background jobs: fetch by id, call the service. Every task can run twice without harm."""

from __future__ import annotations

import logging
import time

from celery import chord, shared_task
from django.core.cache import cache

from claims.engine.agreement.learning.items import Packed
from claims.models import StepName
from claims.services import (
    editing,
    extraction,
    intakes,
    matching,
    pairs,
    reliability,
    rematching,
    rereading,
    scoring,
    steps,
)

SLICE = 45.0
"""Seconds that a long job works before it queues the rest of itself; well under the hard limit of a task."""

SEEKING, SEEK_SECONDS, SEEK_LEASE = "claims:seeking", 10.0, 90
"""Possible duplicates are looked for by one process at a time, for so many seconds a sweep: articles go first."""

logger = logging.getLogger(__name__)


@shared_task(name="claims.tasks.extract_article", soft_time_limit=200, time_limit=240)
def extract_article(article_id: int) -> None:
    """Read an article, then queue its matching. The largest article may take longer than other tasks are given."""
    if steps.attempt(article_id, StepName.EXTRACT, extraction.extract) is not None:
        steps.later(StepName.MATCH, article_id)


@shared_task(name="claims.tasks.match_article")
def match_article(article_id: int) -> None:
    """Match an article's mentions to claims, then queue the scoring of the claims that changed.

    A small story is brought to its one result at once; a large one waits for quiet.
    """
    claim_ids = steps.attempt(article_id, StepName.MATCH, matching.match)
    if not claim_ids:
        return
    steps.score_later(claim_ids)
    story_id = rematching.at_once(article_id)
    if story_id is not None:
        steps.send(rematch_story.name, story_id)


@shared_task(name="claims.tasks.score_claims")
def score_claims(claim_ids: list[int]) -> None:
    """Score claims one by one, each in a transaction of its own. One that rests is left for the sweep."""
    for claim_id in claim_ids:
        if scoring.rested(claim_id):
            scoring.score(claim_id)


@shared_task(name=editing.DESCRIBE)
def describe_mention(mention_id: int) -> None:
    """Give a mention that a person added what matching compares."""
    rereading.describe_mention(mention_id)


@shared_task(name=steps.REREAD_TASK, soft_time_limit=200, time_limit=240)
def reread_article(article_id: int) -> None:
    """Read an article anew; what people corrected stays."""
    rereading.reread(article_id)


@shared_task(name=intakes.TASK, soft_time_limit=200, time_limit=240)
def take_in(intake_id: int) -> None:
    """Take in files that came over the desk for as long as one task should work, then queue the rest."""
    end = time.monotonic() + SLICE
    if not intakes.take_in(intake_id, go_on=lambda: time.monotonic() < end):
        steps.send(intakes.TASK, intake_id)


@shared_task(name=rematching.TASK)
def rematch(job_id: int) -> None:
    """Carry a re-match on for as long as one task may take, then queue the rest: its row says how far it is."""
    end = time.monotonic() + SLICE
    job = rematching.run(job_id, go_on=lambda: time.monotonic() < end)
    if job.finished_at is None and not job.stop_requested:
        steps.send(rematching.TASK, job_id)


@shared_task(name="claims.tasks.rematch_story")
def rematch_story(story_id: int) -> None:
    """Bring a story that has become quiet to the one result that its mentions have, in whatever order they came."""
    steps.score_later(rematching.rematch_story(story_id))


@shared_task(name=pairs.TASK)
def seek_candidates() -> None:
    """Look for the possible duplicates of claims whose evidence is new, for a few seconds; the next sweep goes on."""
    if not cache.add(SEEKING, "seeking", SEEK_LEASE):
        return
    end = time.monotonic() + SEEK_SECONDS
    try:
        pairs.run(go_on=lambda: time.monotonic() < end)
    finally:
        cache.delete(SEEKING)


@shared_task(name="claims.tasks.sweep")
def sweep() -> dict[str, int]:
    """Queue again whatever step is missing, the search for possible duplicates, and the re-match of quiet stories."""
    found = steps.sweep()
    found["candidates"] = int(pairs.due().exists() and steps.send(pairs.TASK))
    found["rematch"] = sum(steps.send(rematch_story.name, story_id) for story_id in rematching.due())
    found["runs"] = rematching.resend_lost()
    found["intakes"] = intakes.resend_lost()
    if any(found.values()):
        logger.info("sweep queued %s", found)
    return found


@shared_task(name="claims.tasks.refresh_reliability")
def refresh_reliability() -> None:
    """Learn the sources' reliability and copying anew: one task a shard of claims, joined by the last of them."""
    shards = reliability.plan()
    if shards:
        chord([read_shard.s(first, last) for first, last in shards])(join_shards.s())


@shared_task(name="claims.tasks.read_shard", ignore_result=False, soft_time_limit=200, time_limit=240)
def read_shard(first: int, last: int) -> Packed:
    """Return what the claims of one shard say, as the estimation takes it."""
    return reliability.read_shard(first, last)


@shared_task(name="claims.tasks.join_shards", soft_time_limit=200, time_limit=240)
def join_shards(told: list[Packed]) -> None:
    """Learn from what all shards read and write it, then fit the calibration to the verdicts."""
    reliability.join_shards(told)
    reliability.calibrate()
