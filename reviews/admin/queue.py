"""The queue of reviews, and the page on which a claim is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from claims.admin.base import chip, page_of, suggestion_cell
from claims.admin.claims import origins_cell
from claims.admin.filters import StoryFilter
from claims.querysets import denial_count
from reviews.admin.bulk import BulkPage, bulk_actions
from reviews.admin.check import CheckPage
from reviews.admin.correct import CorrectPages
from reviews.admin.duplicates import AnswerPage, DuplicatesPage, UndoPage
from reviews.admin.filters import WAITING, NoticeFilter, QueueFilter, ReviewOriginsFilter, SuggestedFilter
from reviews.admin.news import NewsPage
from reviews.admin.page import ReviewPage
from reviews.admin.pairing import TargetsView, merge_action
from reviews.admin.publication import PublicationPage
from reviews.admin.regroup import RegroupPage
from reviews.errors import Refused
from reviews.models import Review
from reviews.services.queueing import take_next


class ReviewStoryFilter(StoryFilter):
    """By the claim's story."""

    field = "claim__story"


def queue() -> QuerySet[Review]:
    """Reviews with what a line shows; what waits for people first, then contested, many outlets, worth, age."""
    return (
        Review.objects.filter(claim__merged_into__isnull=True)
        .select_related("claim__story", "claim__assessment", "assignee")
        .defer(
            "claim__profile", "claim__story__profile", "claim__assessment__contributions", "claim__assessment__origins"
        )
        .annotate(
            denial_count=denial_count("claim", "claim__assessment"),
            urgency=Case(When(WAITING, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
    )


@admin.register(Review)
class ReviewAdmin(ReviewPage):
    """Every change goes through ``reviews.services``; the page only asks and shows."""

    list_title = "Review queue"
    list_display = ("claim_text", "origins", "articles", "denials", "status_chip", "suggested", "assignee", "age")
    list_filter = (QueueFilter, NoticeFilter, "status", SuggestedFilter, ReviewOriginsFilter, ReviewStoryFilter)
    search_fields = ("claim__folded", "claim__mentions__folded", "assignee__username")
    search_help_text = "Words of the claim or of a mention, or a colleague’s name"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        return queue()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {**bulk_actions(request), **merge_action(request)}

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("urgency", "-contested", "-outlets", "-worth", "created_at", "id")

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
        return suggestion_cell(review.claim.assessment)

    @admin.display(description="age", ordering="-created_at")
    def age(self, review: Review) -> str:
        return timesince(review.created_at, timezone.now(), depth=1)

    def get_urls(self) -> list[URLPattern]:
        following = self.admin_site.admin_view(require_POST(self.next_view))
        context, wrap = self.admin_site.each_context, self.admin_site.admin_view
        correct = CorrectPages(context, self.has_view_permission)
        regroup = wrap(RegroupPage(context, self.has_view_permission))
        return [
            path("next/", following, name="reviews_review_next"),
            path("bulk/", wrap(require_POST(BulkPage(context))), name="reviews_review_bulk"),
            path("check/", wrap(CheckPage(context, self.has_view_permission)), name="reviews_review_check"),
            path("correct/mention/<int:mention_id>/", wrap(correct.mention), name="reviews_review_correct"),
            path("correct/claim/<int:claim_id>/", wrap(correct.claim), name="reviews_review_word"),
            path("correct/article/<int:article_id>/", wrap(correct.article), name="reviews_review_add_mention"),
            path("news/", wrap(NewsPage(context, self.has_view_permission)), name="reviews_review_news"),
            path(
                "duplicates/", wrap(DuplicatesPage(context, self.has_view_permission)), name="reviews_review_duplicates"
            ),
            path(
                "duplicates/answer/",
                wrap(require_POST(AnswerPage(context, self.has_view_permission))),
                name="reviews_review_answer",
            ),
            path("targets/", wrap(TargetsView(self.has_view_permission)), name="reviews_review_targets"),
            path("undo/", wrap(require_POST(UndoPage(context, self.has_view_permission))), name="reviews_review_undo"),
            path(
                "<int:review_id>/publication/",
                wrap(PublicationPage(context, self.has_view_permission)),
                name="reviews_review_publication",
            ),
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
