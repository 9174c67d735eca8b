"""What other publishers found out about claims: shown beside ours as evidence, never a verdict of the desk."""

from django.db import models

from claims.models.claims import Claim


class OtherVerdict(models.Model):
    """A ClaimReview of another publisher, and the claim of the desk that it is about, where the matcher knows one."""

    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of its address and of the claim reviewed.")
    publisher = models.CharField(max_length=200)
    url = models.URLField(max_length=1000)
    title = models.CharField(max_length=500, blank=True)
    reviewed = models.TextField(help_text="The claim, in the publisher's words.")
    claimant = models.CharField(max_length=200, blank=True)
    rating = models.CharField(max_length=200, help_text="In the publisher's words.")
    published_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=20, blank=True)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.SET_NULL, related_name="other_verdicts")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating}"
