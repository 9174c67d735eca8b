"""Stories: the articles about one event, how they are found again, and which were joined."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.folding import FoldedField


class Story(models.Model):
    """The articles about one event; claims are matched inside a story first."""

    title = models.CharField(max_length=500)
    folded = FoldedField(of="title")
    profile = models.JSONField(default=dict, blank=True, help_text="What new articles are compared with.")
    words = models.JSONField(
        default=dict, blank=True, help_text="How many of its mentions hold each word; kept by the matching service."
    )
    matched_at = models.DateTimeField(null=True, blank=True, help_text="When a mention was last matched here.")
    rematched_at = models.DateTimeField(
        null=True, blank=True, help_text="When the mentions were read whose claims were last brought to one result."
    )
    rematch_began_at = models.DateTimeField(null=True, blank=True, help_text="When somebody last began to re-match it.")
    rematch_ended_at = models.DateTimeField(null=True, blank=True)
    rematch_seconds = models.FloatField(null=True, help_text="How long that took; it rests many times as long.")
    first_published_at = models.DateTimeField(null=True, blank=True)
    last_published_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-last_published_at", "-id"]
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["last_published_at"])]

    def __str__(self) -> str:
        return self.title


class StoryKey(models.Model):
    """An indexed key under which a story is found as a candidate for a new article."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)
    day = models.IntegerField(default=0, help_text="The day of the latest article with it, as an ordinal number.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "story"], name="claims_storykey_once")]
        indexes = [models.Index(fields=["key", "-day", "-story"], name="claims_storykey_latest")]

    def __str__(self) -> str:
        return self.key


class TermCount(models.Model):
    """In how many placed articles a term was met; the row with the empty term counts the articles."""

    term = models.CharField(max_length=120, primary_key=True)
    articles = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(articles__gte=0), name="claims_termcount_not_negative")]

    def __str__(self) -> str:
        return f"{self.term}: {self.articles}"


class StoryJoin(models.Model):
    """That two stories are one: found by the machine, carried out, and perhaps undone by a person.

    ``into`` keeps ``story``'s articles and claims (their ids are listed, so that they find their way back). A join
    without ``joined_at`` waits to be carried out; a pair with one that was undone is never joined by the machine again.
    """

    into = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    articles = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(into=F("story")), name="claims_storyjoin_of_two"),
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(joined_at__isnull=False, undone_at__isnull=True),
                name="claims_storyjoin_once",
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} into {self.into_id}"
