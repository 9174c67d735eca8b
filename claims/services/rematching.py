"""Re-match everything or one story: the same claims come out whatever the order in which the articles came in.

A run goes from story to story, each in a transaction of its own, and its row says how far it came: it may be stopped
or killed at any time and goes on where it was. A story is computed without any lock and written under the lock that
matching takes too; where new mentions came in between, it is computed again.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.engine.matching.grouping import Link, group, meetings
from claims.models import Claim, MatchNote, Mention, Rematch, Story
from claims.services import binding, notes, standing, steps
from claims.services.records import mention_of

TASK = "claims.tasks.rematch"
QUIET = timedelta(seconds=60)
"""How long a story has to be without new mentions before it is re-matched."""

AT_ONCE = 300
"""A story of at most so many mentions is re-matched with each article, once it has rested."""

MOST_MEETINGS = 150_000
"""A story whose mentions meet more often than this under their keys is left as arrival made it: a task has 60 s."""

REST = 20.0
"""After a re-match a story rests this many times as long as it took: one twentieth of a worker at most."""

CHEAP = 0.5

GIVEN_UP = timedelta(seconds=120)
"""A re-match that began so long ago was killed: longer than the time limit of its task."""

logger = logging.getLogger(__name__)
_TRIES = 3
Snapshot = Mapping[int, int]


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
    """Take the brake off a stopped run; ``run`` does the rest."""
    Rematch.objects.filter(pk=rematch_id).update(stop_requested=False)


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
                done=F("done") + 1, last_story=story_id, moved=F("moved") + len(changed)
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
    mentions = Mention.objects.filter(article__story_id=story.pk, article__withdrawn_at__isnull=True)
    rested = story.rematched_at is None or _rested(story, timezone.now())
    if not rested or mentions.filter(claim__isnull=True).exists():
        return None
    return story.pk if mentions.count() <= AT_ONCE else None


def rematch_story(story_id: int) -> tuple[int, ...]:
    """Bring the claims of one story to the one result that its mentions have.

    Return the ids of the claims whose evidence changed: none where the story stood so already, and none where another
    process is at this story. A claim keeps its id where most of its mentions stay together. A story that is too large
    (``MOST_MEETINGS``) stays as it stands, and the log says so.
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


def snapshot(story_id: int) -> Snapshot:
    """Return the claim of each matched mention of the story, by the mention's id."""
    rows = Mention.objects.filter(claim__story_id=story_id).values_list("pk", "claim_id")
    return {pk: claim_id for pk, claim_id in rows if claim_id is not None}


