"""Claims, and the places in articles that state them."""

from django.db import models
from django.db.models import F, Q

from claims.engine import polarity, types
from claims.models.articles import Article
from claims.models.folding import FoldedField
from claims.models.sources import Speaker
from claims.models.stories import Story


class Claim(models.Model):
    """One checkable proposition, the unit under review; its mentions may give different figures."""

    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="claims")
    text = models.TextField(help_text="The clearest mention's sentence, or what a person wrote in its place.")
    read_text = models.TextField(  # noqa: DJ001 (null: nobody wrote another)
        null=True, blank=True, help_text="The machine's text, where a person wrote another."
    )
    folded = FoldedField(of="text")
    profile = models.JSONField(default=dict, blank=True, help_text="What new mentions are compared with.")
    evidence_version = models.PositiveIntegerField(
        default=0, help_text="Counts the changes of its mentions; an assessment names the one that it saw."
    )
    worth = models.FloatField(default=0.0, help_text="How much it is worth checking, from 0 to 1: its best mention's.")
    fragment = models.BooleanField(default=False, help_text="Its text cannot be understood without an article.")
    assessment = models.OneToOneField(
        "claims.Assessment", null=True, blank=True, on_delete=models.SET_NULL, related_name="current_for"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    settled_at = models.DateTimeField(
        null=True, blank=True, help_text="Set while people's decision stands: the matcher then only suggests."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="claims_claim_has_text")]

    def __str__(self) -> str:
        return self.text


class ClaimKey(models.Model):
    """An indexed key under which a claim is found as a candidate for a new mention."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "claim"], name="claims_claimkey_once")]

    def __str__(self) -> str:
        return self.key


class Mention(models.Model):
    """One place in one Article that states a Claim. Its quote and offsets are never edited (a trigger refuses)."""

    class Stance(models.TextChoices):
        ASSERTS = types.Stance.ASSERTS.value, "asserts"
        DENIES = types.Stance.DENIES.value, "denies"
        OPEN = types.Stance.OPEN.value, "open"

    class Factuality(models.TextChoices):
        ASSERTED = types.Factuality.ASSERTED.value, "asserted"
        DENIED = types.Factuality.DENIED.value, "denied"
        HYPOTHETICAL = types.Factuality.HYPOTHETICAL.value, "hypothetical"
        PLANNED = types.Factuality.PLANNED.value, "planned"
        ASKED = types.Factuality.ASKED.value, "asked"

    class Place(models.TextChoices):
        BODY = types.Place.BODY.value, "body"
        HEADLINE = types.Place.HEADLINE.value, "headline"
        CAPTION = types.Place.CAPTION.value, "caption"

    class Comparator(models.TextChoices):
        EQ = types.Comparator.EQ.value, "exactly"
        GT = types.Comparator.GT.value, "more than"
        GE = types.Comparator.GE.value, "at least"
        LT = types.Comparator.LT.value, "less than"
        LE = types.Comparator.LE.value, "at most"
        APPROX = types.Comparator.APPROX.value, "about"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="mentions")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="mentions")
    origin = models.ForeignKey(
        "claims.Origin", null=True, blank=True, on_delete=models.SET_NULL, related_name="mentions"
    )
    part_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="parts",
        help_text="The mention inside which it stands. It rests, retired, until another article states it.",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    folded = FoldedField(of="quote")
    sentence = models.TextField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()
    place = models.CharField(max_length=20, choices=Place, default=Place.BODY)
    direct = models.BooleanField(default=False, help_text="In quotation marks.")
    speaker = models.ForeignKey(Speaker, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions")
    speaker_text = models.CharField(max_length=500, blank=True, help_text="As written in the article.")
    organisation = models.CharField(
        max_length=200, blank=True, db_default="", help_text="For whom the speaker speaks, as far as the article says."
    )
    cue = models.CharField(max_length=200, blank=True)
    stance = models.CharField(max_length=20, choices=Stance, default=Stance.ASSERTS)
    factuality = models.CharField(
        max_length=20,
        choices=Factuality,
        default=Factuality.ASSERTED,
        help_text="Whether the text commits to it; only what is asserted or denied is evidence.",
    )
    hedge = models.CharField(max_length=20, blank=True)
    checkable = models.FloatField(default=1.0)
    value = models.FloatField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    comparator = models.CharField(max_length=2, choices=Comparator, blank=True)
    unit = models.CharField(max_length=50, blank=True)
    counted = models.CharField(max_length=200, blank=True)
    features = models.JSONField(default=dict, blank=True, help_text="What matching compares, as the engine read it.")
    read = models.JSONField(
        null=True, blank=True, help_text="What the machine read, where a person corrected it; empty: a person added it."
    )
    retired_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when it is no mention: no claim, or not read there any more."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["article_id", "start", "end", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "start", "end", "claim"], name="claims_mention_once"),
            models.UniqueConstraint(
                fields=["article", "start", "end"],
                condition=Q(claim__isnull=True, retired_at__isnull=True),
                name="claims_mention_once_unmatched",
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="claims_mention_span"),
            models.CheckConstraint(condition=~Q(quote=""), name="claims_mention_has_quote"),
            models.CheckConstraint(
                condition=Q(upper__isnull=True) | Q(upper__gte=F("value")), name="claims_mention_range"
            ),
            models.CheckConstraint(
                condition=Q(checkable__gte=0) & Q(checkable__lte=1), name="claims_mention_checkable"
            ),
        ]

    def __str__(self) -> str:
        return self.quote

    @property
    def towards(self) -> types.Stance:
        """Its stance towards its claim as that reads now (``engine.polarity``); select ``claim__assessment``."""
        scored = self.claim.assessment if self.claim is not None else None
        return polarity.towards(types.Stance(self.stance), scored is not None and scored.negative)
