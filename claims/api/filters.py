"""What the lists can be filtered by."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, OrderBy, Q, QuerySet
from django_filters.fields import IsoDateTimeField
from drf_spectacular.utils import extend_schema_field

from claims.models import Article, Assessment, Claim, Mention, Story
from claims.numbers import LARGEST_ID


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
class IdFilter(filters.Filter):
    """By the id of a row; anything but a whole number is a wrong request."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST_ID, **kwargs)


class MomentField(IsoDateTimeField):
    """A moment in UTC: PostgreSQL takes no offset of sixteen hours or more, though ISO 8601 can write one."""

    def to_python(self, value: object) -> datetime | None:
        moment: datetime | None = super().to_python(value)
        try:
            return moment.astimezone(UTC) if moment else None
        except OverflowError:
            raise ValidationError("There is no such moment.") from None


class MomentFilter(filters.IsoDateTimeFilter):
    """By a moment in ISO 8601."""

    field_class = MomentField


class StableOrdering(filters.OrderingFilter):
    """What is not known comes last, and what is alike by id: a page never shows what another has shown."""

    def get_ordering_value(self, param: str) -> OrderBy:
        name = super().get_ordering_value(param)
        column = F(name.removeprefix("-"))
        return column.desc(nulls_last=True) if name.startswith("-") else column.asc(nulls_last=True)

    def filter(self, qs: QuerySet[Any], value: list[str] | None) -> QuerySet[Any]:
        ordered: QuerySet[Any] = super().filter(qs, value)
        return ordered.order_by(*ordered.query.order_by, "-id") if value else ordered


class ArticleFilter(filters.FilterSet):
    source = IdFilter(field_name="source_id")
    story = IdFilter(field_name="story_id")
    language = filters.CharFilter()
    published_after = MomentFilter(field_name="published_at", lookup_expr="gte")
    published_before = MomentFilter(field_name="published_at", lookup_expr="lt")
    text = filters.CharFilter(field_name="title", lookup_expr="icontains", label="words of the title")

    class Meta:
        model = Article
        fields: list[str] = []


class StoryFilter(filters.FilterSet):
    text = filters.CharFilter(field_name="title", lookup_expr="icontains", label="words of the title")

    class Meta:
        model = Story
        fields: list[str] = []


class ClaimFilter(filters.FilterSet):
    """``reviews`` adds the status to these."""

    story = IdFilter(field_name="story_id")
    source = IdFilter(method="by_mention", label="id of a source that mentions it")
    speaker = filters.CharFilter(method="by_mention", label="a speaker's name, or a part of it")
    probability_min = filters.NumberFilter(field_name="assessment__probability", lookup_expr="gte")
    probability_max = filters.NumberFilter(field_name="assessment__probability", lookup_expr="lte")
    origins_min = filters.NumberFilter(field_name="assessment__independent_origins", lookup_expr="gte")
    origins_max = filters.NumberFilter(field_name="assessment__independent_origins", lookup_expr="lte")
    suggested = filters.ChoiceFilter(field_name="assessment__suggested", choices=Assessment.Suggestion.choices)
    text = filters.CharFilter(method="by_text", label="words of the claim or of a quote")
    ordering = StableOrdering(
        fields={
            "id": "id",
            "assessment__probability": "probability",
            "assessment__independent_origins": "origins",
            "assessment__article_count": "articles",
        }
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    def by_mention(self, queryset: QuerySet[Claim], name: str, value: Any) -> QuerySet[Claim]:
        """Claims of which some mention has this source or speaker; a subquery, so that no claim comes twice."""
        if name == "source":
            found = Mention.objects.filter(article__source_id=value)
        else:
            spelt = Q(speaker__canonical__icontains=value) | Q(speaker__aliases__name__icontains=value)
            found = Mention.objects.filter(spelt)
        return queryset.filter(pk__in=found.values("claim_id"))

    def by_text(self, queryset: QuerySet[Claim], _name: str, value: str) -> QuerySet[Claim]:
        quoted = Mention.objects.filter(quote__icontains=value, claim__isnull=False)
        return queryset.filter(Q(text__icontains=value) | Q(pk__in=quoted.values("claim_id")))
