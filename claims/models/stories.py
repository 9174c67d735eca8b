"""Stories: the articles about one event."""

from django.db import models


class Story(models.Model):
    """The articles about one event; claims are matched inside a story first."""

    title = models.CharField(max_length=500)
    profile = models.JSONField(default=dict, blank=True, help_text="What new articles are compared with.")
    words = models.JSONField(
        default=dict, blank=True, help_text="How many of its mentions hold each word; kept by the matching service."
    )
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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "story"], name="claims_storykey_once")]

    def __str__(self) -> str:
        return self.key
