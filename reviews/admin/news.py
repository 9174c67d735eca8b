"""What a person is told on the desk, and what they want to hear of."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reviews.admin.desk_page import DeskPage
from reviews.models import Notification, NotificationChoice
from reviews.models.notes import NotificationKind
from reviews.services import notifying

MOST = 100


class NewsPage(DeskPage):
    """The page's view, for the review admin to route to."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the news; mark them as read or keep the choices."""
        user = self.person(request)
        if request.method == "POST":
            return self._keep(request, user)
        news = Notification.objects.filter(user=user, in_admin=True).select_related("review")
        shown = {"news": list(news[:MOST]), "choices": _choices(user)}
        return self.show(request, "news.html", "News for you", shown)

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
