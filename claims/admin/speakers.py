"""Speakers: who is quoted, under one name for all spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import DeskAdmin
from claims.admin.filters import LookalikeFilter
from claims.engine import names
from claims.models import Speaker, SpeakerAlias
from claims.querysets import speakers_for_desk

if TYPE_CHECKING:
    _Inline = admin.TabularInline[SpeakerAlias, Speaker]
    _Form = forms.ModelForm[SpeakerAlias]
else:
    _Inline, _Form = admin.TabularInline, forms.ModelForm


class AliasForm(_Form):
    """A spelling; one that leads to another speaker, in whatever case or composition, is refused by that name."""

    def clean_name(self) -> str:
        name = names.clean(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("This spelling holds nothing that can be seen.")
        taken = SpeakerAlias.objects.filter(key=names.key(name)).exclude(pk=self.instance.pk).select_related("speaker")
        if (other := taken.first()) is not None:
            raise forms.ValidationError(f"“{name}” is a spelling of {other.speaker.canonical}.")
        return name


class AliasInline(_Inline):
    """An editor declares two spellings to be the same speaker by adding one here."""

    model = SpeakerAlias
    form = AliasForm
    extra = 0


@admin.register(Speaker)
class SpeakerAdmin(DeskAdmin[Speaker]):
    """The canonical name is what the engine gave; spellings can be added, and whether the person is a he or a she."""

    list_display = ("canonical", "kind", "gender", "mentions")
    list_filter = ("kind", LookalikeFilter)
    search_fields = ("key", "aliases__key")
    search_help_text = "Name or spelling"
    readonly_fields = ("canonical", "kind", "created_at")
    inlines = (AliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return speakers_for_desk()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """To add a spelling and to tell the gender are the only changes there are."""
        return request.user.has_perm("claims.add_speakeralias")

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return False

    @admin.display(description="mentions", ordering="mention_count")
    def mentions(self, speaker: Speaker) -> int:
        return int(speaker.mention_count)  # type: ignore[attr-defined]
