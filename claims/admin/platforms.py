"""Platforms: sites whose address says nothing of the outlet. An editor keeps the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from claims.admin.base import DeskAdmin
from claims.errors import SourceError
from claims.models import Platform
from claims.services import sources

if TYPE_CHECKING:
    _Form = forms.ModelForm[Platform]
else:
    _Form = forms.ModelForm


class PlatformForm(_Form):
    """A domain, with everything below it."""

    def clean_domain(self) -> str:
        try:
            return sources.platform_domain(self.cleaned_data["domain"])
        except SourceError as error:
            raise forms.ValidationError(error.message) from error


@admin.register(Platform)
class PlatformAdmin(DeskAdmin[Platform]):
    """What is added here is nobody's own site from then on, also where it was taken for one before."""

    list_display = ("domain", "kind", "own_subdomains")
    list_filter = ("kind", "own_subdomains")
    search_fields = ("domain",)
    search_help_text = "Domain"
    form = PlatformForm

    def save_model(self, request: HttpRequest, obj: Platform, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        sources.unlearn(obj)
