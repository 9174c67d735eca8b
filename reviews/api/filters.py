"""What the lists of claims and reviews can be filtered by, beside the facts."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from claims.api.filters import ClaimFilter, IdFilter
from claims.models import Claim, Regrouping
from reviews.models import Review

ME = "me"


class ReviewedClaimFilter(ClaimFilter):
    """The facts' filters, and where the claim stands. ``assignee`` is a username, or ``me``."""

    status = filters.MultipleChoiceFilter(field_name="review__status", choices=Review.Status.choices)
    assignee = filters.CharFilter(method="by_assignee", label="a username, or me")
    recheck = filters.BooleanFilter(field_name="review__recheck_at", lookup_expr="isnull", exclude=True)

    def by_assignee(self, queryset: QuerySet[Claim], _name: str, value: str) -> QuerySet[Claim]:
        if value == ME and self.request is not None:
            return queryset.filter(review__assignee=self.request.user)
        return queryset.filter(review__assignee__username=value)


class ReviewFilter(filters.FilterSet):
    """``assignee`` is a username, or ``me``."""

    status = filters.MultipleChoiceFilter(choices=Review.Status.choices)
    assignee = filters.CharFilter(method="by_assignee", label="a username, or me")
    recheck = filters.BooleanFilter(field_name="recheck_at", lookup_expr="isnull", exclude=True)
    contested = filters.BooleanFilter()

    class Meta:
        model = Review
        fields: list[str] = []

    def by_assignee(self, queryset: QuerySet[Review], _name: str, value: str) -> QuerySet[Review]:
        if value == ME and self.request is not None:
            return queryset.filter(assignee=self.request.user)
        return queryset.filter(assignee__username=value)


class RegroupingFilter(filters.FilterSet):
    claim = IdFilter(method="by_claim", label="id of a claim that mentions left or joined")

    class Meta:
        model = Regrouping
        fields: list[str] = []

    def by_claim(self, queryset: QuerySet[Regrouping], _name: str, value: Any) -> QuerySet[Regrouping]:
        return queryset.filter(Q(source_id=value) | Q(target_id=value))
