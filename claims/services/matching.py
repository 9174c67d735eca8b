"""Match an article: place it in a story, then put each of its mentions into a claim of that story, or open a new one.

What is compared is compared without a lock; the story's row is locked while it is written, and where the story has
changed meanwhile the article is compared again. Workers on different stories do not meet. Locks are taken in one order
everywhere: story, then claims by id, then mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.utils import timezone

from claims.engine import types
from claims.engine.matching.claims import Assignment, ClaimProfile, assign, claim_keys, compare, context_of, key_weight
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.wording import wording
from claims.models import Article, ArticleStep, Claim, Judgement, Mention, StepName, Story
from claims.services import binding, copies, notes, rematching, standing, stories
from claims.services.records import mention_of
from claims.services.standing import Standing

CANDIDATES = 16
"""So many claims at most are compared with one mention: those that share its rarest keys."""

_TRIES = 12
_PATIENCE = 3
"""After so many tries a short article, of at most ``SHORT`` mentions, is matched under the lock: about a second."""
SHORT = 60

Fingerprint = tuple[object, ...]


class StoryMoved(RuntimeError):
    """The article changed its story again and again while it was being matched; the step may be retried."""


def match(article_id: int) -> tuple[int, ...]:
    """Match the article's mentions that have no claim yet; return the ids of the claims whose evidence changed.

    Running it again changes nothing. Raises ``Article.DoesNotExist``, and ``StoryMoved`` where others were faster again
    and again. What is compared is compared before the transaction, so that no database waits for it; where the story
    changed meanwhile, it is done once more. A short article that was overtaken often is matched under the lock.
    """
    placed = stories.place_article(Article.objects.defer("text").get(pk=article_id))
    for grown in stories.carry_out_joins(placed.pk):
        rematching.request(grown)
    for attempt in range(_TRIES):
        planned = Planned.of(article_id)
        with transaction.atomic():
            story = lock_story_of(article_id)
            if story.pk != planned.story or fingerprint(story.pk) != planned.before:
                if attempt < _PATIENCE or len(planned.round.rows) > SHORT:
                    continue
                planned = Planned.of(article_id)
            changed = planned.round.write(story) if planned.round.rows else ()
            ArticleStep.objects.update_or_create(
                article_id=article_id,
                name=StepName.MATCH,
                defaults={"done_at": timezone.now(), "parked_at": None, "error": ""},
            )
            return changed
    raise StoryMoved


@dataclass(frozen=True, slots=True)
class Planned:
    """What matching an article will write: made for a story as it stood ``before``."""

    story: int
    before: Fingerprint
    round: Round

    @classmethod
    def of(cls, article_id: int) -> Planned:
        story = Story.objects.get(articles=article_id)
        before = fingerprint(story.pk)
        made = Round.over(story, unmatched(article_id))
        made.place()
        return cls(story.pk, before, made)


def fingerprint(story_id: int) -> Fingerprint:
    """Return what changes whenever something changes that matching in this story depends on."""
    story = Story.objects.values_list("matched_at", "rematched_at").get(pk=story_id)
    claims = Claim.objects.filter(story_id=story_id).aggregate(
        number=Count("pk"), versions=Sum("evidence_version"), settled=Count("settled_at"), merged=Count("merged_into")
    )
    judged = Judgement.objects.aggregate(last=Max("pk"), withdrawn=Count("withdrawn_at"))
    return (*story, *claims.values(), *judged.values())


def lock_story_of(article_id: int) -> Story:
    """Return the article's story with its row locked, also where the story was joined to another meanwhile."""
    for _ in range(_TRIES):
        story_id = Article.objects.values_list("story_id", flat=True).get(pk=article_id)
        story = Story.objects.select_for_update().get(pk=story_id)
        if Article.objects.filter(pk=article_id, story_id=story.pk).exists():
            return story
    raise StoryMoved


def unmatched(article_id: int) -> Sequence[Mention]:
    """Return the article's mentions without a claim, in the order of the text; none of a withdrawn article."""
    rows = Mention.objects.filter(
        article_id=article_id, claim__isnull=True, retired_at__isnull=True, article__withdrawn_at__isnull=True
    )
    return list(rows.select_related("speaker", "article__source").defer("article__text").order_by("start", "end", "pk"))