class TooLargeError(Exception):
    """A story has more to compare than fits the time of a task."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a story's mentions should be: ``groups`` of their ids; ``before`` is how they stand."""

    story_id: int
    before: Snapshot
    groups: Sequence[frozenset[int]]

    @classmethod
    def of(cls, story_id: int) -> Plan:
        rows = list(
            Mention.objects.filter(claim__story_id=story_id)
            .select_related("speaker", "article__source")
            .defer("article__text")
            .order_by("pk")
        )
        mentions = [mention_of(row) for row in rows]
        if (number := meetings(mentions)) > MOST_MEETINGS:
            message = f"{len(rows)} mentions meet {number} times; {MOST_MEETINGS} is the limit"
            raise TooLargeError(message)
        same, different = links(rows)
        found = group(mentions, same=same, different=different)
        groups = [frozenset(rows[i].pk for i in indices) for indices in found]
        return cls(story_id, {row.pk: row.claim_id for row in rows if row.claim_id}, groups)

    def carry_out(self) -> tuple[int, ...]:
        """Move the mentions of undecided claims, note what it would do to decided ones; return the changed claims."""
        claims = Claim.objects.select_for_update(of=("self",)).filter(story_id=self.story_id).order_by("pk")
        rows = {claim.pk: claim for claim in claims}
        settled = {pk for pk, claim in rows.items() if claim.settled_at is not None}
        targets = self._targets(settled)
        moved = {pk: target for pk, target in targets.items() if self.before[pk] != target}
        made: dict[int, Claim] = {}
        for name in sorted({t for t in moved.values() if t < 0}):
            made[name] = Claim.objects.create(story_id=self.story_id, text="(being re-matched)")
        by_target: dict[int, list[int]] = defaultdict(list)
        for pk, target in moved.items():
            by_target[made[target].pk if target < 0 else target].append(pk)
        for target, pks in sorted(by_target.items()):
            Mention.objects.filter(pk__in=pks).update(claim_id=target)
        changed = {self.before[pk] for pk in moved} | set(by_target)
        self._close_empty(rows, moved, by_target)
        if changed:
            standing.refresh(changed)
        self._note({**rows, **{claim.pk: claim for claim in made.values()}}, settled)
        return tuple(sorted(changed))

    def _targets(self, settled: Collection[int]) -> dict[int, int]:
        """Return the claim of each free mention: the one that most of its group have; new ones are negative."""
        targets: dict[int, int] = {}
        taken: set[int] = set()
        fresh = 0
        for members in sorted(self.groups, key=lambda g: (-len(g), min(g))):
            free = sorted(pk for pk in members if self.before[pk] not in settled)
            if not free:
                continue
            votes = Counter(self.before[pk] for pk in free if self.before[pk] not in taken)
            if votes:
                home = min(votes, key=lambda c: (-votes[c], c))
                taken.add(home)
            else:
                fresh -= 1
                home = fresh
            targets.update(dict.fromkeys(free, home))
        return targets

    def _close_empty(
        self, rows: Mapping[int, Claim], moved: Mapping[int, int], by_target: Mapping[int, Sequence[int]]
    ) -> None:
        """Point each claim that lost all its mentions to the one that took most of them."""
        new_home = {pk: target for target, pks in by_target.items() for pk in pks}
        heirs: dict[int, Counter[int]] = defaultdict(Counter)
        for pk in moved:
            heirs[self.before[pk]][new_home[pk]] += 1
        holding = set(Mention.objects.filter(claim_id__in=heirs).values_list("claim_id", flat=True))
        for claim_id in sorted(set(heirs) - holding):
            heir = min(heirs[claim_id], key=lambda c: (-heirs[claim_id][c], c))
            Claim.objects.filter(pk=claim_id).update(merged_into_id=heir)
        Claim.objects.filter(pk__in=by_target, merged_into__isnull=False).update(merged_into=None)

    def _note(self, rows: Mapping[int, Claim], settled: Collection[int]) -> None:
        """Suggest to people what re-matching would do to the claims that they have decided."""
        after = snapshot(self.story_id)
        shares = [Counter(after[pk] for pk in members) for members in self.groups]
        found: list[MatchNote] = []
        for claim_id in sorted(settled):
            parts = sorted((-here[claim_id], at) for at, here in enumerate(shares) if here[claim_id])
            for _, at in parts[1:]:
                away = [pk for pk in self.groups[at] if after[pk] == claim_id]
                found.append(notes.split_suggestion(rows[claim_id], Mention.objects.filter(pk__in=away)))
        for here in shares:
            decided = sorted(set(here) & set(settled))
            others = [c for c in sorted(here) if c in rows and c not in decided[:1]]
            found += [notes.merge_suggestion(rows[decided[0]], rows[other]) for other in others if decided]
        notes.keep(found)


def links(rows: Sequence[Mention]) -> tuple[list[Link], list[Link]]:
    """Return which of ``rows`` people have judged the same, and which different, as pairs of places in ``rows``."""
    judgements = binding.in_force_for({row.article.content_hash for row in rows})
    bindings = binding.Bindings.of(judgements)
    names = binding.judged(bindings.keys(), rows)
    known = [(index, names[row.pk]) for index, row in enumerate(rows) if row.pk in names]
    same, different = [], []
    for at, (a, left) in enumerate(known):
        for b, right in known[at + 1 :]:
            if bindings.different(left, right) is not None:
                different.append((a, b))
            elif bindings.same(left, right):
                same.append((a, b))
    return same, different
