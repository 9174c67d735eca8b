"""Possible duplicates that were found, kept so that people can be asked about the best of them over all stories."""

from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim, Mention


class CandidateSearch(models.Model):
    """That the possible duplicates of a claim were looked for, and at which version of its evidence."""

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.CASCADE, related_name="candidate_search")
    evidence_version = models.PositiveIntegerField()
    searched_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"candidates of claim {self.claim_id} at version {self.evidence_version}"


class CandidatePair(models.Model):
    """A possible duplicate of ``claim``: the ``other`` claim, and the two mentions by which they are nearest.

    Two claims that find each other are two rows. A row goes when its claim is looked up anew, and when people say that
    the two are not the same.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="candidate_pairs")
    other = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField(help_text="Log-odds by which it is ranked; no probability.")
    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    other_mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "other"], name="claims_candidatepair_once"),
            models.CheckConstraint(condition=~Q(claim=F("other")), name="claims_candidatepair_two"),
        ]
        indexes = [models.Index(fields=["-score", "id"], name="claims_candidatepair_best")]

    def __str__(self) -> str:
        return f"claim {self.claim_id} and claim {self.other_id}"
