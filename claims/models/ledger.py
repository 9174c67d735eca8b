"""What people say apart from their decisions, line by line. Triggers in the database refuse to change a line."""

from django.db import models


class LedgerLine(models.Model):
    """One note or judgement as it was written, or one judgement that was taken back.

    ``content`` is the hash of the row ``row``; ``hash`` covers every column but the id, and ``previous`` is the hash of
    the line before. So a row that is changed or taken away no longer meets its line (``services.ledger``).
    """

    class Kind(models.TextChoices):
        NOTE = "note", "note"
        JUDGEMENT = "judgement", "judgement"
        WITHDRAWAL = "withdrawal", "judgement taken back"

    sequence = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    row = models.PositiveBigIntegerField(help_text="Id of the note or of the judgement.")
    content = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="claims_ledgerline_once")]

    def __str__(self) -> str:
        return f"line {self.sequence}: {self.kind} {self.row}"
