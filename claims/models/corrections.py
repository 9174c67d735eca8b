"""What people put in place of the machine's reading; the machine's stays beside it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claims import Claim, Mention


class Correction(models.Model):
    """A person's word on what one place of an article says, or on how a claim is worded: who, when, why.

    The place is the mention's: the span of a mention never changes, so that a correction outlives every new reading
    and matching. What was given is never edited; a correction taken back is kept, with ``withdrawn_at`` set.
    """

    class Kind(models.TextChoices):
        READING = "reading", "another reading"
        NO_CLAIM = "no_claim", "no claim"
        ADDED = "added", "a mention by hand"
        TEXT = "text", "the claim in other words"

    kind = models.CharField(max_length=20, choices=Kind)
    mention = models.ForeignKey(
        Mention, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", help_text="Its place."
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", help_text="The claim then."
    )
    replaces = models.ForeignKey(
        Mention,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The mention whose words were wrong, where one was added in its place.",
    )
    read = models.JSONField(default=dict, blank=True, help_text="What the machine had read.")
    corrected = models.JSONField(default=dict, blank=True, help_text="What a person put in its place.")
    judgements = models.JSONField(default=list, blank=True, help_text="Ids of the judgements that came with it.")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    unfit_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when a newer reading finds nothing at its place."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "kind"],
                condition=Q(withdrawn_at__isnull=True, mention__isnull=False),
                name="claims_correction_one_word",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(withdrawn_at__isnull=True, kind="text"),
                name="claims_correction_one_text",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="claims_correction_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="text", mention__isnull=True, claim__isnull=False)
                | (~Q(kind="text") & Q(mention__isnull=False)),
                name="claims_correction_has_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {'claim' if self.mention_id is None else 'mention'} {self.mention_id or self.claim_id}"


class MentionRevision(models.Model):
    """What a mention said until somebody corrected it or it was read anew: a stored score is repeated on that."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="revisions")
    values = models.JSONField(help_text="Its columns as they were until then.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"mention {self.mention_id} until {self.created_at}"
