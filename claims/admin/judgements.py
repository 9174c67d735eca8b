"""Judgements: what people have said about sameness, what the matcher noted because of it, and its long runs."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from claims.admin.base import ReadOnlyAdmin, link
from claims.models import Judgement, MatchNote, Regrouping, Rematch


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin[Judgement]):
    """A judgement is given by merging, splitting or moving, and taken back by undoing; here it is read."""

    list_display = ("left", "right", "word", "why", "by", "created_at", "withdrawn_at")
    list_filter = ("word", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("left", "right", "why", "by__username")
    search_help_text = "Key, reason or person"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Judgement]:
        return super().get_queryset(request).select_related("by")


@admin.register(MatchNote)
class MatchNoteAdmin(ReadOnlyAdmin[MatchNote]):
    """What the matcher refused, and what it would do to claims that people have decided."""

    list_display = ("text", "kind", "claim_link", "created_at", "closed_at")
    list_filter = ("kind", ("closed_at", admin.EmptyFieldListFilter))
    search_fields = ("text", "claim__folded")
    search_help_text = "Words of the note or of the claim"
    fields = ("kind", "claim", "other", "text", "judgement", "created_at", "closed_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MatchNote]:
        return MatchNote.objects.select_related("claim").defer("claim__profile")

    @admin.display(description="claim")
    def claim_link(self, note: MatchNote) -> SafeString | str:
        return link(note.claim, str(Truncator(note.claim.text).chars(80)))


@admin.register(Regrouping)
class RegroupingAdmin(ReadOnlyAdmin[Regrouping]):
    """What people merged, split and moved; the page of a review is where it is undone."""

    list_display = ("created_at", "kind", "source_link", "target_link", "by", "why", "undone_at")
    list_filter = ("kind", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("why", "by__username")
    search_help_text = "Reason or person"
    exclude = ("judgements",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Regrouping]:
        rows = Regrouping.objects.select_related("source", "target", "by")
        return rows.defer("source__profile", "target__profile")

    @admin.display(description="from")
    def source_link(self, row: Regrouping) -> SafeString | str:
        return link(row.source, str(Truncator(row.source.text).chars(60)))

    @admin.display(description="to")
    def target_link(self, row: Regrouping) -> SafeString | str:
        return link(row.target, str(Truncator(row.target.text).chars(60)))


@admin.register(Rematch)
class RematchAdmin(ReadOnlyAdmin[Rematch]):
    """How far a run of re-matching is."""

    list_display = ("created_at", "story", "done", "total", "moved", "stop_requested", "finished_at")
    list_select_related = ("story",)
