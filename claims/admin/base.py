"""What every page of the desk shares: reading without writing, fixed numbers of queries, links and chips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.db.models import AutoField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.lost_updates import LostUpdateMixin
from claims.engine import names
from claims.models import Assessment
from claims.numbers import LARGEST_ID, whole

M = TypeVar("M", bound=Model)

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin
else:

    class _ModelAdmin(admin.ModelAdmin):
        """Subscriptable, as type checkers want it."""

        def __class_getitem__(cls, item: object) -> type:
            return cls


class DeskAdmin(LostUpdateMixin, _ModelAdmin[M]):
    """A list that costs the same whatever its length, and a page of our own for one object."""

    list_per_page = 50
    show_full_result_count = False
    actions_on_top = True
    page_template = ""
    """The template of an object's own page; empty: the stock form."""

    list_title = ""
    """The heading of the list; empty: what its objects are called."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The stock list under a heading that says what it lists."""
        _refuse_what_no_column_holds(request)
        if not all(self._is_key(chosen) for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise SuspiciousOperation("What is chosen is no row of a list.")
        title = self.list_title or str(self.opts.verbose_name_plural).capitalize()
        listed: HttpResponse = super().changelist_view(request, {"title": title, **(extra_context or {})})
        return listed

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Find what is asked for in whatever quotation marks and width it is typed."""
        found: tuple[QuerySet[M], bool] = super().get_search_results(request, queryset, names.fold(search_term))
        return found

    def page_queryset(self) -> QuerySet[M]:
        """Where the page's object is fetched from, with all that the page needs of it."""
        everything: QuerySet[M] = self.model._default_manager.all()
        return everything

    def page_context(self, request: HttpRequest, item: M) -> dict[str, Any]:
        """What the page's template gets beside ``original``."""
        return {}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the page, or the stock form where there is none."""
        if not self.page_template:
            stock: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
            return stock
        key = self.opts.pk.to_python(object_id) if self._is_key(object_id) else None
        item = self.page_queryset().filter(pk=key).first() if key is not None else None
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if item is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id}.")
        return self.page(request, item, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse where nobody deletes this, and say why."""
        if not self.has_delete_permission(request):
            raise PermissionDenied(
                f"No {self.opts.verbose_name} is deleted here: decisions rest on it, and their history keeps it all."
            )
        stock: HttpResponse = super().delete_view(request, object_id, extra_context)
        return stock

    def _is_key(self, object_id: str) -> bool:
        """Whether this can be the key of an object: what cannot is not found, and no error."""
        if isinstance(self.opts.pk, AutoField):
            return whole(object_id) is not None
        try:
            self.opts.pk.to_python(object_id)
        except ValidationError:
            return False
        return "\0" not in object_id

    def page(
        self, request: HttpRequest, item: M, extra: dict[str, Any] | None = None, status: int = 200
    ) -> TemplateResponse:
        """The object's page."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": item,
            "title": str(item),
            "is_popup": IS_POPUP_VAR in request.GET,
            "has_view_permission": True,
            "has_change_permission": self.has_change_permission(request, item),
            "media": self.media,
            **self.page_context(request, item),
            **(extra or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.page_template, context, status=status)


def _refuse_what_no_column_holds(request: HttpRequest) -> None:
    """Answer 400 for null characters, filters by numbers that are too large, and chosen rows that are none."""
    for name, values in request.GET.lists():
        if any("\0" in value for value in values):
            raise SuspiciousOperation("No database takes a null character.")
        if name != SEARCH_VAR and any(value.isdecimal() and int(value[:20]) > LARGEST_ID for value in values):
            raise SuspiciousOperation("No column holds so large a number.")


class ReadOnlyAdmin(DeskAdmin[M]):
    """Facts that nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def page_of(item: Model) -> str:
    """The address of an object's page on the desk."""
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])


def link(item: Model | None, text: str = "") -> SafeString | str:
    """A link to an object's page; a dash where there is none."""
    return format_html('<a href="{}">{}</a>', page_of(item), text or str(item)) if item else "–"


def chip(text: str, kind: str) -> SafeString:
    """A short word in a coloured frame; the word says it all, the colour only helps."""
    return format_html('<span class="chip chip-{}">{}</span>', kind, text)


def suggestion_cell(assessment: Assessment | None) -> SafeString | str:
    """Return what the machine suggests, marked as its word, or in quiet words why it suggests nothing."""
    if assessment is None:
        return "–"
    if assessment.no_suggestion:
        return format_html('<span class="quiet-text">none: {}</span>', assessment.no_suggestion)
    return chip(assessment.suggested, "machine")


admin.site.site_header = admin.site.site_title = "Verifier"
admin.site.index_title = "Desk"
admin.site.site_url = None
admin.site.enable_nav_sidebar = False
