"""What the machine makes of a claim, version by version, and of a source."""

from django.db import models
from django.db.models import Q

from claims.engine import types
from claims.models.claims import Claim
from claims.models.sources import Source


class Assessment(models.Model):
    """The machine's pre-score of a Claim. A row is never edited: a trigger refuses every UPDATE."""

    class Suggestion(models.TextChoices):
        UNVERIFIED = types.Suggestion.UNVERIFIED.value, "unverified"
        CORROBORATED = types.Suggestion.CORROBORATED.value, "corroborated"
        DISPUTED = types.Suggestion.DISPUTED.value, "disputed"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="assessments")
    version = models.PositiveIntegerField()
    evidence_version = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=50)
    parameters = models.JSONField(default=dict)
    probability = models.FloatField()
    log_odds = models.FloatField()
    independent_origins = models.PositiveIntegerField()
    mention_count = models.PositiveIntegerField(default=0)
    article_count = models.PositiveIntegerField(default=0)
    suggested = models.CharField(max_length=20, choices=Suggestion)
    figure = models.JSONField(null=True, blank=True)
    contributions = models.JSONField(default=list)
    origins = models.JSONField(default=list, help_text="The origins and their mentions as they stood.")
    explanation = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["claim_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="claims_assessment_version"),
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="claims_assessment_probability"
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.version} of claim {self.claim_id}"


class SourceReliability(models.Model):
    """How often a source's independent statements agree with what holds: a Beta posterior's two counts."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="reliability")
    agree = models.FloatField(default=0.0)
    disagree = models.FloatField(default=0.0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "source reliabilities"
        constraints = [
            models.CheckConstraint(
                condition=Q(agree__gte=0) & Q(disagree__gte=0), name="claims_reliability_counts"
            )
        ]

    def __str__(self) -> str:
        return f"reliability of source {self.source_id}"
