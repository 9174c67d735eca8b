"""The queue of reviews, and the page on which a claim is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from claims.admin import claim_page
from claims.admin.base import ReadOnlyAdmin, chip, page_of
from claims.admin.claims import origins_cell
from claims.admin.filters import StoryFilter
from claims.models import Mention
from reviews.admin.filters import WAITING, QueueFilter, ReviewOriginsFilter, SuggestedFilter
from reviews.admin.forms import ActionForm, form_class
from reviews.admin.panel import LABELS, panel_for
from reviews.admin.regroup import RegroupPage
from reviews.errors import Conflict, Invalid, Missing, Refused
from reviews.models import Review
from reviews.services import act
from reviews.services.queueing import take_next
from reviews.workflow import Action

MOST_EVENTS = 200
ACTIONS = frozenset(action.value for action in Action)


class ReviewStoryFilter(StoryFilter):
    """By the claim's story."""

    field = "claim__story"


def queue() -> QuerySet[Review]:
    """Reviews with what a line shows; what waits for people first, then contested, many outlets, age."""
    denials = Mention.objects.filter(claim=OuterRef("claim"), stance=Mention.Stance.DENIES).order_by()
    counted = Subquery(denials.values("claim").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        Review.objects.filter(claim__merged_into__isnull=True)
        .select_related("claim__story", "claim__assessment", "assignee")
        .defer(
            "claim__profile", "claim__story__profile", "claim__assessment__contributions", "claim__assessment__origins"
        )
        .annotate(
            denial_count=Coalesce(counted, 0),
            urgency=Case(When(WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
    )


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin[Review]):
    """Every change goes through ``reviews.services``; the page only asks and shows."""

    list_title = "Review queue"
    list_display = ("claim_text", "origins", "articles", "denials", "status_chip", "suggested", "assignee", "age")
    list_filter = (QueueFilter, "status", SuggestedFilter, ReviewOriginsFilter, ReviewStoryFilter)
    search_fields = ("claim__text", "claim__mentions__quote", "assignee__username")
    search_help_text = "Words of the claim or of a mention, or a colleague’s name"
    page_template = "admin/reviews/review/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return queue()

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("urgency", "-contested", "-outlets", "created_at", "id")

    def page_queryset(self) -> QuerySet[Review]:
        return Review.objects.select_related(
            "claim__story", "claim__assessment", "claim__merged_into", "assignee", "proposer", "approver", "decided_on"
        ).defer("claim__profile", "claim__story__profile", "claim__assessment__origins", "claim__merged_into__profile")

    @admin.display(description="claim", ordering="claim__text")
    def claim_text(self, review: Review) -> str:
        return str(Truncator(review.claim.text).chars(160))

    @admin.display(description="independent origins", ordering="claim__assessment__independent_origins")
    def origins(self, review: Review) -> SafeString | str:
        return origins_cell(review.claim)

    @admin.display(description="articles", ordering="claim__assessment__article_count")
    def articles(self, review: Review) -> int | str:
        return review.claim.assessment.article_count if review.claim.assessment else "–"

    @admin.display(description="denials", ordering="denial_count")
    def denials(self, review: Review) -> int:
        return int(review.denial_count)  # type: ignore[attr-defined]

    @admin.display(description="status", ordering="status")
    def status_chip(self, review: Review) -> SafeString:
        marked = " · re-check" if review.recheck_at else ""
        return chip(review.get_status_display() + marked, f"status chip-{'recheck' if marked else review.status}")

    @admin.display(description="machine suggests", ordering="claim__assessment__suggested")
    def suggested(self, review: Review) -> SafeString | str:
        return chip(review.claim.assessment.suggested, "machine") if review.claim.assessment else "–"

    @admin.display(description="age", ordering="-created_at")
    def age(self, review: Review) -> str:
        return timesince(review.created_at, timezone.now(), depth=1)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The review's page; a POST asks for one action."""
        if request.method == "POST" and object_id.isdigit():
            review = self.page_queryset().filter(pk=object_id).first()
            if not self.has_view_permission(request, review):
                raise PermissionDenied
            if review is not None:
                return self._ask(request, review)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_urls(self) -> list[URLPattern]:
        following = self.admin_site.admin_view(require_POST(self.next_view))
        regroup = self.admin_site.admin_view(RegroupPage(self.admin_site.each_context, self.has_view_permission))
        return [
            path("next/", following, name="reviews_review_next"),
            path("<int:review_id>/regroup/", regroup, name="reviews_review_regroup"),
            *super().get_urls(),
        ]

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Take the most urgent claim that nobody holds, and go to it."""
        if not self.has_view_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        try:
            review = take_next(request.user)
        except Refused as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(reverse("admin:index"))
        if review is None:
            messages.info(request, "Nothing waits for a reviewer.")
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(page_of(review))

    def _ask(self, request: HttpRequest, review: Review) -> HttpResponse:
        """Do what was asked for, or show the page again with what was typed and what is in the way."""
        name = request.POST.get("action", "")
        if name not in ACTIONS or not isinstance(request.user, User):
            return HttpResponseRedirect(page_of(review))
        form = form_class(Action(name))(review, request.POST)
        if not form.is_valid():
            return self._again(request, review, form, 400)
        try:
            act(review.claim_id, request.user, form.order())
        except (Missing, Invalid) as error:
            form.take_back(error)
            return self._again(request, review, form, 400)
        except Refused as error:
            messages.error(request, error.message)
            return self._again(request, review, form, 403)
        except Conflict as error:
            return self._too_late(request, review, form, error)
        messages.success(request, f"{LABELS[form.action][0]}: done.")
        return HttpResponseRedirect(page_of(review))

    def _again(self, request: HttpRequest, review: Review, form: ActionForm, status: int) -> HttpResponse:
        return self.page(request, review, {"bound": form}, status=status)

    def _too_late(self, request: HttpRequest, review: Review, form: ActionForm, error: Conflict) -> HttpResponse:
        """Somebody was faster: say what changed since, and keep the typed text."""
        seen = form.cleaned_data["version"]
        review = self.page_queryset().get(pk=review.pk)
        form.review = review
        form.meet(review.version)
        since = list(review.events.filter(sequence__gt=seen).order_by("sequence")[:20])
        return self.page(request, review, {"bound": form, "conflict": error, "since": since}, status=409)

    def page(
        self, request: HttpRequest, item: Review, extra: dict[str, Any] | None = None, status: int = 200
    ) -> TemplateResponse:
        """The claim's page with the panel beside it."""
        bound = (extra or {}).get("bound")
        context = {
            "title": item.claim.text,
            "page": claim_page.build(item.claim),
            "panel": panel_for(item, request.user, bound) if isinstance(request.user, User) else None,
            "events": list(item.events.order_by("-sequence")[:MOST_EVENTS]),
            "evidence_form": "form-propose",
            "evidence_chosen": bound.evidence if bound is not None else [],
            **(extra or {}),
        }
        if context["panel"] is None or all(card.action is not Action.PROPOSE for card in context["panel"].cards):
            context["evidence_form"] = ""
            context["evidence_chosen"] = []
        return super().page(request, item, context, status)
