"""What the claims of a story should be, worked out without a lock from all its mentions, and carried out under one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from claims.engine import types
from claims.engine.matching.claims import context_of
from claims.engine.matching.grouping import Link, meetings
from claims.engine.matching.nesting import group_all
from claims.models import Claim, MatchNote, Mention
from claims.services import binding, copies, nested, notes, standing
from claims.services.records import mention_of

MOST_MEETINGS = 150_000
"""A story whose mentions meet more often than this under their keys is left as arrival made it: a task has 60 s."""

Snapshot = Mapping[int, int]


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
    nested: Mapping[int, int] = field(default_factory=dict)
    """The article of each nested mention, by the mention's id."""

    @classmethod
    def of(cls, story_id: int) -> Plan:
        rows = list(
            Mention.objects.filter(claim__story_id=story_id)
            .select_related("speaker", "article__source")
            .defer("article__text")
            .order_by("pk")
        )
        before = {row.pk: row.claim_id for row in rows if row.claim_id}
        mentions = [mention_of(row) for row in rows]
        if (number := meetings(mentions)) > MOST_MEETINGS:
            message = f"{len(rows)} mentions meet {number} times; {MOST_MEETINGS} is the limit"
            raise TooLargeError(message)
        same, different = links(rows, mentions)
        if not same and not different:  # where people have regrouped, no statement inside another is woken
            rows, mentions = _with_those_at_rest(story_id, rows, mentions)
            same, different = links(rows, mentions)
        held = _held(story_id, rows, {i for pair in (*same, *different) for i in pair})
        gone = {i for i, row in enumerate(rows) if row.article.withdrawn_at is not None}
        found = group_all(mentions, same=same, different=different, held=held, withdrawn=gone)
        groups = [frozenset(rows[i].pk for i in indices) for indices in found]
        return cls(story_id, before, groups, {row.pk: row.article_id for row in rows if row.part_of_id})

    def carry_out(self) -> tuple[int, ...]:
        """Move the mentions of undecided claims, note what it would do to decided ones; return the changed claims."""
        claims = Claim.objects.select_for_update(of=("self",)).filter(story_id=self.story_id).order_by("pk")
        rows = {claim.pk: claim for claim in claims}
        settled = {pk for pk, claim in rows.items() if claim.settled_at is not None or claim.read_text is not None}
        targets = self._targets(settled)
        moved = {pk: target for pk, target in targets.items() if self.before.get(pk) != target}
        made: dict[int, Claim] = {}
        for name in sorted({t for t in moved.values() if t < 0}):
            made[name] = Claim.objects.create(story_id=self.story_id, text="(being re-matched)")
        by_target: dict[int, list[int]] = defaultdict(list)
        for pk, target in moved.items():
            by_target[made[target].pk if target < 0 else target].append(pk)
        for target, pks in sorted(by_target.items()):
            nested.promote(pks, target)
        resting = self._to_rest(targets, settled)
        parents = nested.rest(resting) if resting else {}
        changed = {self.before[pk] for pk in (*moved, *resting) if pk in self.before} | set(by_target)
        self._close_empty(rows, moved, by_target, parents)
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
            free = sorted(pk for pk in members if self.before.get(pk) not in settled)
            if len(free) < len(members) and self._is_all_one_article(free):
                free = []  # what stands in a decided claim is told there
            if not free:
                continue
            votes = Counter(self.before[pk] for pk in free if pk in self.before and self.before[pk] not in taken)
            if votes:
                home = min(votes, key=lambda c: (-votes[c], c))
                taken.add(home)
            else:
                fresh -= 1
                home = fresh
            targets.update(dict.fromkeys(free, home))
        return targets

    def _is_all_one_article(self, pks: Collection[int]) -> bool:
        """Say whether some mentions are all nested, and of one article."""
        return all(pk in self.nested for pk in pks) and len({self.nested[pk] for pk in pks}) < 2

    def _to_rest(self, targets: Mapping[int, int], settled: Collection[int]) -> list[int]:
        """Return the promoted mentions that no other article states any more, and that no decided claim holds."""
        return [pk for pk in self.nested if pk in self.before and pk not in targets and self.before[pk] not in settled]

    def _close_empty(
        self,
        rows: Mapping[int, Claim],
        moved: Mapping[int, int],
        by_target: Mapping[int, Sequence[int]],
        resting: Mapping[int, int],
    ) -> None:
        """Point each claim that lost all its mentions to the one that took most of them, or to the parents' one."""
        new_home = {**resting, **{pk: target for target, pks in by_target.items() for pk in pks}}
        heirs: dict[int, Counter[int]] = defaultdict(Counter)
        for pk, home in new_home.items():
            if pk in self.before and self.before[pk] != home:
                heirs[self.before[pk]][home] += 1
        holding = set(Mention.objects.filter(claim_id__in=heirs).values_list("claim_id", flat=True))
        for claim_id in sorted(set(heirs) - holding):
            heir = min(heirs[claim_id], key=lambda c: (-heirs[claim_id][c], c))
            Claim.objects.filter(pk=claim_id).update(merged_into_id=heir)
        Claim.objects.filter(pk__in=by_target, merged_into__isnull=False).update(merged_into=None)

    def _note(self, rows: Mapping[int, Claim], settled: Collection[int]) -> None:
        """Suggest to people what re-matching would do to the claims that they have decided."""
        after = snapshot(self.story_id)
        shares = [Counter(after[pk] for pk in members if pk in after) for members in self.groups]
        found: list[MatchNote] = []
        for claim_id in sorted(settled):
            parts = sorted((-here[claim_id], at) for at, here in enumerate(shares) if here[claim_id])
            for _, at in parts[1:]:
                away = [pk for pk in self.groups[at] if after.get(pk) == claim_id]
                found.append(notes.split_suggestion(rows[claim_id], Mention.objects.filter(pk__in=away)))
        for here in shares:
            decided = sorted(set(here) & set(settled))
            others = [c for c in sorted(here) if c in rows and c not in decided[:1]]
            found += [notes.merge_suggestion(rows[decided[0]], rows[other]) for other in others if decided]
        notes.keep_only(rows, found)


