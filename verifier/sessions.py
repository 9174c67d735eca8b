"""Sessions that last as long as somebody works: each request of theirs begins the time anew."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

RENEWED = "renewed_at"
"""When the session last began anew, in seconds since 1970."""

SHARE = 1 / 24
"""A session is written again after this share of its time, not at each request: writing is what costs."""


class SlidingSessions:
    """Middleware: put off the end of a signed-in person's session while they work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, its session renewed where it is due."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            now = int(time.time())
            if now - request.session.get(RENEWED, 0) > settings.SESSION_COOKIE_AGE * SHARE:
                request.session[RENEWED] = now
        return self.get_response(request)
