"""What the desk says in public: verdicts as they were published, and what readers are told of the desk itself."""

from django.conf import settings
from django.db import models

from claims.models.folding import FoldedField
from reviews.models.reviews import Review


class Publication(models.Model):
    """A verdict that readers can see. Its number is its address for ever; ``current`` is what stands there now."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="publication")
    current = models.OneToOneField(
        "reviews.PublicationVersion", null=True, on_delete=models.PROTECT, related_name="current_of"
    )
    withdrawn = models.BooleanField(default=False)
    verdict = models.CharField(max_length=20, choices=Review.Verdict)
    text = models.TextField(help_text="What readers can search: the claim, the headline and the summary.")
    folded = FoldedField(of="text")
    published_at = models.DateTimeField(help_text="When it was first published.")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at", "-id"], name="reviews_publication_newest")]

    def __str__(self) -> str:
        return f"publication {self.pk} of review {self.review_id}"

    @property
    def stands(self) -> bool:
        """Whether the desk stands by the verdict: not where it was reopened, or its claim merged into another one."""
        return self.review.status == self.verdict and self.review.claim.merged_into_id is None


class PublicationVersion(models.Model):
    """A publication as it was put before readers, with everything that its page shows. No row of it is ever edited."""

    class Kind(models.TextChoices):
        PUBLISHED = "published", "published"
        CORRECTED = "corrected", "corrected"
        WITHDRAWN = "withdrawn", "withdrawn"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    snapshot = models.JSONField(default=dict, help_text="What the page shows; empty where it was withdrawn.")
    why = models.TextField(blank=True, help_text="What readers are told of a correction or a withdrawal.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["publication_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="reviews_publicationversion_once"),
            models.CheckConstraint(
                condition=models.Q(kind="published") | ~models.Q(why=""), name="reviews_publicationversion_why"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of publication {self.publication_id}: {self.kind}"


class Imprint(models.Model):
    """What readers are told of the desk: one row, which editors edit."""

    name = models.CharField(max_length=100, help_text="Under which the desk publishes; also the author in ClaimReview.")
    contact = models.CharField(max_length=300, blank=True, help_text="Where readers can ask for a correction.")
    about = models.TextField(blank=True, help_text="Who runs and who pays for the desk.")
    methods = models.TextField(blank=True, help_text="How claims are chosen, checked and rated.")
    corrections = models.TextField(blank=True, help_text="How mistakes are corrected.")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "imprint"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="reviews_imprint_one"),
            models.CheckConstraint(condition=~models.Q(name=""), name="reviews_imprint_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
