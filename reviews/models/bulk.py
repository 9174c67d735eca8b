"""One action on many claims, with a result for each."""

import uuid

from django.conf import settings
from django.db import models


class BulkJob(models.Model):
    """One action that one person asked for on many claims. ``together``: all of them or none."""

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        RUNNING = "running", "running"
        DONE = "done", "done"
        UNDONE = "undone", "nothing was changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    order = models.JSONField(default=dict)
    together = models.BooleanField()
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.action} by {self.actor_id}: {self.state}"


class BulkItem(models.Model):
    """One claim of a bulk job: what was asked, and how it ended. No ``outcome``: not yet tried."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="items")
    claim_id = models.PositiveBigIntegerField(help_text="As asked for: there may be no such claim.")
    expected_version = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True, help_text='"done", or the code of the refusal.')
    detail = models.TextField(blank=True)
    status = models.CharField(max_length=20, blank=True, help_text="Where the review stands then.")
    version = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["job", "claim_id"], name="reviews_bulkitem_once")]

    def __str__(self) -> str:
        return f"claim {self.claim_id}: {self.outcome or 'waiting'}"
