"""What colleagues tell each other, and what each of them wants to hear of. Internal: never published."""

from django.conf import settings
from django.db import models

from reviews.models.events import ReviewEvent
from reviews.models.reviews import Review


class Note(models.Model):
    """A remark on a claim; ``@name`` in its text tells that colleague."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="reviews_note_has_text")]

    def __str__(self) -> str:
        return f"note {self.pk} on review {self.review_id}"


class NotificationKind(models.TextChoices):
    """What a person can be told."""

    MENTIONED = "mentioned", "somebody mentioned you in a note"
    ASSIGNED = "assigned", "a claim was given to you, or taken from you"
    PROPOSED = "proposed", "a verdict waits for a second person"
    REJECTED = "rejected", "your proposal was rejected"
    DECIDED = "decided", "your proposal was approved"
    RECHECK = "recheck", "a verdict of yours is marked for re-check"


class Notification(models.Model):
    """One thing to tell one person. Mail goes out as a digest, never one mail an event.

    What one ``cause`` does to many claims (a bulk action, a withdrawn article) is one notice: while it is ``growing``,
    more claims join it. It grows until it is read or mailed; what the cause does after that is a new notice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(ReviewEvent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Note, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications")
    text = models.CharField(max_length=300, help_text="What happened to the first of its claims.")
    cause = models.CharField(max_length=80, blank=True, help_text="What it is grouped by; empty: it stands alone.")
    summary = models.CharField(max_length=300, blank=True, help_text="What happened, said of several claims.")
    reviews = models.ManyToManyField(Review, related_name="+", help_text="Of all claims that share the cause.")
    number = models.PositiveIntegerField(default=1, help_text="How many claims it is about.")
    growing = models.BooleanField(default=False, help_text="Further claims of the same cause join it.")
    in_admin = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="reviews_notification_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(by_mail=True, mailed_at__isnull=True),
                name="reviews_notification_to_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "cause"],
                condition=models.Q(growing=True),
                name="reviews_notification_one_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """Return the text of a notice about one claim; with several, their number and what happened to them."""
        return self.text if self.number == 1 else f"{self.number} claims: {self.summary}"


class NotificationChoice(models.Model):
    """What a person wants to hear of, and where. No row: both."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=20, choices=NotificationKind)
    in_admin = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        ordering = ["user_id", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="reviews_choice_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
