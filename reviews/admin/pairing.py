"""Two claims to be merged: ticked in a list, or the other one found by its words or its number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator

from claims.admin.claims import ClaimAdmin
from claims.engine.names import fold
from claims.models import Claim
from claims.numbers import whole
from reviews.models import Review
from reviews.people import person_of
from reviews.services import duplicates, open_review
from reviews.workflow import Duty, may

MERGE_TWO = "merge_two"
LABEL = "Merge the two ticked …"
MOST_FOUND = 20
_MOST_WORDS = 8


def merge_action(request: HttpRequest) -> dict[str, Any]:
    """The action for lists of claims and of reviews, where this person may merge."""
    if not request.user.has_perm("reviews.act_as_editor") or not request.user.has_perm("reviews.view_review"):
        return {}
    return {MERGE_TWO: (_merge_two, MERGE_TWO, LABEL)}


def _merge_two(model_admin: Any, request: HttpRequest, ticked: QuerySet[Any]) -> HttpResponse | None:
    """Lead from two ticked rows to the form that shows what merging them would do."""
    field = "claim_id" if ticked.model is Review else "pk"
    ids = list(ticked.order_by().values_list(field, flat=True)[:3])
    if len(ids) != 2 or not isinstance(request.user, User):
        messages.error(request, "Tick two claims to merge them.")
        return None
    one, other = (_review(pk) for pk in ids)
    plan = duplicates.plan(one, other, request.user)
    return HttpResponseRedirect(merge_form(plan.source, plan.target.claim_id))


def merge_form(source: Review, target_id: int, why: str = "") -> str:
    """The address of the form that merges a claim into another one, filled in so far."""
    given = {"number": str(target_id), **({"why": why} if why else {})}
    return f"{reverse('admin:reviews_review_regroup', args=[source.pk])}?{urlencode(given)}"


def _review(claim_id: int) -> Review:
    found = Review.objects.select_related("claim", "assignee").filter(claim=claim_id).first()
    return found or open_review(Claim.objects.get(pk=claim_id))


admin.site.unregister(Claim)


@admin.register(Claim)
class MergeableClaimAdmin(ClaimAdmin):
    """The list of claims, in which an editor may tick two and merge them."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_actions(request), **merge_action(request)}


class TargetsView:
    """The claims that somebody may mean, as they type words or a number; for the form's field."""

    def __init__(self, may_view: Callable[[HttpRequest], bool]) -> None:
        self.may_view = may_view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with at most ``MOST_FOUND`` claims, those of the same story first, and whether there are more."""
        user = request.user
        if not isinstance(user, User) or not self.may_view(request) or not may(Duty.MERGE, person_of(user)):
            raise PermissionDenied
        of = Claim.objects.filter(pk=whole(request.GET.get("claim", "")) or 0).first()
        rows = list(targets(request.GET.get("q", "").replace("\0", ""), of)[: MOST_FOUND + 1])
        found = [
            {
                "id": row.pk,
                "text": str(Truncator(row.text).chars(160)),
                "story": "" if of is None or row.story_id == of.story_id or row.story is None else row.story.title,
            }
            for row in rows[:MOST_FOUND]
        ]
        return JsonResponse({"claims": found, "more": len(rows) > MOST_FOUND})


def targets(typed: str, of: Claim | None) -> QuerySet[Claim]:
    """Return the claims with all of the words typed, or of this number, that ``of`` could be merged into.

    Those of the same story come first, then those that can be understood, then those most worth checking.
    """
    words = fold(typed).split()[:_MOST_WORDS]
    wanted = Q()
    for word in words:
        wanted &= Q(folded__contains=word)
    if len(words) == 1 and (number := whole(words[0])) is not None:
        wanted |= Q(pk=number)
    rows = Claim.objects.filter(wanted, merged_into__isnull=True).select_related("story")
    if of is not None:
        rows = rows.exclude(pk=of.pk)
    same = Case(When(story=of.story_id if of else None, then=Value(0)), default=Value(1), output_field=IntegerField())
    exact = Case(When(pk=whole(typed.strip()) or 0, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.defer("profile", "story__words", "story__profile").order_by(exact, same, "fragment", "-worth", "pk")