@dataclass(slots=True)
class Round:
    """One article's mentions against the claims of its story.

    ``under`` holds the claims under each key, ``placed`` the claim of each mention of this article that has one;
    ``names`` the name under which people judged a mention, by its id, and
    ``homes`` the claim that holds the mention of each such name. ``alike`` holds what was judged of the same words,
    by wording: a copy that nobody has judged goes where these went.
    """

    story: Story
    rows: Sequence[Mention]
    standings: dict[str, Standing]
    under: dict[str, set[str]]
    bindings: binding.Bindings
    names: dict[int, str]
    homes: dict[str, str]
    alike: dict[str, list[tuple[str, types.Mention]]]
    placed: dict[types.Span, str] = field(default_factory=dict)
    refused: list[tuple[Mention, str, int]] = field(default_factory=list)

    @classmethod
    def over(cls, story: Story, rows: Sequence[Mention]) -> Round:
        keys = {key for row in rows for key in claim_keys(mention_of(row))}
        under = standing.candidates(story.pk, keys)
        alike = copies.written_alike(story.pk, rows)
        hashes = {row.article.content_hash for row in (*rows, *alike)}
        bindings = binding.Bindings.of(binding.in_force_for(hashes))
        judged = bindings.keys()
        homes = {key: str(claim) for key, claim in binding.homes(judged).items()}
        standings = standing.load(story.pk, {*homes.values()}.union(*under.values()))
        words = copies.judged_by_words(binding.judged(judged, alike), alike)
        return cls(story, rows, standings, under, bindings, binding.judged(judged, rows), homes, words)

    def place(self) -> None:
        """Assign every mention to a claim, without writing anything."""
        read = [mention_of(row) for row in self.rows]
        context = context_of(standing.topic_with(self.story, read))  # the other articles are not loaded
        pairs = sorted(zip(self.rows, read, strict=True), key=lambda pair: pair[1].answers is not None)
        for row, mention in pairs:  # what a denial answers is placed before it
            self._place(row, mention, context)

    def _place(self, row: Mention, mention: types.Mention, context: ComparisonContext) -> None:
        found = self._assign(row, mention, context)
        home = found.claim or f"new {len(self.standings):06d}"
        self.standings.setdefault(home, Standing(None)).gain(row, mention)
        self.placed[mention.span] = home
        if row.pk in self.names:
            self.homes[self.names[row.pk]] = home
        for key in claim_keys(mention):
            self.under.setdefault(key, set()).add(home)

    def _assign(self, row: Mention, mention: types.Mention, context: ComparisonContext) -> Assignment:
        must, never = self._bound(self.names[row.pk]) if row.pk in self.names else self._led(mention, context)
        answered = self.placed.get(mention.answers) if mention.answers is not None else None
        if answered is not None and not must and answered not in never:
            must = frozenset({answered})
        profiles = [
            ClaimProfile(c, tuple(self.standings[c].read[: standing.REPRESENTATIVES]))
            for c in dict.fromkeys([*sorted(must), *self._near(mention)])
            if c in self.standings
        ]
        free = assign(mention, profiles, context=context)
        if free.claim in never:
            self.refused.append((row, str(free.claim), never[str(free.claim)]))
        elif not must:
            return free
        return assign(mention, profiles, context=context, must=must, never=frozenset(never))

    def _near(self, mention: types.Mention) -> list[str]:
        votes: Counter[str] = Counter()
        for key in claim_keys(mention):
            for claim in self.under.get(key, ()):
                votes[claim] += round(100 * key_weight(key))
        return sorted(votes, key=lambda c: (-votes[c], c))[:CANDIDATES]

    def _bound(self, key: str) -> tuple[frozenset[str], dict[str, int]]:
        """Return the claims that judgements send this mention to, and those they bar, each with its judgement.

        Where they say both of one claim (it holds a mention that is the same and one that is not), it is barred.
        """
        must: set[str] = set()
        never: dict[str, int] = {}
        for other, home in self.homes.items():
            judgement = self.bindings.different(key, other)
            if judgement is not None:
                never[home] = judgement
            elif other != key and self.bindings.same(key, other):
                must.add(home)
        return frozenset(must - set(never)), never

    def _led(self, mention: types.Mention, context: ComparisonContext) -> tuple[frozenset[str], dict[str, int]]:
        """Return as ``_bound`` does where people have put the same words; nothing where that is in two claims."""
        found = self.alike.get(wording(mention), ())
        led = {name: self.homes[name] for name, other in found if not compare(mention, other, context=context).veto}
        if len(set(led.values())) != 1:
            return frozenset(), {}
        must, never = self._bound(min(led))
        return frozenset({*must, *led.values()} - set(never)), never

    def write(self, story: Story) -> tuple[int, ...]:
        """Write what was placed into the locked ``story``; return the ids of the claims that gained one, in order."""
        gaining = [self.standings[key] for key in sorted(self.standings) if self.standings[key].gained]
        old = sorted(s.row.pk for s in gaining if s.row)
        list(Claim.objects.select_for_update().filter(pk__in=old).order_by("pk").values_list("pk", flat=True))
        standing.create(story, gaining)
        standing.save(gaining)
        story.words, story.matched_at = self.story.words, timezone.now()
        story.save(update_fields=["words", "matched_at"])
        barred = [(row, self.standings[key].row, judgement) for row, key, judgement in self.refused]
        if barred:
            notes.keep([notes.refusal(row, claim, judgement) for row, claim, judgement in barred if claim])
        return tuple(sorted(s.row.pk for s in gaining if s.row))
