"""Proving the history: every line follows from the one before, every review stands where its history says it stands,
every seal is met, and the database still refuses to change any of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from reviews import chain
from reviews.models import HistorySeal, Review, ReviewEvent
from reviews.services.history import hashed_fields

GUARDS = {
    "sqlite": tuple(
        f"{table}_no_{verb}"
        for table in ("reviews_reviewevent", "reviews_historyseal")
        for verb in ("update", "delete")
    ),
    "postgresql": tuple(
        f"{table}_{name}"
        for table in ("reviews_reviewevent", "reviews_historyseal")
        for name in ("only_grows", "no_truncate")
    ),
}
"""The triggers that keep the history, by the database that they stand in."""

_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written. ``where`` names the line."""

    where: str
    what: str


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
    """Go through the whole history. ``anchor`` is the hash of a seal that somebody kept: it has to be there still."""
    faults: list[Fault] = list(_missing_guards())
    seals = list(HistorySeal.objects.order_by("sequence"))
    faults += _broken_seals(seals)
    if anchor and anchor not in {seal.hash for seal in seals}:
        faults.append(Fault(f"seal {anchor}", "there is no such seal"))
    heads = {(int(review), number): sha for seal in seals for review, (number, sha) in seal.heads.items()}
    walk = _Walk(heads)
    events = ReviewEvent.objects.order_by("review_id", "sequence").annotate(claim_id=F("review__claim_id"))
    for event in events.iterator(chunk_size=2000):
        walk.step(event)
    faults += walk.faults
    faults += _ends(walk.ends)
    faults += [
        Fault(f"review {r}, line {n}", "sealed, and no longer there") for r, n in sorted(heads.keys() - walk.seen)
    ]
    newest = seals[-1].hash if seals else ""
    return Proof(len(walk.ends), walk.count, len(seals), newest, tuple(faults))


class _Walk:
    """One pass over all events in the order of their chains; keeps the first fault of each chain."""

    def __init__(self, heads: dict[tuple[int, int], str]) -> None:
        self.heads, self.count = heads, 0
        self.faults: list[Fault] = []
        self.ends: dict[int, ReviewEvent] = {}
        self.seen: set[tuple[int, int]] = set()
        self._broken: set[int] = set()

    def step(self, event: ReviewEvent) -> None:
        self.count += 1
        place = (event.review_id, event.sequence)
        if place in self.heads:
            self.seen.add(place)
        what = self._fault(event)
        self.ends[event.review_id] = event
        if what and event.review_id not in self._broken:
            self._broken.add(event.review_id)
            self.faults.append(Fault(_name(event), what))

    def _fault(self, event: ReviewEvent) -> str:
        last = self.ends.get(event.review_id)
        if event.sequence != (last.sequence if last else 0) + 1:
            return f"lines are missing before it: it follows line {last.sequence if last else 0}"
        if event.hash != chain.digest(hashed_fields(event)):
            return "its hash is not that of its content: the line was changed"
        if event.previous != (last.hash if last else chain.genesis(event.review_id)):
            return "it does not follow from the line before"
        if last and event.from_status != last.to_status:
            return f"it starts from {event.from_status}, but the line before ended in {last.to_status}"
        if self.heads.get((event.review_id, event.sequence), event.hash) != event.hash:
            return "it is not the line that was sealed"
        return ""


def _name(event: ReviewEvent) -> str:
    return f"event {event.pk} (claim {event.claim_id}, review {event.review_id}, line {event.sequence})"  # type: ignore[attr-defined]


def _ends(ends: dict[int, ReviewEvent]) -> Iterator[Fault]:
    """Reviews that do not stand where their last line leaves them."""
    rows = Review.objects.order_by("id").values_list("id", "claim_id", "version", "status")
    for pk, claim_id, version, status in rows.iterator(chunk_size=2000):
        end, name = ends.get(pk), f"review {pk} (claim {claim_id})"
        if end is None:
            yield Fault(name, "it has no history")
        elif end.sequence != version:
            yield Fault(name, f"it is at version {version}, but its history ends with line {end.sequence}")
        elif end.to_status != status:
            yield Fault(name, f"it is {status}, but its history ends with {end.to_status}")


def _broken_seals(seals: list[HistorySeal]) -> Iterator[Fault]:
    previous = chain.SEAL_GENESIS
    for number, seal in enumerate(seals, start=1):
        if seal.sequence != number or seal.previous != previous or seal.hash != chain.digest(seal_fields(seal)):
            yield Fault(f"seal {seal.sequence}", "it was changed, or a seal before it is missing")
            return
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
