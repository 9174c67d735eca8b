"""Proving the history: every line follows from the one before, every review stands where its history says it stands,
every seal is met, and the database still refuses to change any of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db import connection

from claims.models import Correction, Regrouping
from reviews import chain
from reviews.models import HistorySeal, Review, ReviewEvent
from reviews.services.history import CORRECTED, REGROUPED, STANDS, hashed_fields
from reviews.services.ledger_proof import LedgerProof, prove
from reviews.services.proofs import UNREADABLE, Fault
from reviews.services.standing import TOLD, corrected, footing, notes_digest, notes_of, regrouping_digest

CHUNK = 2000

KEPT = ("reviews_reviewevent", "reviews_historyseal", "claims_ledgerline", "reviews_publicationversion")
"""The tables that only grow."""

LEDGER = "ledger"
"""The key in a seal's heads and in an event's details under which the newest line of the ledger is kept."""

GUARDS = {
    "sqlite": tuple(f"{table}_no_{verb}" for table in KEPT for verb in ("update", "delete", "replace")),
    "postgresql": tuple(f"{table}_{name}" for table in KEPT for name in ("only_grows", "no_truncate")),
}
"""The triggers that keep the history, by the database that they stand in."""

_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}

_BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was gone through, and the first fault of each chain; none: the history is whole.

    ``newest`` is the hash of the newest seal: kept elsewhere, it vouches for everything before it.
    """

    reviews: int
    events: int
    seals: int
    newest: str
    faults: tuple[Fault, ...]


def verify(anchor: str = "") -> Proof:
    """Go through the whole history. ``anchor`` is the hash of a seal that somebody kept: it has to be there still.

    Events and reviews are read as streams, side by side, so that the length of the history costs time and no memory;
    what is kept of it is the ends of the chains that seals vouch for.
    """
    walk = _Walk()
    with _one_moment():
        walk.ledger = prove()
        faults: list[Fault] = [*_missing_guards(), *walk.ledger.faults, *_broken_seals(walk)]
        if anchor and anchor not in walk.seals:
            faults.append(Fault(f"seal {anchor}", "there is no such seal"))
        try:
            faults += _broken_chains(walk)
        except UNREADABLE as error:
            faults += list(_unreadable()) or [Fault("the history", f"it cannot be read: {error}")]
            walk.heads.clear()
    lost = (Fault(f"review {r}, line {n}", "sealed, and no longer there") for r, n in sorted(walk.heads))
    return Proof(walk.reviews, walk.events, len(walk.seals), walk.newest, (*faults, *lost))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything is read as it was at one moment, while people go on working: nobody waits, and nobody is suspected."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _broken_chains(walk: _Walk) -> Iterator[Fault]:
    lines = ReviewEvent.objects.order_by("review_id", "sequence").iterator(chunk_size=CHUNK)
    rows = Review.objects.order_by("id").iterator(chunk_size=CHUNK)
    try:
        for review_id, review, chain_ in _side_by_side(rows, groupby(lines, key=attrgetter("review_id"))):
            fault = walk.chain(review_id, review, chain_)
            if fault is not None:
                yield fault
    finally:  # also where a row cannot be read
        for stream in (lines, rows):
            stream.close()  # type: ignore[union-attr]


def _unreadable() -> Iterator[Fault]:
    """Lines that the database itself cannot give back any more: SQLite takes bytes that are no text and no moment."""
    for pk in ReviewEvent.objects.order_by("id").values_list("id", flat=True):
        try:
            ReviewEvent.objects.get(pk=pk)
        except UNREADABLE as error:
            yield Fault(f"event {pk}", f"it cannot be read: {error}")


Chain = tuple[int, Iterator[ReviewEvent]]


def _side_by_side(
    reviews: Iterator[Review], chains: Iterator[Chain]
) -> Iterator[tuple[int, Review | None, Iterator[ReviewEvent]]]:
    """Join two streams in the order of the reviews' ids; a side that has nothing for an id is None, or empty."""
    review, chain_ = next(reviews, None), next(chains, None)
    while review is not None or chain_ is not None:
        if review is not None and (chain_ is None or review.pk < chain_[0]):
            yield review.pk, review, iter(())
            review = next(reviews, None)
        elif chain_ is not None and (review is None or chain_[0] < review.pk):
            yield chain_[0], None, chain_[1]
            chain_ = next(chains, None)
        elif review is not None and chain_ is not None:
            yield review.pk, review, chain_[1]
            review, chain_ = next(reviews, None), next(chains, None)


