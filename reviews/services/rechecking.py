"""Marking a decided claim whose evidence changed. The verdict stands until a person changes it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.models import Assessment
from reviews.models import Review
from reviews.services.history import Entry, record
from reviews.workflow import DECIDED, Verdict

RECHECK = "recheck"


def recheck_if_turned(review: Review, assessment: Assessment) -> bool:
    """Mark the review if ``assessment`` speaks against its verdict and the one it was decided on did not."""
    if review.status not in DECIDED or review.decided_on is None:
        return False
    reason = turned(Verdict(review.verdict), review.decided_on, assessment)
    return bool(reason) and mark(review, reason, assessment)


def turned(verdict: Verdict, before: Assessment, now: Assessment) -> str:
    """Why the evidence no longer is what the verdict was decided on, or ""."""
    against = {
        Verdict.CORROBORATED: (Assessment.Suggestion.DISPUTED,),
        Verdict.REFUTED: (Assessment.Suggestion.CORROBORATED,),
        Verdict.DISPUTED: (Assessment.Suggestion.CORROBORATED,),
    }[verdict]
    if now.suggested in against and before.suggested not in against:
        return (
            f"Decided {verdict.value} when {before.independent_origins} independent origins were known "
            f"and {before.suggested} was suggested; now there are {now.independent_origins}, "
            f"and {now.suggested} is suggested."
        )
    return ""


@transaction.atomic
def mark(review: Review, reason: str, assessment: Assessment | None = None) -> bool:
    """Mark a decided review for re-check, by the system. False if it is not decided or somebody was faster."""
    now = timezone.now()
    changed = Review.objects.filter(pk=review.pk, status__in=DECIDED, version=review.version).update(
        recheck_reason=reason, recheck_at=now, version=F("version") + 1, updated_at=now
    )
    if not changed:
        return False
    review.refresh_from_db()
    entry = Entry(
        RECHECK,
        review.status,
        review.status,
        note=reason,
        assessment=assessment.pk if assessment else review.decided_on_id,
    )
    record(review, entry, now)
    return True
