"""Answers of the API that are kept for a while, so that a request that is sent twice is carried out once."""

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """What a request under an ``Idempotency-Key`` was answered. No ``status``: it is being carried out."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the address and the body.")
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.JSONField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="claims_keptanswer_once")]

    def __str__(self) -> str:
        return f"answer {self.status or 'to come'} to {self.user_id} under {self.key}"