class _Walk:
    """One pass over all chains.

    ``heads`` are the sealed lines, (review, sequence) -> hash, less those that were met.
    """

    def __init__(self) -> None:
        self.heads: dict[tuple[int, int], str] = {}
        self.seals: dict[str, int] = {}
        self.sealed: dict[int, int] = {}
        self.ledger = LedgerProof()
        self.newest = ""
        self.reviews = self.events = 0

    def chain(self, review_id: int, review: Review | None, lines: Iterator[ReviewEvent]) -> Fault | None:
        """The first fault of a review's chain, or of the review itself: it has to stand where its last line left it."""
        fault, last = None, None
        claim = f"claim {review.claim_id}, " if review else ""
        for event in lines:
            self.events += 1
            sealed = self.heads.pop((review_id, event.sequence), event.hash)
            if fault is None and (what := _broken(event, last, sealed) or self._unmet(event)):
                fault = Fault(f"event {event.pk} ({claim}review {review_id}, line {event.sequence})", what)
            last = event
        self.reviews += last is not None
        if fault is None and (what := _misplaced(review, last) or self._unsealed(review)):
            fault = Fault(f"review {review_id}" + (f" (claim {review.claim_id})" if review else ""), what)
        return fault

    def _unmet(self, event: ReviewEvent) -> str:
        """What a line names that is no longer as it was: a seal, a line of the ledger, or what was regrouped."""
        seal = event.details.get("seal")
        if seal and seal[1] not in self.seals:
            return f"it names seal {seal[0]}, and that seal is no longer there"
        if not self.ledger.has(event.details.get(LEDGER)):
            return f"it names line {event.details[LEDGER][0]} of the ledger, and that line is no longer there"
        if CORRECTED in event.details:
            return _correction_was_changed(event)
        if REGROUPED not in event.details:
            return ""
        done = Regrouping.objects.filter(pk=event.details["regrouping"]).first()
        words, sha = event.details[REGROUPED]
        if done is None or regrouping_digest(done, words) != sha:
            return f"regrouping {event.details['regrouping']}, or a judgement that it gave, was changed"
        return ""

    def _unsealed(self, review: Review | None) -> str:
        """What a review says was sealed of it, and no seal says any more."""
        sealed = self.sealed.get(review.pk, 0) if review else 0
        if review is not None and review.sealed_version > sealed:
            return f"it was sealed up to line {review.sealed_version}, and the seals that say so are gone"
        return ""


def _correction_was_changed(event: ReviewEvent) -> str:
    done = Correction.objects.filter(pk=event.details["correction"]).first()
    if done is None or corrected(done) != event.details[CORRECTED]:
        return f"correction {event.details['correction']} was changed"
    return ""


def _broken(event: ReviewEvent, last: ReviewEvent | None, sealed: str) -> str:
    if event.sequence != (last.sequence if last else 0) + 1:
        return f"lines are missing before it: it follows line {last.sequence if last else 0}"
    if event.hash != chain.digest(hashed_fields(event)):
        return "its hash is not that of its content: the line was changed"
    if event.previous != (last.hash if last else chain.genesis(event.review_id)):
        return "it does not follow from the line before"
    if last and event.from_status != last.to_status:
        return f"it starts from {event.from_status}, but the line before ended in {last.to_status}"
    if sealed != event.hash:
        return "it is not the line that was sealed"
    return ""


def _misplaced(review: Review | None, last: ReviewEvent | None) -> str:
    """In what a review is not as its last line left it."""
    if review is None:
        return "there are lines of it, and no such review"
    if last is None:
        return "it has no history"
    if last.sequence != review.version:
        return f"it is at version {review.version}, but its history ends with line {last.sequence}"
    if last.to_status != review.status:
        return f"it is {review.status}, but its history ends with {last.to_status}"
    told = {key: last.details[key] for key in TOLD if key in last.details}
    if told and _notes_were_changed(review, told["notes"]):
        return "a note that its last line counts was changed or taken away"
    if last.details.get(STANDS) != footing(review, told):
        return "it does not stand as its last line left it: who holds, proposed or decided it, or why, was changed"
    return ""


def _notes_were_changed(review: Review, counted: tuple[int, str]) -> bool:
    return notes_digest(list(notes_of(review.pk)[: counted[0]])) != counted[1]


def _broken_seals(walk: _Walk) -> Iterator[Fault]:
    """Go through the seals, and let ``walk`` know what they vouch for; the first that is broken."""
    previous, broken = chain.SEAL_GENESIS, False
    for number, seal in enumerate(HistorySeal.objects.order_by("sequence").iterator(chunk_size=1), start=1):
        walk.seals[seal.hash] = number
        walk.newest = seal.hash
        whole = seal.sequence == number and seal.previous == previous and seal.hash == chain.digest(seal_fields(seal))
        heads = {int(review): head for review, head in seal.heads.items() if review != LEDGER}
        if not walk.ledger.has(seal.heads.get(LEDGER)):
            yield Fault(f"line {seal.heads[LEDGER][0]} of the ledger", f"sealed by seal {number}, and no longer there")
        if whole:
            walk.heads |= {(review, sequence): sha for review, (sequence, sha) in heads.items()}
            walk.sealed |= {review: sequence for review, (sequence, _) in heads.items()}
        elif not broken:
            broken = True
            yield Fault(f"seal {seal.sequence}", "it was changed, or a seal before it is missing")
        previous = seal.hash


def seal_fields(seal: HistorySeal) -> dict[str, object]:
    """What a seal's hash covers."""
    return {
        "sequence": seal.sequence,
        "heads": seal.heads,
        "created_at": seal.created_at,
        "previous": seal.previous,
    }


def _missing_guards() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        installed = {name for (name,) in cursor.fetchall()}
    for name in GUARDS[connection.vendor]:
        if name not in installed:
            yield Fault(
                f"trigger {name}", "it is missing or switched off: the database would let the history be changed"
            )
