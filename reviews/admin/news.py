"""What a person is told on the desk, and what they want to hear of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from reviews.models import Notification, NotificationChoice, Review
from reviews.models.notes import NotificationKind
from reviews.services import notifying

MOST = 100


class NewsPage:
    """The page's view, for the review admin to route to."""

    def __init__(
        self, context: Callable[[HttpRequest], dict[str, Any]], may_view: Callable[[HttpRequest], bool]
    ) -> None:
        self.context = context
        self.may_view = may_view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the news; mark them as read or keep the choices."""
        if not self.may_view(request) or not isinstance(request.user, User):
            raise PermissionDenied
        if request.method == "POST":
            return self._keep(request, request.user)
        news = Notification.objects.filter(user=request.user, in_admin=True).select_related("review")
        context = {
            **self.context(request),
            "opts": Review._meta,
            "title": "News for you",
            "news": list(news[:MOST]),
            "choices": _choices(request.user),
        }
        return TemplateResponse(request, "admin/reviews/review/news.html", context)

    def _keep(self, request: HttpRequest, user: User) -> HttpResponse:
        if "read" in request.POST:
            notifying.mark_read(user)
        else:
            for kind in NotificationKind:
                given = {place: f"{kind.value}:{place}" in request.POST for place in ("in_admin", "by_mail")}
                notifying.choose(user, kind, **given)
            messages.success(request, "Kept.")
        return HttpResponseRedirect(reverse("admin:reviews_review_news"))


def _choices(user: User) -> list[tuple[NotificationKind, bool, bool]]:
    """Every kind of news with whether this person wants it here and by mail; not chosen yet: both."""
    kept = {c.kind: c for c in NotificationChoice.objects.filter(user=user)}
    return [
        (kind, kept[kind].in_admin, kept[kind].by_mail) if kind in kept else (kind, True, True)
        for kind in NotificationKind
    ]
