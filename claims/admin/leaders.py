"""Leaders: who leads which state, and when. An editor keeps the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.base import DeskAdmin
from claims.engine.countries import country_of
from claims.models import Leader
from claims.services import leaders

if TYPE_CHECKING:
    _Form = forms.ModelForm[Leader]
else:
    _Form = forms.ModelForm


class LeaderForm(_Form):
    """A person, a state by its plain name, and the whole years in office."""

    def clean_state(self) -> str:
        state = country_of(self.cleaned_data["state"].strip())
        if not state:
            raise forms.ValidationError("No state is known by this name.")
        return state


@admin.register(Leader)
class LeaderAdmin(DeskAdmin[Leader]):
    """What is changed here changes origins: the claims in which the person speaks are scored again."""

    list_display = ("name", "state", "first_year", "last_year")
    search_fields = ("name", "state")
    search_help_text = "Person or state"
    form = LeaderForm

    def save_model(self, request: HttpRequest, obj: Leader, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        leaders.changed(obj.name, *filter(None, [form.initial.get("name")]))

    def delete_model(self, request: HttpRequest, obj: Leader) -> None:
        name = obj.name
        super().delete_model(request, obj)
        leaders.changed(name)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Leader]) -> None:
        names = list(queryset.values_list("name", flat=True))
        super().delete_queryset(request, queryset)
        leaders.changed(*names)
