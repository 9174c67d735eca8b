"""Writing the history: one event for each version of a review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F

from reviews import chain
from reviews.errors import Conflict
from reviews.models import Review, ReviewEvent
from reviews.services.standing import current_state, footing, surroundings

STANDS = "stands"
"""The key in an event's details under which the hash of where the review stood then is kept."""


REGROUPED = "regrouped"
"""The key under which the hash of a regrouping and its judgements is kept."""


CORRECTED = "corrected"
"""The key under which the hash of a correction is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to a review, before it is a line of the history. ``actor`` None: the system."""

    action: str
    from_status: str
    to_status: str
    actor: User | None = None
    note: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    assessment: int | None = None


def change(review: Review, values: Mapping[str, object], entry: Entry, now: datetime) -> ReviewEvent:
    """Set columns of the review, guarded by status and version, with one event, which is returned.

    Raises Conflict, with the current state, if somebody was faster; then nothing is written.
    """
    updated = Review.objects.filter(pk=review.pk, status=review.status, version=review.version).update(
        version=F("version") + 1, updated_at=now, **values
    )
    if not updated:
        raise Conflict(current=current_state(Review.objects.select_related("assignee").get(pk=review.pk)))
    for name, value in {**values, "version": review.version + 1, "updated_at": now}.items():
        setattr(review, name, value)
    return record(review, entry, now)


def record(review: Review, entry: Entry, now: datetime) -> ReviewEvent:
    """Append ``entry`` as the event of the version that ``review`` has just reached.

    Call it in the transaction that raised the version: the guarded UPDATE holds the row, so nobody can come between.
    """
    last = ReviewEvent.objects.filter(review=review, sequence=review.version - 1).values_list("hash", flat=True)
    told = surroundings(review)
    event = ReviewEvent(
        review=review,
        sequence=review.version,
        actor=entry.actor,
        actor_name=entry.actor.get_username() if entry.actor else "",
        action=entry.action,
        from_status=entry.from_status,
        to_status=entry.to_status,
        note=entry.note,
        details={**entry.details, **told, STANDS: footing(review, told)},
        assessment_id=entry.assessment,
        created_at=now,
        previous=last.first() or chain.genesis(review.pk),
    )
    event.hash = chain.digest(hashed_fields(event))
    event.save(force_insert=True)
    return event


def hashed_fields(event: ReviewEvent) -> dict[str, object]:
    """Every column that the hash covers: all but ``id`` and ``hash``."""
    return {
        f.attname: getattr(event, f.attname) for f in event._meta.concrete_fields if f.attname not in {"id", "hash"}
    }
