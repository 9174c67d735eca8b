"""One action on the chosen claims of the queue: what it needs is asked for once, every claim reports its own result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.base import ReadOnlyAdmin, page_of
from claims.errors import VerifierError
from claims.models import Claim
from claims.numbers import LARGEST_VERSION
from reviews.admin.forms import ActionForm, form_class, numbers
from reviews.admin.panel import LABELS
from reviews.errors import Invalid, Missing
from reviews.models import BulkJob, Review
from reviews.services import bulk
from reviews.services.bulk import AT_MOST, Bulk
from reviews.workflow import Action, Person, Role, holds_a_role_for

Context = Callable[[HttpRequest], dict[str, Any]]
CHOSEN = "claim"
"""The hidden fields: the claim's id and the version that was seen, ``17:3``."""


def bulk_actions(request: HttpRequest) -> dict[str, Any]:
    """The actions of the queue that this person's roles allow, in the form in which the admin wants them."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("reviews.add_bulkjob"):
        return {}
    roles = frozenset(role for role in Role if user.has_perm(f"reviews.act_as_{role.value}"))
    allowed = [action for action in Action if holds_a_role_for(action, Person(user.pk, roles))]
    return {action.value: (_chooser(action), action.value, f"{LABELS[action][0]} …") for action in allowed}


def _chooser(action: Action) -> Callable[[Any, HttpRequest, QuerySet[Review]], HttpResponse | None]:
    def choose(model_admin: Any, request: HttpRequest, queryset: QuerySet[Review]) -> HttpResponse | None:
        """Lead from the ticked rows to the page that asks for what the action needs."""
        found = list(queryset.order_by().values_list("claim_id", "version")[: AT_MOST + 1])
        if len(found) > AT_MOST:
            messages.error(request, f"At most {AT_MOST} claims at once.")
            return None
        context = model_admin.admin_site.each_context(request)
        return _ask(request, context, form_class(action)(None), dict(found))

    return choose


def _ask(
    request: HttpRequest, context: dict[str, Any], form: ActionForm, chosen: dict[int, int], status: int = 200
) -> TemplateResponse:
    label, hint, _ = LABELS[form.action]
    texts = dict(Claim.objects.filter(pk__in=chosen).values_list("pk", "text"))
    page = {
        **context,
        "opts": Review._meta,
        "title": f"{label}: {len(chosen)} claims" if len(chosen) != 1 else f"{label}: one claim",
        "form": form,
        "action": form.action,
        "label": label,
        "hint": hint,
        "chosen": [(f"{pk}:{version}", texts.get(pk, f"claim {pk}")) for pk, version in chosen.items()],
        "together": request.POST.get("together") == "1",
    }
    return TemplateResponse(request, "admin/reviews/review/bulk.html", page, status=status)


def _chosen(values: list[str]) -> dict[int, int]:
    """Claim ids and versions from the hidden fields; what is malformed is left out."""
    pairs = (numbers(value.split(":")) for value in values)
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1] <= LARGEST_VERSION}


class BulkPage:
    """The page's view, for the review admin to route to."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Start the job, or ask again for what is missing."""
        name = request.POST.get("action", "")
        if not isinstance(request.user, User) or name not in bulk_actions(request):
            raise PermissionDenied
        form = form_class(Action(name))(None, request.POST)
        chosen = _chosen(request.POST.getlist(CHOSEN))
        if not form.is_valid():
            return _ask(request, self.context(request), form, chosen, 400)
        order = Bulk(form.order(), dict(chosen), together=request.POST.get("together") == "1")
        try:
            job = bulk.start(order, request.user)
        except (Missing, Invalid) as error:
            form.take_back(error)
        except VerifierError as error:
            form.add_error(None, error.message)
        else:
            return HttpResponseRedirect(page_of(job))
        return _ask(request, self.context(request), form, chosen, 400)


@admin.register(BulkJob)
class BulkJobAdmin(ReadOnlyAdmin[BulkJob]):
    """How far a bulk action is, and what became of each claim."""

    list_title = "Bulk actions"
    list_display = ("created_at", "action", "actor", "state", "claims", "refused")
    list_filter = ("state", "action")
    page_template = "admin/reviews/bulkjob/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BulkJob]:
        return self.page_queryset()

    def page_queryset(self) -> QuerySet[BulkJob]:
        refused = Count("items", filter=~Q(items__outcome__in=["", "done"]))
        done = Count("items", filter=Q(items__outcome="done"))
        counted = BulkJob.objects.annotate(claim_count=Count("items"), refused_count=refused, done_count=done)
        return counted.select_related("actor")

    @admin.display(description="claims")
    def claims(self, job: BulkJob) -> int:
        return int(job.claim_count)  # type: ignore[attr-defined]

    @admin.display(description="refused")
    def refused(self, job: BulkJob) -> int:
        return int(job.refused_count)  # type: ignore[attr-defined]

    def page_context(self, request: HttpRequest, item: BulkJob) -> dict[str, Any]:
        """Each claim with its result; the claims' texts and reviews in one query each."""
        items = list(bulk.results(item))
        reviews = Review.objects.filter(claim__in=[i.claim_id for i in items]).select_related("claim")
        found = {r.claim_id: r for r in reviews.defer("claim__profile")}
        return {
            "title": f"{LABELS[Action(item.action)][0]}: {item.get_state_display()}",
            "rows": [(i, found.get(i.claim_id)) for i in items],
            "running": item.finished_at is None,
            "queue_address": reverse("admin:reviews_review_changelist"),
        }
