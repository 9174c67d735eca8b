"""Judgements: what people have said about sameness."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.models import Judgement


@admin.register(Judgement)
class JudgementAdmin(ReadOnlyAdmin[Judgement]):
    """A judgement is given by merging, splitting or moving, and taken back by undoing; here it is read."""

    list_display = ("left", "right", "word", "why", "by", "created_at", "withdrawn_at")
    list_filter = ("word", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("left", "right", "why", "by__username")
    search_help_text = "Key, reason or person"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Judgement]:
        return super().get_queryset(request).select_related("by")
