"""Origins: what counts as one witness."""

from django.db import models

from claims.models.claims import Claim


class Origin(models.Model):
    """The group of a claim's mentions that trace back to one root. An origin counts once."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="origins")
    key = models.CharField(max_length=250)
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=250)
    reason = models.TextField(blank=True)
    strength = models.FloatField(default=1.0)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["claim", "key"], name="claims_origin_once")]

    def __str__(self) -> str:
        return self.label
