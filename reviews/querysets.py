"""What the doors read of reviews: each with the joins that its list needs, whatever its length."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q, QuerySet

from reviews.models import Publication, Review, ReviewEvent
from reviews.workflow import DECIDED, Status

_MOST_WORDS = 8


def reviews_for_desk() -> QuerySet[Review]:
    """Reviews with their claim and people."""
    return Review.objects.select_related("claim", "assignee", "proposer", "approver").order_by("-id")


def waiting(now: datetime) -> QuerySet[Review]:
    """Reviews that nobody holds and that wait for a reviewer, the most urgent first.

    Contested claims first, then those that many outlets carry, then those most worth checking, then the oldest. A
    fragment waits for nobody, and neither does what no outlet states any more.
    """
    return (
        Review.objects.filter(free(now), claim__merged_into__isnull=True, fragment=False, outlets__gt=0)
        .order_by("-contested", "-outlets", "-worth", "created_at", "id")
    )  # fmt: skip


def free(now: datetime) -> Q:
    """What a reviewer may take: undecided or marked for re-check, and held by nobody whose lease still runs."""
    unheld = Q(assignee__isnull=True) | Q(lease_until__lt=now)
    open_ = Q(status__in=[Status.UNVERIFIED, Status.IN_REVIEW])
    marked = Q(status__in=DECIDED, recheck_at__isnull=False)
    return unheld & (open_ | marked)


def history_of(claim_id: int) -> QuerySet[ReviewEvent]:
    """The events of a claim's review, the oldest first."""
    return ReviewEvent.objects.filter(review__claim_id=claim_id).select_related("actor").order_by("sequence")


def published() -> QuerySet[Publication]:
    """What readers can see, the newest first, each with its newest version and where its review stands."""
    found = Publication.objects.filter(withdrawn=False, current__isnull=False)
    return found.select_related("current", "review__claim").only(
        "verdict", "published_at", "changed_at", "withdrawn", "current__number", "current__kind", "current__snapshot",
        "current__why", "review__status", "review__claim__merged_into",
    ).order_by("-published_at", "-id")  # fmt: skip


def standing_by(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """Those whose verdict the desk stands by: one that was reopened, or merged away, is decided no more."""
    return publications.filter(review__status=F("verdict"), review__claim__merged_into__isnull=True)


def about(publications: QuerySet[Publication], words: str) -> QuerySet[Publication]:
    """Those that hold every one of these words, the first eight of them."""
    for word in words.split()[:_MOST_WORDS]:
        publications = publications.filter(folded__icontains=word)
    return publications
