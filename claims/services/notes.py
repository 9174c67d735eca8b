"""Notes of the matcher to the people: what it refused, and what it would do to claims that they have decided."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.models import Claim, MatchNote, Mention

_SHOWN = 160
_SUGGESTS = Q(kind__in=[MatchNote.Kind.MERGE, MatchNote.Kind.SPLIT])


def refusal(mention: Mention, claim: Claim, judgement_id: int) -> MatchNote:
    """Return the note that ``mention`` looks like ``claim`` and a judgement keeps it out."""
    return MatchNote(
        kind=MatchNote.Kind.REFUSED,
        claim=claim,
        judgement_id=judgement_id,
        text=f"By its words this mention belongs here, and a judgement says it does not: {mention.quote[:_SHOWN]}",
        key=_digest("refused", claim.pk, mention.article_id, mention.start, mention.end, judgement_id),
    )


def merge_suggestion(claim: Claim, other: Claim) -> MatchNote:
    """Return the note that re-matching would make one claim of two."""
    return MatchNote(
        kind=MatchNote.Kind.MERGE,
        claim=claim,
        other=other,
        text=f"Re-matching would merge this with claim {other.pk}: {other.text[:_SHOWN]}",
        key=_digest("merge", *sorted((claim.pk, other.pk))),
    )


def split_suggestion(claim: Claim, mentions: Iterable[Mention]) -> MatchNote:
    """Return the note that re-matching would take these mentions out of a decided claim."""
    away = sorted(mentions, key=lambda m: m.pk)
    return MatchNote(
        kind=MatchNote.Kind.SPLIT,
        claim=claim,
        text=f"Re-matching would take {len(away)} mention(s) out of this claim: {away[0].quote[:_SHOWN]}",
        key=_digest("split", claim.pk, *(m.pk for m in away)),
    )


def keep(notes: Iterable[MatchNote]) -> None:
    """Store the notes; what was noted before is not noted again, and open again where it had been closed."""
    found = list(notes)
    MatchNote.objects.bulk_create(found, ignore_conflicts=True)
    closed = MatchNote.objects.filter(key__in=[note.key for note in found], closed_at__isnull=False)
    closed.update(closed_at=None)


def keep_only(claim_ids: Collection[int], notes: Iterable[MatchNote]) -> None:
    """Store these suggestions on the claims of a story, and close those that re-matching makes no more."""
    found = list(notes)
    _close(MatchNote.objects.filter(_SUGGESTS, claim__in=claim_ids).exclude(key__in=[note.key for note in found]))
    keep(found)


def close_regrouped(claim_ids: Collection[int]) -> None:
    """Close what people have dealt with by regrouping these claims; re-matching opens again what it still suggests.

    A claim that was merged into another one has nothing open.
    """
    ours = Q(claim__in=claim_ids)
    done = ours & Q(kind=MatchNote.Kind.SPLIT) | ours & Q(other__in=claim_ids)
    gone = Q(claim__in=claim_ids, claim__merged_into__isnull=False) | Q(
        other__in=claim_ids, other__merged_into__isnull=False
    )
    _close(MatchNote.objects.filter(done | gone))


def close_refusals(judgement_ids: Collection[int]) -> None:
    """Close what was refused because of judgements that were taken back."""
    _close(MatchNote.objects.filter(kind=MatchNote.Kind.REFUSED, judgement__in=judgement_ids))


def _close(notes: QuerySet[MatchNote]) -> None:
    notes.filter(closed_at__isnull=True).update(closed_at=timezone.now())


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
