"""Files that somebody sent over the desk, until a job has taken in their articles; and what came of each."""

from django.conf import settings
from django.db import models


class Intake(models.Model):
    """Files that one person sent together. ``given`` is what they said about all of them."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    worked_at = models.DateTimeField(auto_now_add=True, help_text="When a job was last at it, or was queued.")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"intake {self.pk}"


class IntakeFile(models.Model):
    """One file: its content until it was taken in, then which articles came of it and what was refused, and why."""

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    new = models.JSONField(default=list, help_text="Ids of the articles that are new.")
    known = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, help_text="Where, and why.")
    notes = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
