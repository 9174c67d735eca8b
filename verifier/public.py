"""What is the same for everybody is told so: no cookie is set with it, and caches need not look at cookies."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SameForEverybody:
    """Middleware: take the cookies off answers that say they are for everybody (``reviews.publishing``).

    The middleware inside looks at the session to write who asked into the log; the page does not depend on it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        if getattr(answer, "for_everybody", False):
            answer.cookies.clear()
            varies = [name.strip() for name in answer.headers.get("Vary", "").split(",")]
            kept = [name for name in varies if name and name.lower() != "cookie"]
            if kept:
                answer.headers["Vary"] = ", ".join(kept)
            else:
                answer.headers.pop("Vary", None)
        return answer
