"""Where a claim stands with the people, and the history of how it came there."""

from django.conf import settings
from django.db import models

from claims.models import Assessment, Claim
from reviews import workflow


class Review(models.Model):
    """Where a Claim stands: status, assignee, proposed verdict. ``version`` counts its changes."""

    class Status(models.TextChoices):
        UNVERIFIED = workflow.Status.UNVERIFIED.value, "unverified"
        IN_REVIEW = workflow.Status.IN_REVIEW.value, "in review"
        PROPOSED = workflow.Status.PROPOSED.value, "proposed"
        CORROBORATED = workflow.Status.CORROBORATED.value, "corroborated"
        DISPUTED = workflow.Status.DISPUTED.value, "disputed"
        REFUTED = workflow.Status.REFUTED.value, "refuted"
        DISMISSED = workflow.Status.DISMISSED.value, "dismissed"

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="review")
    status = models.CharField(max_length=20, choices=Status, default=Status.UNVERIFIED)
    version = models.PositiveIntegerField(default=1)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    verdict = models.CharField(max_length=20, blank=True, help_text="As proposed, or as approved.")
    rationale = models.TextField(blank=True)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recheck_reason = models.TextField(blank=True)
    recheck_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["status", "-id"])]

    def __str__(self) -> str:
        return f"{self.status}: claim {self.claim_id}"


class ReviewEvent(models.Model):
    """One line of the append-only history. The database refuses to change or delete it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Null: the system.",
    )
    action = models.CharField(max_length=20)
    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["review_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["review", "sequence"], name="reviews_event_sequence")]

    def __str__(self) -> str:
        return f"{self.action} #{self.sequence} of review {self.review_id}"
