"""What the desk knows about an account beside its groups."""

from django.conf import settings
from django.db import models


class Account(models.Model):
    """Marks an account as a machine's. No row: a person, unless the account is in the group ``ingest``."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account")
    machine = models.BooleanField(default=False, help_text="Used by a program: it decides nothing about a claim.")

    def __str__(self) -> str:
        return f"{self.user_id}: {'machine' if self.machine else 'person'}"
