"""Sources: who publishes, where, and how often its independent statements agreed with what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.base import DeskAdmin, page_of
from claims.admin.filters import LookalikeFilter
from claims.engine import names
from claims.errors import SourceError
from claims.models import Source, SourceMerge, SourceReliability
from claims.numbers import whole
from claims.querysets import sources_for_desk
from claims.services import sources

if TYPE_CHECKING:
    _Form = forms.ModelForm[Source]
else:
    _Form = forms.ModelForm


class SourceForm(_Form):
    """An outlet's name, site and kind. A name or site of another source is refused, and merging offered."""

    class Meta:
        model = Source
        fields = ("name", "kind", "domain")

    other: Source | None = None
    """The source whose name or site was asked for."""

    def clean_name(self) -> str:
        name = names.clean(self.cleaned_data["name"])
        if names.key(name) != names.key(self.instance.name):
            self._ask("name", name)
        return name

    def clean_domain(self) -> str:
        address = self.cleaned_data["domain"].strip()
        return self._ask("domain", address) if address and address != self.instance.domain else address

    def _ask(self, field: str, value: str) -> str:
        try:
            return sources.free(self.instance, field, value)
        except sources.SourceConflict as error:
            self.other = error.other
            raise forms.ValidationError(error.message) from error
        except SourceError as error:
            raise forms.ValidationError(error.message) from error


class MergeForm(forms.Form):
    """Which source this one is, and why."""

    target = forms.CharField(label="The other source: its name, site or number", max_length=200)
    why = forms.CharField(label="Why they are one", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_target(self) -> Source:
        asked = self.cleaned_data["target"]
        found = sources.found(asked)
        if found is None:
            raise forms.ValidationError("There is no such source.")
        return found


@admin.register(Source)
class SourceAdmin(DeskAdmin[Source]):
    """An editor may correct an outlet's name, kind and site, and merge two that are one; its key stays."""

    list_display = ("name", "kind", "domain", "articles", "reliability_counts")
    list_filter = ("kind", LookalikeFilter)
    search_fields = ("folded", "aliases__key", "key")
    search_help_text = "Name or domain"
    readonly_fields = ("key", "created_at")
    fields = ("name", "kind", "domain", "key", "created_at")
    form = SourceForm
    change_form_template = "admin/claims/source/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return sources_for_desk().filter(merged_into=None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Rename through the service: the name and site lead here from now on."""
        Source.objects.filter(pk=obj.pk).update(kind=obj.kind)
        sources.rename(obj.pk, obj.name, obj.domain)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The stock form, with what leads here, what looks alike, and merging below it."""
        source = Source.objects.filter(pk=whole(object_id) or 0, merged_into=None).first()
        if source is None:
            return super().change_view(request, object_id, form_url, extra_context)
        asked = MergeForm(request.POST if "merge" in request.POST else None)
        if {"merge", "undo"} & request.POST.keys():
            if not self.has_change_permission(request, source) or not isinstance(request.user, User):
                raise PermissionDenied
            after = self._merge(request, source, asked) if "merge" in request.POST else self._undo(request, source)
            if after is not None:
                return HttpResponseRedirect(page_of(after))
            request.method = "GET"  # the page once more, with what is in the way
        context = {**(extra_context or {}), **_around(source), "merge_form": asked}
        return super().change_view(request, object_id, form_url, context)

    def _merge(self, request: HttpRequest, source: Source, asked: MergeForm) -> Source | None:
        if not asked.is_valid():
            return None
        target: Source = asked.cleaned_data["target"]
        try:
            sources.merge(source.pk, target.pk, by=_person(request), why=asked.cleaned_data["why"])
        except SourceError as error:
            asked.add_error(error.field if error.field in asked.fields else None, error.message)
            return None
        messages.success(request, f"{source.name} is {target.name} now. What its articles state is scored again.")
        return target

    def _undo(self, request: HttpRequest, source: Source) -> Source:
        done = SourceMerge.objects.filter(pk=whole(request.POST["undo"]) or 0, target=source).first()
        try:
            if done is None:
                raise SourceError("There is no such merge.")
            sources.undo_merge(done.pk, by=_person(request))
        except SourceError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"{done.source.name} is a source of its own again.")
        return source

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


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _around(source: Source) -> dict[str, Any]:
    """What stands below the form of a source."""
    return {
        "aliases": list(source.aliases.all()),
        "alike": list(sources.possible_duplicates(source)[:20]),
        "mixed": names.mixed_scripts(source.name),
        "other_sites": sources.unlearned_sites(source)[:20],
        "merges": list(source.merges.filter(undone_at=None).select_related("source", "by")),
    }
