"""Possible duplicates of a claim: in its story, and in stories of the same days.

They are found here, and kept by ``pairs``. What people said is not the same is not offered again: their word is a
judgement, which binds the matcher too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from claims.engine.matching.candidates import Candidate, rank
from claims.engine.matching.claims import ClaimProfile, context_of, key_weight
from claims.errors import MatchingError
from claims.models import CandidatePair, Claim, ClaimKey, Judgement, Mention, Story
from claims.services import binding, judgements, regrouping, standing
from claims.services.binding import Bindings, Word
from claims.services.dates import EARLIEST

MOST_COMPARED = 60
"""So many claims at most are compared with one: those that share its rarest keys."""
_ELSEWHERE = 10
"""Under a key that more claims of other stories hold, nothing is looked for there."""
_SHARED = 2
"""So many keys at least a claim of another story has to share."""
APART = timedelta(days=14)
"""So far apart at most the last articles of two stories may be."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A possible duplicate: the claim, how near it ranks, and why."""

    claim: Claim
    candidate: Candidate


def candidates_of(claim_id: int) -> tuple[Offer, ...]:
    """Return the possible duplicates of a claim, the nearest first, at most ten; none of a merged claim.

    Raises ``Claim.DoesNotExist``.
    """
    claim = Claim.objects.select_related("story").get(pk=claim_id)
    if claim.merged_into_id is not None or claim.story is None:
        return ()
    near = _near(claim)
    found = Claim.objects.select_related("story").defer("story__words", "story__profile").in_bulk([*near, claim.pk])
    profiles = _profiles(list(found.values()))
    mine = profiles.pop(claim.pk, None)
    if mine is None:
        return ()
    context = context_of(standing.topic_of_story(claim.story.words))
    ranked = rank(mine, list(profiles.values()), context, never=said_not_same(claim.pk))
    return tuple(Offer(found[int(candidate.claim)], candidate) for candidate in ranked)


def _near(claim: Claim) -> list[int]:
    """Return the claims that share keys with this one, those of the rarest first."""
    keys = list(ClaimKey.objects.filter(claim=claim).values_list("key", flat=True))
    votes: Counter[int] = Counter()
    for key, other in _under(keys, Q(claim__story=claim.story_id)).exclude(claim=claim).values_list("key", "claim_id"):
        votes[other] += round(100 * key_weight(key))
    for other, vote in _elsewhere(claim.story, keys).items():
        votes[other] += vote
    return sorted(votes, key=lambda c: (-votes[c], c))[:MOST_COMPARED]


def _under(keys: Collection[str], where: Q) -> QuerySet[ClaimKey]:
    return ClaimKey.objects.filter(where, key__in=keys, claim__merged_into__isnull=True)


def _elsewhere(story: Story | None, keys: Collection[str]) -> Counter[int]:
    """Return the claims of other stories of the same days that share rare keys, with the votes of these."""
    last = story.last_published_at if story is not None else None
    if story is None or last is None or last < EARLIEST:
        return Counter()
    days = Q(claim__story__last_published_at__range=(last - APART, last + APART)) & ~Q(claim__story=story)
    under: dict[str, list[int]] = {}
    for key in sorted(keys, key=lambda k: (-key_weight(k), k))[:_ELSEWHERE]:
        holding = list(_under([key], days).values_list("claim_id", flat=True)[: _ELSEWHERE + 1])
        under[key] = holding if len(holding) <= _ELSEWHERE else []
    shared = Counter(other for holding in under.values() for other in holding)
    votes = Counter[int]()
    for key, holding in under.items():
        votes.update({other: round(100 * key_weight(key)) for other in holding if shared[other] >= _SHARED})
    return votes


def _profiles(claims: Sequence[Claim]) -> dict[int, ClaimProfile]:
    stories = {claim.story_id for claim in claims if claim.story_id is not None}
    found: dict[int, ClaimProfile] = {}
    for story in sorted(stories):
        ids = [str(claim.pk) for claim in claims if claim.story_id == story]
        for key, held in standing.load(story, ids).items():
            found[int(key)] = ClaimProfile(key, tuple(held.read))
    return found


def said_not_same(claim_id: int) -> frozenset[str]:
    """Return the ids of the claims that hold a mention which people said is not the same as one of this claim."""
    mentions = regrouping.mentions_of(Claim(pk=claim_id))
    bindings = Bindings.of(binding.in_force_for({m.article.content_hash for m in mentions}))
    names = binding.judged(bindings.keys(), mentions)
    apart = {other for name in names.values() for other in bindings.kept_apart_from(name)}
    return frozenset(str(home) for home in binding.homes(apart).values())


@transaction.atomic
def say_not_same(claim_id: int, other_id: int, *, by: User | None, why: str = "") -> list[Judgement]:
    """Record that two claims are not one: each of them is kept from the other for ever, by its mentions.

    Saying it again changes nothing. Raises ``MatchingError`` for one claim twice, a merged claim or one without
    mentions, ``JudgementConflict`` where what people said makes two of their mentions the same.
    """
    if claim_id == other_id:
        raise MatchingError("A claim is the same as itself.")
    claims = regrouping.lock_claims(claim_id, other_id)
    ones, others = (_standing(claims[pk]) for pk in (claim_id, other_id))
    words = [(ones[0], other, Word.DIFFERENT) for other in others]
    words += [(one, others[0], Word.DIFFERENT) for one in ones[1:]]
    both = Q(claim=claim_id, other=other_id) | Q(claim=other_id, other=claim_id)
    CandidatePair.objects.filter(both).delete()
    return judgements.say(words, by=by, why=why)


def _standing(claim: Claim) -> list[Mention]:
    if claim.merged_into_id is not None:
        raise MatchingError("A claim that was merged into another one is judged there.")
    found = regrouping.mentions_of(claim)
    if not found:
        raise MatchingError("A claim without mentions cannot be judged.")
    return found
