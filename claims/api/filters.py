"""What the lists can be filtered by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from claims.api.parameters import AfterFilter, BeforeFilter, CountFilter, IdFilter, ShareFilter, TextFilter, YesNoFilter
from claims.models import Article, Assessment, Claim, Mention, Story

FROM = "from this day on, or from this moment on"
UNTIL = "up to and with this day, or before this moment"


class ArticleFilter(filters.FilterSet):
    source = IdFilter(field_name="source_id")
    story = IdFilter(field_name="story_id")
    language = TextFilter()
    published_after = AfterFilter(field_name="published_at", label=f"published {FROM}")
    published_before = BeforeFilter(field_name="published_at", label=f"published {UNTIL}")
    created_after = AfterFilter(field_name="created_at", label=f"taken in {FROM}")
    created_before = BeforeFilter(field_name="created_at", label=f"taken in {UNTIL}")
    text = TextFilter(field_name="folded", lookup_expr="icontains", label="words of the title")

    class Meta:
        model = Article
        fields: list[str] = []


class StoryFilter(filters.FilterSet):
    text = TextFilter(field_name="folded", lookup_expr="icontains", label="words of the title")

    class Meta:
        model = Story
        fields: list[str] = []


class ClaimFilter(filters.FilterSet):
    """``reviews`` adds the status to these. What is asked of a mention holds for one and the same mention."""

    story = IdFilter(field_name="story_id")
    source = IdFilter(method="by_mention", label="id of a source that mentions it")
    speaker = TextFilter(method="by_mention", label="a speaker's name, or a part of it")
    published_after = AfterFilter(method="by_mention", label=f"stated by an article published {FROM}")
    published_before = BeforeFilter(method="by_mention", label=f"stated by an article published {UNTIL}")
    created_after = AfterFilter(field_name="created_at", label=f"first read {FROM}")
    created_before = BeforeFilter(field_name="created_at", label=f"first read {UNTIL}")
    probability_min = ShareFilter(field_name="assessment__probability", lookup_expr="gte")
    probability_max = ShareFilter(field_name="assessment__probability", lookup_expr="lte")
    origins_min = CountFilter(field_name="assessment__independent_origins", lookup_expr="gte")
    origins_max = CountFilter(field_name="assessment__independent_origins", lookup_expr="lte")
    worth_min = ShareFilter(field_name="worth", lookup_expr="gte", label="worth checking at least so much, 0 to 1")
    fragment = YesNoFilter(label="true: the text cannot be understood by itself; false: it can")
    suggested = filters.ChoiceFilter(field_name="assessment__suggested", choices=Assessment.Suggestion.choices)
    text = TextFilter(method="by_text", label="words of the claim or of a quote")

    class Meta:
        model = Claim
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        """Return the claims that meet every condition; those of a mention in one subquery, so that none comes twice."""
        found: QuerySet[Claim] = super().filter_queryset(queryset)
        conditions = [
            condition
            for name, condition_of in _MENTIONED.items()
            if (value := self.form.cleaned_data.get(name)) is not None and value != ""
            for condition in [condition_of(value)]
        ]
        if not conditions:
            return found
        mentions = Mention.objects.filter(*conditions, claim__isnull=False)
        return found.filter(pk__in=mentions.values("claim_id"))

    def by_mention(self, queryset: QuerySet[Claim], _name: str, _value: Any) -> QuerySet[Claim]:
        """Return all: ``filter_queryset`` puts the conditions of a mention together."""
        return queryset

    def by_text(self, queryset: QuerySet[Claim], _name: str, value: str) -> QuerySet[Claim]:
        quoted = Mention.objects.filter(folded__icontains=value, claim__isnull=False)
        return queryset.filter(Q(folded__icontains=value) | Q(pk__in=quoted.values("claim_id")))


def _spoken_by(name: str) -> Q:
    return Q(speaker__key__icontains=name) | Q(speaker__aliases__key__icontains=name)


_MENTIONED: dict[str, Callable[[Any], Q]] = {
    "source": lambda source: Q(article__source_id=source),
    "speaker": _spoken_by,
    "published_after": AfterFilter(field_name="article__published_at").condition,
    "published_before": BeforeFilter(field_name="article__published_at").condition,
}
"""The condition on a mention that a parameter stands for."""
