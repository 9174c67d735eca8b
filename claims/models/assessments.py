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
    outlook = models.TextField(blank=True, help_text="What evidence would change the suggestion.")
    negative = models.BooleanField(default=False, help_text="Only negative statements make the claim, and assert it.")
    seconds = models.FloatField(null=True, help_text="How long it took; the claim rests many times as long.")
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

    @property
    def no_suggestion(self) -> str:
        """Say in a few words why the machine suggests nothing; "" where it suggests something."""
        if self.suggested != self.Suggestion.UNVERIFIED:
            return ""
        if self.independent_origins < 2:
            return "one origin" if self.independent_origins else "nobody asserts it"
        return "no two full statements agree"


class SourceReliability(models.Model):
    """How often a source's independent statements agree with what holds: a Beta posterior's two counts."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="reliability")
    agree = models.FloatField(default=0.0)
    disagree = models.FloatField(default=0.0)
    claims = models.PositiveIntegerField(default=0, help_text="On how many claims it spoke on its own account.")
    copy_group = models.CharField(
        max_length=200,
        blank=True,
        help_text="Sources of one group give the same rare values too often to be independent.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "source reliabilities"
        constraints = [
            models.CheckConstraint(condition=Q(agree__gte=0) & Q(disagree__gte=0), name="claims_reliability_counts")
        ]

    def __str__(self) -> str:
        return f"reliability of source {self.source_id}"


class FigureEstimate(models.Model):
    """The most probable of the figures that outlets give for a claim, by how far each was right on all other claims.

    Written by the refresh of the reliabilities (``services.reliability``), beside the score and no part of it.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="figure_estimate")
    value = models.FloatField()
    probability = models.FloatField(help_text="That the claim's figure is this one, if what is stated is all there is.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="claims_figureestimate_probability"
            )
        ]

    def __str__(self) -> str:
        return f"figure of claim {self.claim_id}: {self.value:g}"


class ClaimVerdict(models.Model):
    """What people decided about a claim, as far as scoring needs to know it: known truth for the reliabilities.

    Written through ``services.reliability.record_verdict`` by whoever decides; no row: not decided.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="verdict")
    holds = models.BooleanField(help_text="The claim holds (corroborated), or does not (refuted).")
    value = models.FloatField(null=True, blank=True, help_text="The right figure, where it is known.")
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"verdict on claim {self.claim_id}: {'holds' if self.holds else 'does not hold'}"


class Calibration(models.Model):
    """The parameters of the score as fitted to the verdicts of the time. The latest row is the one in use."""

    parameters = models.JSONField()
    verdicts = models.PositiveIntegerField(help_text="On how many decided claims it was fitted.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"calibration on {self.verdicts} verdicts"
