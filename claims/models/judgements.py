"""What people have said about sameness; it binds the matcher for ever."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Judgement(models.Model):
    """A person's word that two mentions state the same claim, or not.

    Mentions are named by keys that survive re-ingest and re-matching: content hash of the article and offsets.
    ``left`` sorts before ``right``. A judgement taken back is kept, with ``withdrawn_at`` set.
    """

    class Word(models.TextChoices):
        SAME = "same", "the same claim"
        DIFFERENT = "different", "not the same claim"

    left = models.CharField(max_length=100)
    right = models.CharField(max_length=100)
    word = models.CharField(max_length=20, choices=Word)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=Q(withdrawn_at__isnull=True),
                name="claims_judgement_one_word",
            ),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="claims_judgement_ordered"),
        ]
        indexes = [models.Index(fields=["right"])]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}: {self.word}"
