"""Stories: the articles about one event, in the order in which they appeared."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import Story
from claims.querysets import articles_for_desk, claims_for_desk, stories_for_desk

MOST = 200


@admin.register(Story)
class StoryAdmin(ReadOnlyAdmin[Story]):
    """The page is a timeline: who published when, and what the story claims."""

    list_display = ("title", "first_published_at", "last_published_at", "articles", "claims")
    search_fields = ("folded",)
    search_help_text = "Title"
    page_template = "admin/claims/story/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        return stories_for_desk().filter(merged_into__isnull=True)

    def page_queryset(self) -> QuerySet[Story]:
        return stories_for_desk().select_related("merged_into")

    @admin.display(description="articles", ordering="article_count")
    def articles(self, story: Story) -> int:
        return int(story.article_count)  # type: ignore[attr-defined]

    @admin.display(description="claims", ordering="claim_count")
    def claims(self, story: Story) -> int:
        return int(story.claim_count)  # type: ignore[attr-defined]

    def page_context(self, request: HttpRequest, item: Story) -> dict[str, Any]:
        claims = claims_for_desk().filter(story=item, merged_into__isnull=True)
        return {
            "articles": list(articles_for_desk().filter(story=item).order_by("published_at", "pk")[:MOST]),
            "claims": list(claims.order_by("-assessment__article_count", "pk")[:MOST]),
        }
