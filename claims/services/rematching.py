"""Re-match everything or one story: the same claims come out whatever the order in which the articles came in.

A run goes from story to story, each in a transaction of its own, and its row says how far it came: it may be stopped
or killed at any time and goes on where it was. A story is computed without any lock and written under the lock that
matching takes too; where new mentions came in between, it is computed again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.models import Mention, Rematch, Story
from claims.services import steps
from claims.services.rematch_plan import Plan, TooLargeError, snapshot

TASK = "claims.tasks.rematch"
QUIET = timedelta(seconds=60)
"""How long a story has to be without new mentions before it is re-matched."""

AT_ONCE = 300
"""A story of at most so many mentions is re-matched with each article, once it has rested."""

REST = 20.0
"""After a re-match a story rests this many times as long as it took: one twentieth of a worker at most."""

CHEAP = 0.5

GIVEN_UP = timedelta(seconds=120)
"""A re-match that began so long ago was killed: longer than the time limit of its task."""

logger = logging.getLogger(__name__)
_TRIES = 3


def request(story_id: int | None = None) -> Rematch:
    """Queue a run over one story, or over all; one that is asked for and not begun is not asked for twice."""
    waiting = Rematch.objects.filter(finished_at__isnull=True, done=0, stop_requested=False)
    same = waiting.filter(story__isnull=True) if story_id is None else waiting.filter(story_id=story_id)
    total = 1 if story_id is not None else Story.objects.filter(merged_into__isnull=True).count()
    job = same.first() or Rematch.objects.create(story_id=story_id, total=total)
    transaction.on_commit(lambda: steps.send(TASK, job.pk), robust=True)
    return job


def stop(rematch_id: int) -> None:
    """Let a run end after the story at hand. ``run`` on its id takes it up again."""
    Rematch.objects.filter(pk=rematch_id, finished_at__isnull=True).update(stop_requested=True)


def resume(rematch_id: int) -> None:
    """Take the brake off a stopped run and queue it; it goes on where it was."""
    Rematch.objects.filter(pk=rematch_id).update(stop_requested=False, seen_at=timezone.now())
    transaction.on_commit(lambda: steps.send(TASK, rematch_id), robust=True)


def resend_lost(now: datetime | None = None) -> int:
    """Queue again the runs whose task was lost, with the broker for instance; how many."""
    now = now or timezone.now()
    running = Rematch.objects.filter(finished_at__isnull=True, stop_requested=False)
    ids = list(running.filter(seen_at__lt=now - steps.RUNNING).order_by("pk").values_list("pk", flat=True))
    Rematch.objects.filter(pk__in=ids).update(seen_at=now)
    return sum(steps.send(TASK, pk) for pk in ids)


def run(
    rematch_id: int,
    *,
    go_on: Callable[[], bool] = lambda: True,
    progress: Callable[[int, int], None] | None = None,
) -> Rematch:
    """Carry a run on until it is done or stopped, or until ``go_on()`` says no, which is asked before each story.

    Calls ``progress(done, total)`` after each story. The caller queues the run again where ``finished_at`` is not set.
    """
    job = Rematch.objects.get(pk=rematch_id)
    while job.finished_at is None and not job.stop_requested and go_on():
        story_id = _next_story(job)
        if story_id is None:
            Rematch.objects.filter(pk=job.pk).update(finished_at=timezone.now())
        else:
            changed = rematch_story(story_id)
            steps.score_later(changed)
            Rematch.objects.filter(pk=job.pk).update(
                done=F("done") + 1, last_story=story_id, moved=F("moved") + len(changed), seen_at=timezone.now()
            )
        job.refresh_from_db()
        if progress is not None:
            progress(job.done, job.total)
            job.refresh_from_db()
    return job


def _next_story(job: Rematch) -> int | None:
    stories = Story.objects.filter(pk__gt=job.last_story, merged_into__isnull=True)
    if job.story_id is not None:
        stories = stories.filter(pk=job.story_id)
    return stories.order_by("pk").values_list("pk", flat=True).first()


def due(now: datetime | None = None, quiet: timedelta = QUIET) -> list[int]:
    """Return the stories to be matched again: those with new mentions that are quiet, or whose rest is over.

    A story about which articles never stop coming is not quiet for hours; it is matched again between them.
    """
    now = now or timezone.now()
    stale = Q(rematched_at__isnull=True) | Q(rematched_at__lt=F("matched_at"))
    stories = Story.objects.filter(stale, merged_into__isnull=True, matched_at__isnull=False)
    rows = stories.order_by("pk").only(
        "matched_at", "rematched_at", "rematch_began_at", "rematch_seconds", "created_at"
    )
    return [s.pk for s in rows if s.matched_at and (s.matched_at <= now - quiet or _rested(s, now))]


def _rested(story: Story, now: datetime) -> bool:
    """Say whether a story may be matched again: after a re-match it rests ``REST`` times as long as that took.

    What took no longer than reading an article (``CHEAP`` seconds) needs no rest.
    """
    if story.rematched_at is None:
        return story.created_at + QUIET <= now
    rest = REST * max((story.rematch_seconds or 0.0) - CHEAP, 0.0)
    return (story.rematch_began_at or story.rematched_at) + timedelta(seconds=rest) <= now


def at_once(article_id: int) -> int | None:
    """Return the story of a matched article where it may be re-matched now: it is small, and has rested.

    None while other articles of the story wait to be matched: the last of them sees to it, or else the sweep.
    """
    story = Story.objects.only("rematched_at", "rematch_began_at", "rematch_seconds", "created_at").get(
        articles=article_id
    )
    mentions = Mention.objects.filter(
        article__story_id=story.pk, article__withdrawn_at__isnull=True, retired_at__isnull=True
    )
    rested = story.rematched_at is None or _rested(story, timezone.now())
    if not rested or mentions.filter(claim__isnull=True).exists():
        return None
    return story.pk if mentions.count() <= AT_ONCE else None


def rematch_story(story_id: int) -> tuple[int, ...]:
    """Bring the claims of one story to the one result that its mentions have.

    Return the ids of the claims whose evidence changed: none where the story stood so already, and none where another
    process is at this story. A claim keeps its id where most of its mentions stay together. A story that is too large
    (``rematch_plan.MOST_MEETINGS``) stays as it stands, and the log says so.
    """
    began = timezone.now()
    free = Q(rematch_began_at__isnull=True) | Q(rematch_ended_at__gte=F("rematch_began_at"))
    free |= Q(rematch_began_at__lt=began - GIVEN_UP)
    if not Story.objects.filter(free, pk=story_id).update(rematch_began_at=began):
        return ()
    try:
        return _rematch(story_id)
    except TooLargeError as error:
        logger.warning("story %s is not re-matched: %s", story_id, error)
        Story.objects.filter(pk=story_id).update(rematched_at=began)
        return ()
    finally:
        ended = timezone.now()
        seconds = (ended - began).total_seconds()
        Story.objects.filter(pk=story_id, rematch_began_at=began).update(
            rematch_ended_at=ended, rematch_seconds=seconds
        )


def _rematch(story_id: int) -> tuple[int, ...]:
    """Plan without a lock and write under it; a story that never stands still is left for the next time."""
    for _ in range(_TRIES):
        read_at = timezone.now()
        plan = Plan.of(story_id)
        with transaction.atomic():
            if not Story.objects.select_for_update().filter(pk=story_id).first():
                return ()
            if snapshot(story_id) == plan.before:
                Story.objects.filter(pk=story_id).update(rematched_at=read_at)
                return plan.carry_out()
    logger.info("story %s changed while it was re-matched: it stays due", story_id)
    return ()
