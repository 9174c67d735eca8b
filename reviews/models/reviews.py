"""Where a claim stands with the people."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models import Assessment, Claim
from reviews import workflow


class Review(models.Model):
    """Where a Claim stands: status, assignee, proposed verdict.

    ``version`` counts its changes, and each change is one ReviewEvent of that sequence number.
    """

    class Status(models.TextChoices):
        UNVERIFIED = workflow.Status.UNVERIFIED.value, "unverified"
        IN_REVIEW = workflow.Status.IN_REVIEW.value, "in review"
        PROPOSED = workflow.Status.PROPOSED.value, "proposed"
        CORROBORATED = workflow.Status.CORROBORATED.value, "corroborated"
        DISPUTED = workflow.Status.DISPUTED.value, "disputed"
        REFUTED = workflow.Status.REFUTED.value, "refuted"
        DISMISSED = workflow.Status.DISMISSED.value, "dismissed"

    class Verdict(models.TextChoices):
        CORROBORATED = workflow.Verdict.CORROBORATED.value, "corroborated"
        DISPUTED = workflow.Verdict.DISPUTED.value, "disputed"
        REFUTED = workflow.Verdict.REFUTED.value, "refuted"

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="review")
    status = models.CharField(max_length=20, choices=Status, default=Status.UNVERIFIED)
    version = models.PositiveIntegerField(default=1)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    lease_until = models.DateTimeField(
        null=True, blank=True, help_text="After this moment another reviewer may take the claim."
    )
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, help_text="As proposed, or as approved.")
    rationale = models.TextField(blank=True)
    evidence = models.JSONField(
        default=dict, blank=True, help_text="What the verdict rests on: ids of mentions, and links."
    )
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The assessment at the time of the decision.",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    dismissal = models.CharField(max_length=20, blank=True)
    recheck_reason = models.TextField(blank=True)
    recheck_at = models.DateTimeField(null=True, blank=True)
    contested = models.BooleanField(default=False, help_text="The machine suggests: disputed.")
    outlets = models.PositiveIntegerField(default=0, help_text="How many sources carry the claim.")
    worth = models.FloatField(default=0.0, help_text="How much the claim is worth checking, from 0 to 1.")
    fragment = models.BooleanField(default=False, help_text="The claim's text cannot be understood by itself.")
    sealed_version = models.PositiveIntegerField(default=0, help_text="Up to where a seal vouches for its history.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["status", "-id"]),
            models.Index(
                fields=["fragment", "-contested", "-outlets", "-worth", "created_at", "id"],
                condition=Q(status__in=["unverified", "in_review"]) | Q(recheck_at__isnull=False),
                name="reviews_review_queue",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="proposed") | (Q(proposer__isnull=False) & ~Q(verdict="")),
                name="reviews_review_proposal",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["corroborated", "disputed", "refuted"])
                | (Q(verdict=models.F("status")) & Q(approver__isnull=False)),
                name="reviews_review_decision",
            ),
        ]
        permissions = [
            ("act_as_reviewer", "Can take, propose, dismiss, restore and reopen"),
            ("act_as_approver", "Can approve and reject what somebody else proposed"),
            ("act_as_editor", "Can reassign, release for others, merge, split, move and undo"),
        ]

    def __str__(self) -> str:
        return f"{self.status}: claim {self.claim_id}"
