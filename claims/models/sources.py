"""Who publishes, and who is quoted."""

from django.db import models


class Source(models.Model):
    """A publisher: an outlet or an agency, known by its domain or name."""

    class Kind(models.TextChoices):
        OUTLET = "outlet", "outlet"
        AGENCY = "agency", "agency"

    key = models.CharField(max_length=200, unique=True, help_text="Registered domain, or the name in lower case.")
    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OUTLET)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Speaker(models.Model):
    """The person, body or document to which a mention attributes its statement; one row for all spellings."""

    canonical = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["canonical"]

    def __str__(self) -> str:
        return self.canonical


class SpeakerAlias(models.Model):
    """A spelling under which a speaker was met, or that an editor has declared to be the same."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "speaker aliases"

    def __str__(self) -> str:
        return self.name
