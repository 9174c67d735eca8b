"""The pages for readers: no sign-in, no script, nothing from elsewhere; the same for everybody, so they can be kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import conditional_page, require_safe

from claims.numbers import whole
from reviews.models import Publication, PublicationVersion
from reviews.publishing.claimreview import RATINGS, Rating, claim_review
from reviews.querysets import about, published
from reviews.services.imprints import imprint

PAGE = 20
MAX_AGE = 300
"""Seconds for which anybody may keep a page."""

LONGEST_QUERY = 200
GONE = 410

View = Callable[..., HttpResponse]


def for_everybody(view: View) -> View:
    """Let the answer be kept by anybody for five minutes: it depends on its address alone."""

    @require_safe
    @conditional_page
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        patch_cache_control(answer, public=True, max_age=MAX_AGE)
        answer.for_everybody = True  # type: ignore[attr-defined]  # verifier.public takes the cookies off
        return answer

    return kept


@for_everybody
def index(request: HttpRequest) -> HttpResponse:
    """The checks, the newest first; by words and by verdict."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    verdict = request.GET.get("verdict", "")
    found = about(published(), words)
    if verdict in RATINGS:
        found = found.filter(verdict=verdict)
    rows, following = _page(found, request.GET.get("before", ""))
    context = {
        "words": words,
        "verdict": verdict if verdict in RATINGS else "",
        "ratings": RATINGS,
        "checks": [(row, row.current.snapshot, RATINGS[row.verdict]) for row in rows if row.current],
        "following": following,
    }
    return _show(request, "index", "", context)


@for_everybody
def check(request: HttpRequest, number: int) -> HttpResponse:
    """One check as it stands now; where it was withdrawn, only that and why."""
    publication = _publication(number)
    newest = publication.current
    if newest is None:
        raise Http404("There is no such check.")
    versions = _trail(publication)
    context: dict[str, Any] = {"publication": publication, "versions": versions, "newest": newest}
    if publication.withdrawn:
        return _show(request, "withdrawn", f"{number}/", context, status=GONE)
    context |= {"desk": imprint(), **_shown(newest)}
    if publication.stands:
        context["claimreview"] = as_script(claim_review(publication, settings.SITE_URL, context["desk"].name))
    return _show(request, "check", f"{number}/", context)


@for_everybody
def version(request: HttpRequest, number: int, edition: int) -> HttpResponse:
    """A check as it stood before it was corrected; nothing of one that was withdrawn."""
    publication = _publication(number)
    old = publication.versions.filter(number=edition).first()
    if old is None or not old.snapshot:
        raise Http404("There is no such version.")
    context = {"publication": publication, "versions": _trail(publication), "newest": publication.current}
    if publication.withdrawn:
        return _show(request, "withdrawn", f"{number}/", context, status=GONE)
    old_one = publication.current_id != old.pk
    return _show(request, "check", f"{number}/", {**context, **_shown(old), "old": old if old_one else None})


@for_everybody
def imprint_page(request: HttpRequest) -> HttpResponse:
    """Who the desk is, how it works, what its ratings mean, how it corrects; in the words of its editors."""
    return _show(request, "about", "about/", {"ratings": RATINGS})


def as_script(thing: Any) -> SafeString:
    """Return JSON that can stand inside a script element: nothing in it ends the element."""
    text = json.dumps(thing, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)  # noqa: S308  escaped above


def _show(request: HttpRequest, name: str, below: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shared: dict[str, Any] = {"canonical": f"{settings.SITE_URL}/checks/{below}", "site": settings.SITE_URL}
    shared |= {} if "desk" in context else {"desk": imprint()}
    return render(request, f"published/{name}.html", {**shared, **context}, status=status)


def _publication(number: int) -> Publication:
    found = Publication.objects.select_related("current", "review__claim").filter(pk=number).first()
    if found is None:
        raise Http404("There is no such check.")
    return found


def _trail(publication: Publication) -> list[PublicationVersion]:
    """Return what was changed, the newest first; what was published once and never touched has no trail."""
    return list(publication.versions.defer("snapshot").order_by("-number"))


def _shown(edition: PublicationVersion) -> dict[str, Any]:
    rating: Rating = RATINGS[edition.snapshot["verdict"]]
    return {"check": edition.snapshot, "rating": rating, "edition": edition}


def _page(found: QuerySet[Publication], before: str) -> tuple[list[Publication], int | None]:
    """Return a page of rows that come after the row ``before``, and the id of the last one where there are more."""
    number = whole(before)
    last = Publication.objects.filter(pk=number).first() if number is not None else None
    if last is not None:
        older = found.filter(published_at__lt=last.published_at)
        found = older | found.filter(published_at=last.published_at, pk__lt=last.pk)
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None
