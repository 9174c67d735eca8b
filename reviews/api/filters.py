"""What the lists of claims and reviews can be filtered by, beside the facts."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from claims.api.filters import ClaimFilter
from claims.api.parameters import IdFilter, SeveralFilter, TextFilter, YesNoFilter
from claims.models import Claim, Correction, Regrouping
from reviews.models import Review
from reviews.services.notifying import reviews_of
from reviews.workflow import Status

ME = "me"
STATUS = "where it stands with the people; several with commas between them"


class ReviewedClaimFilter(ClaimFilter):
    """The facts' filters, and where the claim stands. ``assignee`` is a username, or ``me``."""

    status = SeveralFilter(method="by_status", label=STATUS, choices=Review.Status.choices)
    assignee = TextFilter(method="by_assignee", label="a username, or me")
    recheck = YesNoFilter(
        field_name="review__recheck_at", lookup_expr="isnull", exclude=True, label="marked for re-check"
    )

    notice = IdFilter(method="by_notice", label="id of one of your notifications: the claims that it is about")

    def by_notice(self, queryset: QuerySet[Claim], _name: str, value: int) -> QuerySet[Claim]:
        """Return the claims that one's own notice is about; somebody else's is about none."""
        user = self.request.user if self.request is not None else None
        if not isinstance(user, User):
            return queryset.none()
        return queryset.filter(review__in=reviews_of(user, value))

    def by_status(self, queryset: QuerySet[Claim], _name: str, value: list[str]) -> QuerySet[Claim]:
        """Return the claims that stand so; a claim that was not scored yet has no review and is unverified."""
        stands = Q(review__status__in=value)
        return queryset.filter(stands | Q(review__isnull=True) if Status.UNVERIFIED in value else stands)

    def by_assignee(self, queryset: QuerySet[Claim], _name: str, value: str) -> QuerySet[Claim]:
        if value == ME and self.request is not None:
            return queryset.filter(review__assignee=self.request.user)
        return queryset.filter(review__assignee__username=value)


class ReviewFilter(filters.FilterSet):
    """``assignee`` is a username, or ``me``."""

    status = SeveralFilter(field_name="status", label=STATUS, choices=Review.Status.choices)
    assignee = TextFilter(method="by_assignee", label="a username, or me")
    recheck = YesNoFilter(field_name="recheck_at", lookup_expr="isnull", exclude=True, label="marked for re-check")
    contested = YesNoFilter(field_name="contested")

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


class CorrectionFilter(filters.FilterSet):
    claim = IdFilter(method="by_claim", label="id of the claim, now or when it was corrected")
    article = IdFilter(field_name="mention__article", label="id of the article")
    in_force = YesNoFilter(field_name="withdrawn_at", lookup_expr="isnull", label="not taken back")

    class Meta:
        model = Correction
        fields: list[str] = []

    def by_claim(self, queryset: QuerySet[Correction], _name: str, value: Any) -> QuerySet[Correction]:
        return queryset.filter(Q(claim=value) | Q(mention__claim=value))
