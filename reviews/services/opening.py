"""A scored claim gets a review; a decided one whose evidence turned is marked for re-check."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from claims.models import Assessment, Claim, Mention
from reviews.models import Review
from reviews.services.history import Entry, record
from reviews.services.rechecking import recheck_if_turned
from reviews.workflow import Status


def on_claim_assessed(sender: object, *, claim: Claim, assessment: Assessment, **_: object) -> None:
    """The listener of ``claims.signals.claim_assessed``."""
    open_review(claim, assessment)


@transaction.atomic
def open_review(claim: Claim, assessment: Assessment | None = None) -> Review:
    """The claim's review: opened if there is none, else brought up to date with the new assessment."""
    stated = Mention.objects.filter(claim=claim, article__withdrawn_at__isnull=True)
    urgency = {
        "contested": assessment is not None and assessment.suggested == Assessment.Suggestion.DISPUTED,
        "outlets": stated.values("article__source").distinct().count(),
        "worth": claim.worth,
        "fragment": claim.fragment,
    }
    review, created = Review.objects.get_or_create(claim=claim, defaults=urgency)
    if created:
        entry = Entry("open", "", Status.UNVERIFIED, assessment=assessment.pk if assessment else None)
        record(review, entry, timezone.now())
        return review
    Review.objects.filter(pk=review.pk).update(**urgency)
    if assessment is not None:
        recheck_if_turned(review, assessment)
    return review
