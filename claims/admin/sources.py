"""Sources: who publishes, and how often its independent statements agreed with what holds."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import DeskAdmin
from claims.models import Source, SourceReliability
from claims.querysets import sources_for_desk


@admin.register(Source)
class SourceAdmin(DeskAdmin[Source]):
    """An editor may correct an outlet's name and kind; its key is what articles are found by and stays."""

    list_display = ("name", "kind", "domain", "articles", "reliability_counts")
    list_filter = ("kind",)
    search_fields = ("name", "key", "domain")
    search_help_text = "Name or domain"
    readonly_fields = ("key", "created_at")
    fields = ("name", "kind", "domain", "key", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return sources_for_desk()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False

    @admin.display(description="articles", ordering="article_count")
    def articles(self, source: Source) -> SafeString:
        count = source.article_count  # type: ignore[attr-defined]
        return format_html(
            '<a href="{}?source={}">{}</a>', reverse("admin:claims_article_changelist"), source.pk, count
        )

    @admin.display(description="agreed / disagreed")
    def reliability_counts(self, source: Source) -> str:
        """Nothing is said of an outlet that no decided claim has tested."""
        try:
            counts = source.reliability
        except SourceReliability.DoesNotExist:
            return "–"
        return f"{counts.agree:.1f} / {counts.disagree:.1f}"
