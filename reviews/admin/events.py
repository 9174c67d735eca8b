"""The history, line by line. The database refuses to change it, and so does this page."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import ReadOnlyAdmin, link
from reviews.admin.words import DONE, done, status_word
from reviews.models import Review, ReviewEvent


class _Named(SimpleListFilter):
    """By a field, under names for people; the parameter is the field."""

    parameter_name: str

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReviewEvent]) -> QuerySet[ReviewEvent]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class DoneFilter(_Named):
    """By what was done."""

    title = "what was done"
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[ReviewEvent]) -> Iterable[tuple[str, str]]:
        return DONE.items()


class AfterFilter(_Named):
    """By the status that the claim then had."""

    title = "status then"
    parameter_name = "to_status"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[ReviewEvent]) -> Iterable[tuple[str, str]]:
        return Review.Status.choices


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnlyAdmin[ReviewEvent]):
    """Who did what, when, why, from which status to which."""

    list_display = ("created_at", "who", "did", "before", "after", "claim", "told")
    list_filter = (DoneFilter, AfterFilter)
    search_fields = ("actor_name", "note", "review__claim__folded")
    search_help_text = "Person, note or claim"
    fields = (
        "review", "sequence", "created_at", "actor_name", "action", "from_status", "to_status", "note", "details",
        "assessment", "previous", "hash",
    )  # fmt: skip
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReviewEvent]:
        return ReviewEvent.objects.select_related("review__claim").defer("review__claim__profile")

    @admin.display(description="who", ordering="actor_name")
    def who(self, event: ReviewEvent) -> str:
        return event.actor_name or "the system"

    @admin.display(description="did", ordering="action")
    def did(self, event: ReviewEvent) -> str:
        return done(event.action)

    @admin.display(description="from", ordering="from_status")
    def before(self, event: ReviewEvent) -> str:
        return status_word(event.from_status)

    @admin.display(description="to", ordering="to_status")
    def after(self, event: ReviewEvent) -> str:
        return status_word(event.to_status)

    @admin.display(description="note")
    def told(self, event: ReviewEvent) -> str:
        return Truncator(event.note).chars(160)

    @admin.display(description="claim")
    def claim(self, event: ReviewEvent) -> SafeString | str:
        return link(event.review, str(Truncator(event.review.claim.text).chars(80)))
