"""Claims as the matcher holds them in memory while it works, and how they are read and written back."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from claims.engine import types
from claims.engine.matching.claims import claim_keys, told_by
from claims.engine.matching.prepared import Topic, topic_from, words_of
from claims.engine.names import fold
from claims.engine.worth import is_fragment, worth
from claims.models import Claim, ClaimKey, Mention, Story
from claims.services import steps
from claims.services.records import mention_of

REPRESENTATIVES = 8
"""So many mentions at most stand for a claim when a new mention is compared with it."""

_TOTAL = ""


@dataclass(slots=True)
class Standing:
    """A claim during matching: its row (None while new), the mentions that stand for it, and those it gained."""

    row: Claim | None
    rows: list[Mention] = field(default_factory=list)
    read: list[types.Mention] = field(default_factory=list)
    gained: list[Mention] = field(default_factory=list)

    def gain(self, row: Mention, mention: types.Mention) -> None:
        self.rows.append(row)
        self.read.append(mention)
        self.gained.append(row)

    def representatives(self) -> list[Mention]:
        """Return the mentions that stand for the claim: a sample that the order of arrival does not decide.

        Those of withdrawn articles only where there are no others.
        """
        standing = [row for row in self.rows if row.article.withdrawn_at is None]
        return sorted(standing or self.rows, key=_lot)[:REPRESENTATIVES]


def _lot(row: Mention) -> str:
    return hashlib.sha256(f"{row.article.content_hash}:{row.start}-{row.end}".encode()).hexdigest()


def candidates(story_id: int, keys: Collection[str]) -> dict[str, set[str]]:
    """Return the ids of the story's claims under each of ``keys``."""
    under: dict[str, set[str]] = defaultdict(set)
    rows = ClaimKey.objects.filter(key__in=keys, claim__story_id=story_id, claim__merged_into__isnull=True)
    for key, claim_id in rows.values_list("key", "claim_id"):
        under[key].add(str(claim_id))
    return under


def load(story_id: int, claim_ids: Collection[str]) -> dict[str, Standing]:
    """Return the standing of these claims of the story, in two queries."""
    claims = Claim.objects.filter(pk__in=[int(c) for c in claim_ids], story_id=story_id, merged_into__isnull=True)
    standings = {str(claim.pk): Standing(claim) for claim in claims.order_by("pk")}
    ids = [pk for s in standings.values() if s.row for pk in s.row.profile.get("mentions", ())]
    rows = Mention.objects.filter(pk__in=ids).select_related("speaker", "article__source")
    rows = rows.defer("article__text", "article__digest")
    for row in rows.order_by("pk"):
        standing = standings.get(str(row.claim_id))
        if standing is not None:
            standing.rows.append(row)
            standing.read.append(mention_of(row))
    return standings


def create(story: Story, standings: Iterable[Standing]) -> None:
    """Give each new standing its row."""
    fresh = [s for s in standings if s.row is None]
    made = Claim.objects.bulk_create([Claim(story=story, text=told_by(s.read)[0]) for s in fresh])
    for standing, claim in zip(fresh, made, strict=True):
        standing.row = claim


def save(standings: Sequence[Standing]) -> None:
    """Write what the standings gained: the mentions' claim, the keys, and the claim's text, profile and version."""
    mentions, keys, claims = [], [], []
    for standing in standings:
        claim = standing.row
        if claim is None:
            continue
        for row in standing.gained:
            row.claim = claim
            mentions.append(row)
        names = {key for mention in standing.read for key in claim_keys(mention)}
        keys += [ClaimKey(claim=claim, key=key) for key in sorted(names)]
        claims.append(describe(claim, standing))
    Mention.objects.bulk_update(mentions, ["claim"])
    ClaimKey.objects.bulk_create(keys, ignore_conflicts=True)
    Claim.objects.bulk_update(claims, ["text", "read_text", "folded", "profile", "worth", "fragment"])
    Claim.objects.filter(pk__in=[c.pk for c in claims]).update(evidence_version=F("evidence_version") + 1)


def describe(claim: Claim, standing: Standing) -> Claim:
    """Bring the claim's text, worth and profile to what stands for it. People's decided claims keep their text."""
    chosen = standing.representatives()
    claim.profile = {"mentions": [row.pk for row in chosen]}
    read = [standing.read[standing.rows.index(row)] for row in chosen]
    claim.worth = worth(read)
    if claim.settled_at is None and claim.read_text is not None:
        claim.read_text = told_by(read)[0]  # beside what a person wrote
    elif claim.settled_at is None:
        claim.text, told = told_by(read)
        claim.fragment = is_fragment(claim.text, told)
    claim.folded = fold(claim.text)
    return claim


def refresh(claim_ids: Collection[int]) -> None:
    """Bring text, profile and keys of claims to the mentions that they hold now, and count up their evidence.

    The caller holds the claims' locks.
    """
    standings = {claim.pk: Standing(claim) for claim in Claim.objects.filter(pk__in=claim_ids).order_by("pk")}
    rows = (
        Mention.objects.filter(claim_id__in=claim_ids)
        .select_related("speaker", "article__source")
        .defer("article__text")
    )
    for row in rows.order_by("pk"):
        standing = standings[row.claim_id or 0]
        standing.rows.append(row)
        standing.read.append(mention_of(row))
    ClaimKey.objects.filter(claim_id__in=claim_ids).delete()
    save([s for s in standings.values() if s.rows])
    empty = [pk for pk, s in standings.items() if not s.rows]
    Claim.objects.filter(pk__in=empty).update(profile={}, evidence_version=F("evidence_version") + 1)


def outdate(claim_ids: Collection[int]) -> None:
    """Have claims scored again whose evidence has changed without their mentions."""
    held = Claim.objects.select_for_update(of=("self",)).filter(pk__in=claim_ids).order_by("pk")
    ids = list(held.values_list("pk", flat=True))
    Claim.objects.filter(pk__in=ids).update(evidence_version=F("evidence_version") + 1)
    steps.score_later(ids)


def topic_with(story: Story, mentions: Iterable[types.Mention]) -> Topic:
    """Count the words of new mentions into the story's, and return its topic. The caller saves the story."""
    counts: Counter[str] = Counter(story.words)
    for mention in mentions:
        counts.update(words_of(mention))
        counts[_TOTAL] += 1
    story.words = dict(counts)
    return topic_of_story(story.words)


def topic_of_story(words: Mapping[str, int]) -> Topic:
    """Return the topic of a story from its counted words."""
    return topic_from({word: n for word, n in words.items() if word != _TOTAL}, words.get(_TOTAL, 0))
