"""Where a review stands, as columns: to carry it over, to write it down, and to bring it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from claims.models import Claim, Correction, Judgement, Regrouping
from claims.services import ledger, reliability, settling
from reviews import chain
from reviews.errors import CurrentState
from reviews.models import HistorySeal, Note, Review
from reviews.workflow import Status

FORMAT = 3
"""Of an event. The first told nothing of the claim, the notes and the seals, the second nothing of the ledger; their
events go on being proved as such."""

TOLD = ("format", "claim", "notes", "seal", "ledger")
"""The keys of an event's details that ``surroundings`` gives."""

COLUMNS = (
    "status", "assignee_id", "lease_until", "verdict", "rationale", "evidence", "proposer_id", "approver_id",
    "decided_on_id", "decided_at", "dismissal", "recheck_reason", "recheck_at",
)  # fmt: skip
"""What a review's standing is made of."""

_HOLDS = {Status.CORROBORATED.value: True, Status.REFUTED.value: False}
"""What a verdict says of the claim; a disputed one says nothing."""

_MOMENTS = frozenset({"lease_until", "decided_at", "recheck_at"})


def standing(review: Review) -> dict[str, object]:
    """The review's standing, by column."""
    return {name: getattr(review, name) for name in COLUMNS}


def footing(review: Review, told: Mapping[str, object] | None = None) -> str:
    """Return the hash of where the review stands, of which claim it is, and of what its event tells beside that.

    Each event keeps the one that it led to. ``told`` is what ``surroundings`` gave then; events of the first format
    have none.
    """
    return chain.digest({"claim_id": review.claim_id, **standing(review), **(told or {})})


def surroundings(review: Review) -> dict[str, object]:
    """Return what a decision is about and rests on beside the review's own columns, as it is now, for its event.

    The claim's text and figure; how many notes there are, with their hash; and the newest seal and the newest line of
    the ledger, which so cannot be taken away unseen. The figure is text: a database may write a number in another way
    than it was given.
    """
    claim = Claim.objects.filter(pk=review.claim_id).values_list("text", "assessment__figure").first()
    seal = HistorySeal.objects.order_by("-sequence").values_list("sequence", "hash").first()
    notes = list(notes_of(review.pk))
    return {
        "format": FORMAT,
        "claim": {"text": claim[0], "figure": chain.canonical(claim[1]) if claim[1] else ""} if claim else {},
        "notes": [len(notes), notes_digest(notes)],
        "seal": list(seal) if seal else [],
        "ledger": ledger.head(),
    }


def notes_of(review_id: int) -> QuerySet[Note]:
    """Return the notes on a review in the order in which they were written."""
    return Note.objects.filter(review=review_id).order_by("pk")


def notes_digest(notes: Sequence[Note]) -> str:
    """Return the hash of these notes: who wrote what, and when."""
    lines = [[n.pk, n.author_id, n.text, chain.canonical({"at": n.created_at})] for n in notes]
    return chain.digest({"notes": lines})


def regrouped(done: Regrouping) -> list[object]:
    """Return what an event keeps of a regrouping: the ids of the judgements that it gave and took back, and the hash
    of it and of them."""
    words = sorted(Judgement.objects.filter(regroupings=done.pk).values_list("pk", flat=True))
    return [words, regrouping_digest(done, words)]


def regrouping_digest(done: Regrouping, words: Sequence[int]) -> str:
    """Return the hash of what a person regrouped and of these judgements (ids), as they were given."""
    given = Judgement.objects.filter(pk__in=words).order_by("pk")
    return chain.digest(
        {
            "regrouping": [done.pk, done.kind, done.source_id, done.target_id, done.moved, done.why, done.by_id],
            "at": done.created_at,
            "judgements": [list(word) for word in given.values_list("pk", "left", "right", "word", "by", "why")],
        }
    )


def corrected(done: Correction) -> str:
    """Return the hash of a correction as it was given, whether or not it was taken back since.

    What was read and what was put in its place is hashed as the database holds it.
    """
    kept = Correction.objects.get(pk=done.pk)
    return chain.digest(
        {
            "correction": [kept.pk, kept.kind, kept.mention_id, kept.claim_id, kept.replaces_id, kept.why, kept.by_id],
            "at": kept.created_at,
            "words": [kept.read, kept.corrected, kept.judgements],
        }
    )


def written(values: Mapping[str, object]) -> dict[str, object]:
    """A standing as JSON can hold it."""
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def read(values: Mapping[str, object]) -> dict[str, object]:
    """A standing as ``written`` put it down."""
    return {k: parse_datetime(v) if k in _MOMENTS and isinstance(v, str) else v for k, v in values.items()}


def current_state(review: Review) -> CurrentState:
    """Where the review stands, to be told to whoever was refused."""
    return CurrentState(
        claim=review.claim_id,
        status=review.status,
        version=review.version,
        assignee=review.assignee.get_username() if review.assignee else None,
        verdict=review.verdict,
    )


def tell_facts(claim_id: int, before: str, after: str) -> None:
    """Tell the facts what people do: the matcher leaves a claim as it is from the moment that somebody works on it,
    and scoring learns from verdicts.

    Call it before the review is changed: scoring locks the claim first, then its review, and so does this.
    """
    if before == after:
        return
    if after == Status.UNVERIFIED:
        settling.unsettle(claim_id)
    elif before == Status.UNVERIFIED:
        settling.settle(claim_id)
    if {before, after} & _HOLDS.keys():
        reliability.record_verdict(claim_id, _HOLDS.get(after))
