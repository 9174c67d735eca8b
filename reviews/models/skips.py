"""Which possible duplicates a person has put off."""

from django.conf import settings
from django.db import models

from claims.models import CandidatePair


class PairSkip(models.Model):
    """That a person was asked about a pair and left it open. It goes when the pair is found anew."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    pair = models.ForeignKey(CandidatePair, on_delete=models.CASCADE, related_name="skips")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "pair"], name="reviews_pairskip_once")]

    def __str__(self) -> str:
        return f"{self.pair_id} skipped by {self.user_id}"
