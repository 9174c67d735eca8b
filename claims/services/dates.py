"""When an article was published: what may be given, and what a text or a page says of itself and may be right."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from claims.errors import IngestError

Given = datetime | date | None

EARLIEST = datetime(1600, 1, 1, tzinfo=UTC)
"""No newspaper is older (the first, the Relation of Strasbourg, came out in 1605). Systems write the first day of their
calendar where they know no date (0001-01-01), and what lies at its edge has no days before or after to compare with."""

CLOCK_SLACK = timedelta(minutes=5)
FARTHEST_ZONE = timedelta(hours=14)
"""A bare date may be tomorrow's: it is already tomorrow in Kiribati (UTC+14)."""


def parse_date(text: str) -> datetime | date:
    """Parse an ISO 8601 date or moment; raises ValueError."""
    text = text.strip()
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def checked(published: Given) -> datetime | None:
    """Return the moment that is given, in UTC; a date is its beginning. Raises IngestError for one that cannot be."""
    moment = moment_of(published)
    if moment is None or published is None:
        return None
    if moment > timezone.now() + (CLOCK_SLACK if isinstance(published, datetime) else FARTHEST_ZONE):
        raise IngestError(f"in the future: {published.isoformat()}", field="published")
    if moment < EARLIEST:
        raise IngestError(f"before there were newspapers: {published.isoformat()}", field="published")
    return moment


def plausible(published: Given | str) -> datetime | None:
    """Return the moment that a text or a page says it is of; None where it cannot be: it knows no better."""
    try:
        return checked(parse_date(published) if isinstance(published, str) else published)
    except (IngestError, ValueError):
        return None


def moment_of(published: Given) -> datetime | None:
    """Return the moment in UTC; a date is its beginning. Raises IngestError where the calendar has no such moment."""
    if published is None:
        return None
    if not isinstance(published, datetime):
        published = datetime.combine(published, time())
    try:  # in UTC, because PostgreSQL takes no offset of sixteen hours or more
        return published.astimezone(UTC) if published.tzinfo else published.replace(tzinfo=UTC)
    except OverflowError:
        raise IngestError("there is no such moment", field="published") from None
