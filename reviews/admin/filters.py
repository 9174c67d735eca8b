"""Ways to look at the queue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from claims.admin.filters import OriginsFilter
from reviews.models import Review
from reviews.querysets import free
from reviews.services.notifying import reviews_of
from reviews.workflow import DECIDED, Status

SETTLED = (*DECIDED, Status.DISMISSED)
WAITING = ~Q(status__in=SETTLED) | Q(recheck_at__isnull=False)

SHOWN = Q(fragment=False) | Q(assignee__isnull=False) | ~Q(status=Status.UNVERIFIED)
"""Fragments are hidden, but none that a person has taken or decided."""


def queue_conditions(user_id: int) -> dict[str, Q]:
    """The parts of the queue as this person sees them."""
    return {
        "waiting": WAITING & SHOWN,
        "mine": Q(assignee_id=user_id),
        "unassigned": free(timezone.now()) & Q(fragment=False),
        "approve": Q(status=Status.PROPOSED) & ~Q(proposer_id=user_id),
        "recheck": Q(recheck_at__isnull=False),
        "contested": WAITING & SHOWN & Q(contested=True),
    }


class QueueFilter(SimpleListFilter):
    """What waits for people; without a choice all is listed, most urgent first, but fragments that nobody has held."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return [
            ("waiting", "waiting for people"),
            ("mine", "mine"),
            ("unassigned", "unassigned"),
            ("approve", "for me to approve"),
            ("recheck", "re-check"),
            ("contested", "contested"),
            ("fragments", "fragments"),
            ("everything", "everything"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        conditions = queue_conditions(request.user.pk or 0)
        chosen = self.value()
        if chosen in ("everything", "fragments"):
            return queryset.filter(fragment=True) if chosen == "fragments" else queryset
        return queryset.filter(conditions.get(chosen or "", SHOWN))


class NoticeFilter(SimpleListFilter):
    """By one of the reader's own notices, whose link leads here; there is nothing to choose otherwise."""

    title = "notice"
    parameter_name = "notice"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        chosen = self.value()
        return [(chosen, "the claims of one notice")] if chosen else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        chosen = self.value() or ""
        if not chosen or not isinstance(request.user, User):
            return queryset
        number = int(chosen) if chosen.isdecimal() and chosen.isascii() else 0
        return queryset.filter(pk__in=reviews_of(request.user, number))


class SuggestedFilter(SimpleListFilter):
    """By what the machine suggests."""

    title = "machine suggests"
    parameter_name = "suggested"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> Iterable[tuple[str, str]]:
        return [(name, name) for name in ("corroborated", "disputed", "unverified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        chosen = self.value()
        return queryset.filter(claim__assessment__suggested=chosen) if chosen else queryset


class ReviewOriginsFilter(OriginsFilter):
    """By the number of independent origins."""

    path = "claim__assessment__"
