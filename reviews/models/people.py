"""What the desk knows about an account beside its groups."""

from django.conf import settings
from django.db import models


class Account(models.Model):
    """Marks an account as a machine's, and says who knows its password. No row: a person, who alone knows it.

    The accounts of the group ``ingest`` are machines too.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account")
    machine = models.BooleanField(default=False, help_text="Used by a program: it decides nothing about a claim.")
    password_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who gave it the password that it has; nobody: its owner did.",
    )

    def __str__(self) -> str:
        return f"{self.user_id}: {'machine' if self.machine else 'person'}"
