"""Articles as they were taken in, and how far each has come through the pipeline."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from claims.models.folding import FoldedField
from claims.models.sources import Source
from claims.models.stories import Story

models.TextField.register_lookup(Length)


class Article(models.Model):
    """One document of a Source. ``text`` is kept as given: every offset in the database points into it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="articles")
    title = models.CharField(max_length=500)
    folded = FoldedField(of="title")
    url = models.URLField(max_length=1000, blank=True)
    site = models.CharField(  # noqa: DJ001 (a column without a default is added without rewriting the table)
        max_length=200, null=True, editable=False, db_index=True, help_text="The publisher's own site, by the address."
    )
    text = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(
        max_length=64,
        unique=True,
        help_text="SHA-256 of source and text when it came in; judgements name the article by it.",
    )
    text_hash = models.CharField(  # noqa: DJ001
        max_length=64, null=True, editable=False, help_text="SHA-256 of the folded text: the same text is found by it."
    )
    wire = models.CharField(max_length=100, blank=True, help_text="The agency that the article credits.")
    digest = models.JSONField(null=True, blank=True, help_text="The article in short, as the engine read it.")
    unread = models.CharField(max_length=200, blank=True, help_text="Why nothing was read, if so.")
    partly = models.CharField(max_length=200, blank=True, help_text="What of it was read, if not all.")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when what it states is no evidence: taken back, or corrected."
    )
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        help_text="The corrected version, if there is one.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["story", "published_at"]),
            models.Index(fields=["text_hash", "source"], name="claims_article_same_text"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(text__length__gt=0), name="claims_article_has_text"),
            models.CheckConstraint(condition=~Q(title=""), name="claims_article_has_title"),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(withdrawn_at__isnull=False), name="claims_article_replaced"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleChange(models.Model):
    """That an article was withdrawn, corrected, restored or described anew: who, when, why.

    The database keeps every line as it is.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", "withdrawn"
        CORRECTED = "corrected", "corrected"
        RESTORED = "restored", "restored"
        DESCRIBED = "described", "described anew"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=Kind)
    replacement = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    details = models.JSONField(
        null=True, blank=True, help_text="Of what is said of the article: how it was, and how it is corrected."
    )
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="claims_articlechange_has_reason")]

    def __str__(self) -> str:
        return f"article {self.article_id} {self.kind}"


class StepName(models.TextChoices):
    """The steps that an article goes through, in order."""

    EXTRACT = "extract", "extract"
    MATCH = "match", "match"


class ArticleStep(models.Model):
    """That a step was begun for an article, how often, and how it ended. No row: not begun."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=20, choices=StepName)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True, help_text="Set when the step failed too often.")
    error = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "name"], name="claims_step_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(parked_at__isnull=True),
                name="claims_step_done_or_parked",
            ),
        ]
        indexes = [models.Index(fields=["name"], condition=Q(done_at__isnull=True), name="claims_step_open")]

    def __str__(self) -> str:
        return f"{self.name} of article {self.article_id}"