def _held(story_id: int, rows: Sequence[Mention], judged: Collection[int]) -> set[int]:
    """Return the places of nested mentions that people have judged or corrected, or whose claim they have decided."""
    promoted = [i for i, row in enumerate(rows) if row.part_of_id is not None and row.claim_id is not None]
    if not promoted:
        return set()
    decided = Claim.objects.filter(Q(settled_at__isnull=False) | Q(read_text__isnull=False), story_id=story_id)
    claims = set(decided.values_list("pk", flat=True))
    return {i for i in promoted if i in judged or rows[i].read is not None or rows[i].claim_id in claims}


def _with_those_at_rest(
    story_id: int, rows: Sequence[Mention], mentions: Sequence[types.Mention]
) -> tuple[list[Mention], list[types.Mention]]:
    """Return the rows with the nested ones at rest behind them; without these where that would be too much."""
    there = {(row.article_id, row.start, row.end) for row in rows}
    more = [row for row in nested.of_story(story_id) if (row.article_id, row.start, row.end) not in there]
    told = [*mentions, *(mention_of(row) for row in more)]
    return ([*rows, *more], told) if meetings(told) <= MOST_MEETINGS else (list(rows), list(mentions))


def links(rows: Sequence[Mention], mentions: Sequence[types.Mention]) -> tuple[list[Link], list[Link]]:
    """Return which of ``rows`` people have judged the same, and which different, as pairs of places in ``rows``.

    ``mentions`` are the rows as the engine reads them. One that says in the same words what they judged is the same.
    """
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
    if known:
        same += copies.links(mentions, dict(known), bindings, context_of(mentions=mentions))
    return same, different
