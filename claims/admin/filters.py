"""List filters that stay short: a sidebar never lists a thousand stories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from claims.models import Article, Source, Speaker, Story
from claims.numbers import whole
from claims.querysets import STATES, site_owners

MOST = 12


class _Related(SimpleListFilter):
    """The few newest objects, and the chosen one whatever its age."""

    field = ""

    def candidates(self) -> QuerySet[Any]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        candidates = self.candidates()
        found = list(candidates[:MOST])
        chosen = whole(self.value() or "")
        if chosen is not None and all(item.pk != chosen for item in found):
            found += list(candidates.filter(pk=chosen))
        return [(str(item.pk), str(item)) for item in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        chosen = whole(self.value() or "")
        return queryset.none() if chosen is None else self.of(queryset, chosen)

    def of(self, queryset: QuerySet[Any], chosen: int) -> QuerySet[Any]:
        """The rows that belong to the chosen one."""
        return queryset.filter(**{self.field: chosen})


class StoryFilter(_Related):
    """By story; lists the latest."""

    title = "story"
    parameter_name = "story"
    field = "story"

    def candidates(self) -> QuerySet[Story]:
        return Story.objects.only("title")


class SourceFilter(_Related):
    """By outlet or agency; lists the latest to publish."""

    title = "source"
    parameter_name = "source"
    field = "source"

    def candidates(self) -> QuerySet[Source]:
        return Source.objects.filter(merged_into=None).order_by("-pk")


class ClaimSourceFilter(SourceFilter):
    """Claims that an outlet's articles state."""

    def of(self, queryset: QuerySet[Any], chosen: int) -> QuerySet[Any]:
        articles = Article.objects.filter(source_id=chosen)
        return queryset.filter(pk__in=articles.values("mentions__claim"))


class LookalikeFilter(SimpleListFilter):
    """Rows whose name looks like another one's: another spelling of it, or one that poses as it."""

    title = "name"
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return [("yes", "looks like another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        others = queryset.model._default_manager.filter(skeleton=OuterRef("skeleton")).exclude(pk=OuterRef("pk"))
        if queryset.model in (Source, Speaker):
            others = others.filter(merged_into=None)
        return queryset.filter(Exists(others), skeleton__gt="")


class AddressFilter(SimpleListFilter):
    """Articles of one outlet that stand on the site of another."""

    title = "address"
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return [("other", "on another outlet’s site")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(Exists(site_owners())) if self.value() == "other" else queryset


class LanguageFilter(SimpleListFilter):
    """By language."""

    title = "language"
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        found = Article.objects.order_by("language").values_list("language", flat=True).distinct()
        return [(code or "none", code or "unknown") for code in found[:MOST]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(language="" if chosen == "none" else chosen) if chosen else queryset


class StateFilter(SimpleListFilter):
    """By how far an article has come."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(state=chosen) if chosen else queryset


class OriginsFilter(SimpleListFilter):
    """By the number of independent origins."""

    title = "independent origins"
    parameter_name = "origins"
    path = "assessment__"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return [("1", "one"), ("2", "two"), ("3", "three or more"), ("none", "not scored yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        field = f"{self.path}independent_origins"
        conditions = {
            "1": Q(**{f"{field}__lte": 1}),
            "2": Q(**{field: 2}),
            "3": Q(**{f"{field}__gte": 3}),
            "none": Q(**{f"{field}__isnull": True}),
        }
        chosen = self.value()
        return queryset.filter(conditions[chosen]) if chosen in conditions else queryset
