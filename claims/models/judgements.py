"""What people have said about sameness, what the matcher did or refused because of it, and its long jobs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim, Mention
from claims.models.stories import Story


class Judgement(models.Model):
    """A person's word that two mentions state the same claim, or not.

    Mentions are named by keys that survive re-ingest and re-matching: content hash of the article and offsets.
    ``left`` sorts before ``right``. A judgement taken back is kept, with ``withdrawn_at`` set.
    """

    class Word(models.TextChoices):
        SAME = "same", "the same claim"
        DIFFERENT = "different", "not the same claim"

    left = models.CharField(max_length=100)
    right = models.CharField(max_length=100)
    word = models.CharField(max_length=20, choices=Word)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=Q(withdrawn_at__isnull=True),
                name="claims_judgement_one_word",
            ),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="claims_judgement_ordered"),
        ]
        indexes = [models.Index(fields=["right"])]

    def __str__(self) -> str:
        return f"{self.left} and {self.right}: {self.word}"


class MatchNote(models.Model):
    """Something that the matcher would have done and did not, for a person to look at.

    It refused a match that contradicts a judgement, or it would split or merge claims that people have decided.
    """

    class Kind(models.TextChoices):
        REFUSED = "refused", "match refused: a judgement says otherwise"
        MERGE = "merge", "suggests to merge"
        SPLIT = "split", "suggests to split"

    kind = models.CharField(max_length=20, choices=Kind)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="notes")
    other = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="The claim to merge with."
    )
    mentions = models.ManyToManyField(Mention, blank=True, related_name="+")
    judgement = models.ForeignKey(Judgement, null=True, blank=True, on_delete=models.SET_NULL, related_name="notes")
    text = models.TextField()
    key = models.CharField(max_length=64, unique=True, help_text="What it is about: the same is noted once.")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text


class Regrouping(models.Model):
    """Mentions that a person moved between claims, with all that it takes to undo it."""

    class Kind(models.TextChoices):
        MERGE = "merge", "merge"
        SPLIT = "split", "split"
        MOVE = "move", "move"

    kind = models.CharField(max_length=20, choices=Kind)
    source = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", help_text="Whose mentions left.")
    target = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", help_text="Where they went.")
    moved = models.JSONField(default=list, help_text="Ids of the mentions that were moved.")
    judgements = models.ManyToManyField(Judgement, blank=True, related_name="regroupings")
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} of claim {self.source_id} into {self.target_id}"


class Rematch(models.Model):
    """One run of re-matching: over one story, or over all. Its row is its progress and its brake."""

    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    total = models.PositiveIntegerField(default=0, help_text="Stories to go through.")
    done = models.PositiveIntegerField(default=0)
    last_story = models.PositiveBigIntegerField(default=0, help_text="It goes on after the story of this id.")
    moved = models.PositiveIntegerField(default=0, help_text="Claims whose mentions changed.")
    stop_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True, help_text="When somebody last worked on it or queued it.")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "rematches"

    def __str__(self) -> str:
        return f"re-match {self.pk}: {self.done} of {self.total}"
