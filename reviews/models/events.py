"""The history that only grows. Triggers in the database refuse to change or delete a row of it."""

from django.conf import settings
from django.db import models

from claims.models import Assessment
from reviews.models.reviews import Review


class ReviewEvent(models.Model):
    """One line of a review's history. ``sequence`` is the review's version after it; ``hash`` covers every
    column but the id, and ``previous`` is the hash of the line before (see ``reviews.chain``)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Null: the system.",
    )
    actor_name = models.CharField(max_length=150, blank=True, help_text="The name as it was at the time.")
    action = models.CharField(max_length=20)
    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["review_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["review", "sequence"], name="reviews_event_sequence")]

    def __str__(self) -> str:
        return f"{self.action} #{self.sequence} of review {self.review_id}"


class HistorySeal(models.Model):
    """The ends of all chains that grew since the seal before, under one hash. A chain whose end was cut off, or that
    was written anew as a whole, no longer meets its seal; the newest hash, kept elsewhere, vouches for everything."""

    sequence = models.PositiveIntegerField(unique=True)
    heads = models.JSONField(help_text="Review id -> [sequence, hash of that event].")
    created_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"seal {self.sequence}: {self.hash}"
