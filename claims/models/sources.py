"""Who publishes, where, and who is quoted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.folding import FoldedField, NameKeyField, SkeletonField


class Source(models.Model):
    """A publisher: an outlet or an agency, known by its names and its own sites."""

    class Kind(models.TextChoices):
        OUTLET = "outlet", "outlet"
        AGENCY = "agency", "agency"

    key = models.CharField(max_length=200, unique=True, help_text="What the engine calls it; never changes.")
    name = models.CharField(max_length=200)
    folded = FoldedField(of="name")
    skeleton = SkeletonField(of="name", db_index=True)
    domain = models.CharField(max_length=200, blank=True, help_text="Its own site. It may have more: see its aliases.")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OUTLET)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SourceAlias(models.Model):
    """A name or a site under which a source is found. Each leads to one source."""

    class Kind(models.TextChoices):
        NAME = "name", "name"
        SITE = "site", "site"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="aliases")
    key = models.CharField(max_length=200, unique=True, help_text="The folded name, or the registered domain.")
    kind = models.CharField(max_length=10, choices=Kind)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "key"]
        verbose_name_plural = "source aliases"

    def __str__(self) -> str:
        return self.key


class SourceMerge(models.Model):
    """That one source was merged into another, with all that it takes to undo it."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", help_text="Whose articles left.")
    target = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="merges", help_text="Whose they are now.")
    articles = models.JSONField(default=list, help_text="Ids of the articles that were moved.")
    aliases = models.JSONField(default=list, help_text="Ids of the names and sites that were moved.")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="claims_sourcemerge_two"),
            models.CheckConstraint(condition=~Q(why=""), name="claims_sourcemerge_has_reason"),
        ]

    def __str__(self) -> str:
        return f"source {self.source_id} into source {self.target_id}"


class Platform(models.Model):
    """A site on which others publish, or that passes on what others wrote: its address says nothing of the outlet."""

    class Kind(models.TextChoices):
        AGGREGATOR = "aggregator", "aggregator or portal"
        ARCHIVE = "archive", "web archive or library"
        CACHE = "cache", "cache or AMP host"
        FEED = "feed", "feed or newsletter service"
        PUBLISHING = "publishing", "publishing platform"
        SHORTENER = "shortener", "link shortener"
        SOCIAL = "social", "social network"
        WIRE = "wire", "press release portal"

    domain = models.CharField(
        max_length=200,
        unique=True,
        help_text="With everything below it. “google.*” stands for the name under every ending.",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    own_subdomains = models.BooleanField(
        "subdomains are sites of their own", default=False, help_text="As “anna.example.com” at a host of blogs."
    )

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain


class Speaker(models.Model):
    """The person, body or document to which a mention attributes its statement; one row for all spellings."""

    class Gender(models.TextChoices):
        FEMALE = "f", "she"
        MALE = "m", "he"

    canonical = models.CharField(max_length=200, unique=True)
    key = NameKeyField(of="canonical")
    skeleton = SkeletonField(of="canonical", db_index=True)
    kind = models.CharField(max_length=20)
    gender = models.CharField(
        max_length=1, choices=Gender, blank=True, help_text="What articles call the person; read with the next article."
    )
    party = models.CharField(
        max_length=200, blank=True, help_text="For whom the speaker speaks, where an article does not say."
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["canonical"]

    def __str__(self) -> str:
        return self.canonical


class SpeakerAlias(models.Model):
    """A spelling under which a speaker was met, or that an editor has declared to be the same."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, unique=True)
    key = NameKeyField(of="name")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "speaker aliases"

    def __str__(self) -> str:
        return self.name


class SpeakerChange(models.Model):
    """That two speakers were made one, or that one was described otherwise: who, when, why, and how to undo it."""

    class Kind(models.TextChoices):
        MERGED = "merged", "merged"
        DESCRIBED = "described", "described anew"

    kind = models.CharField(max_length=20, choices=Kind)
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="changes")
    target = models.ForeignKey(
        Speaker, null=True, blank=True, on_delete=models.PROTECT, related_name="merges", help_text="Who it is now."
    )
    details = models.JSONField(default=dict, help_text="What was moved, or how it was and how it is.")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="claims_speakerchange_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="described", target__isnull=True)
                | (Q(kind="merged", target__isnull=False) & ~Q(speaker=F("target"))),
                name="claims_speakerchange_two",
            ),
        ]

    def __str__(self) -> str:
        return f"speaker {self.speaker_id} {self.kind}"
