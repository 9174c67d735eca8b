"""Notes of the matcher to the people: what it refused, and what it would do to claims that they have decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from claims.models import Claim, MatchNote, Mention

_SHOWN = 160


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
    """Store the notes; what was noted before is not noted again."""
    MatchNote.objects.bulk_create(notes, ignore_conflicts=True)


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
