"""The keys with which programs and people use the API."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from knox.models import AbstractAuthToken


class AccessToken(AbstractAuthToken):  # type: ignore[misc]
    """A token of the API. Only its hash is kept: the token itself is shown once, to whoever made it."""

    name = models.CharField(max_length=100, blank=True, help_text="What it is for.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Who made it on the desk; nobody: a command on the server.",
    )
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To ten minutes.")

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"token of {self.user}: {self.name or 'no name'}"
