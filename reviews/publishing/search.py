"""``GET /v1alpha1/claims:search``: the published checks in the shape of the Fact Check Tools API, field for field."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.numbers import whole
from reviews.models import Publication
from reviews.publishing.claimreview import RATINGS
from reviews.querysets import about, published, standing_by
from reviews.services.imprints import imprint

PARAMETERS = (
    "query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", "pageSize", "pageToken", "offset", "key",
)  # fmt: skip
"""What the API takes; ``key``, which clients send out of habit, is not looked at."""

PAGE, LARGEST_PAGE, FARTHEST = 10, 100, 10_000
LONGEST, OLDEST = 500, 36_500
LANGUAGE = "en"
_SALT = "verifier.claims.search"
_STATUS = {400: "INVALID_ARGUMENT", 404: "NOT_FOUND", 405: "UNIMPLEMENTED", 429: "RESOURCE_EXHAUSTED"}


@extend_schema(exclude=True)
class ClaimSearch(APIView):
    """Open to everybody, counted by address. Only checks that the desk stands by are found."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_scope = "public"

    def get(self, request: Request) -> Response:
        """Return the checks that hold the words of ``query``, the newest first."""
        asked = _Asked(request)
        rows = list(asked.rows()[asked.offset : asked.offset + asked.size + 1])
        shown, desk = rows[: asked.size], imprint().name
        body: dict[str, Any] = {"claims": [_claim(row, desk) for row in shown]} if shown else {}
        if len(rows) > asked.size:
            body["nextPageToken"] = signing.dumps([shown[-1].published_at.isoformat(), shown[-1].pk], salt=_SALT)
        answer = Response(body)
        answer["Cache-Control"] = "public, max-age=300"
        return answer

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refusal in the shape in which clients of that API expect it."""
        if not isinstance(exc, APIException):
            return super().handle_exception(exc)
        detail = exc.detail
        message = "; ".join(f"{k}: {v}" for k, v in detail.items()) if isinstance(detail, dict) else str(detail)
        code = exc.status_code
        error = {"code": code, "message": message, "status": _STATUS.get(code, HTTPStatus(code).name)}
        wait = getattr(exc, "wait", None)
        return Response({"error": error}, status=code, headers={"Retry-After": str(int(wait) + 1)} if wait else None)


class _Asked:
    """The parameters of a request, checked."""

    def __init__(self, request: Request) -> None:
        given = dict(request.query_params.lists())
        for name, values in given.items():
            if name not in PARAMETERS:
                raise ValidationError({name: "unknown parameter"})
            if len(values) > 1 or "\0" in values[0] or len(values[0]) > LONGEST:
                raise ValidationError({name: "given more than once, too long, or not text"})
        one = {name: values[0] for name, values in given.items()}
        self.query = one.get("query", "").strip()
        self.site = one.get("reviewPublisherSiteFilter", "").strip().lower()
        if not self.query and not self.site:
            raise ValidationError({"query": "query or reviewPublisherSiteFilter is needed"})
        self.language = one.get("languageCode", "").lower()
        self.days = _number(one, "maxAgeDays", OLDEST, 0)
        self.size = min(_number(one, "pageSize", LARGEST_PAGE, PAGE) or PAGE, LARGEST_PAGE)
        self.after = _token(one.get("pageToken", ""))
        self.offset = 0 if self.after else _number(one, "offset", FARTHEST, 0)

    def rows(self) -> QuerySet[Publication]:
        """Return what was asked for, the newest first."""
        found = about(standing_by(published()), self.query)
        if self.site and not _is_ours(self.site):
            return found.none()
        if self.language and self.language.partition("-")[0] != LANGUAGE:
            return found.none()
        if self.days:
            found = found.filter(published_at__gte=timezone.now() - timedelta(days=self.days))
        if self.after:
            moment, number = self.after
            found = found.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=number))
        return found


def _number(given: dict[str, str], name: str, largest: int, usual: int) -> int:
    text = given.get(name, "")
    if text in {"", "0"}:
        return usual
    found = whole(text)
    if found is None:
        raise ValidationError({name: "not a whole number"})
    if found > largest and name != "pageSize":
        raise ValidationError({name: f"at most {largest}"})
    return found


def _token(given: str) -> tuple[datetime, int] | None:
    if not given:
        return None
    try:
        moment, number = signing.loads(given, salt=_SALT)
    except signing.BadSignature:
        raise ValidationError({"pageToken": "not a token that was given here"}) from None
    return datetime.fromisoformat(moment), int(number)


def _is_ours(site: str) -> bool:
    host = urlsplit(settings.SITE_URL).hostname or ""
    return site.removeprefix("www.") == host.removeprefix("www.")


def _claim(row: Publication, desk: str) -> dict[str, Any]:
    snapshot = row.current.snapshot if row.current else {}
    dated = next((a["published"] for a in snapshot["appearances"] if a["published"]), None)
    review = {
        "publisher": {"name": desk, "site": urlsplit(settings.SITE_URL).hostname},
        "url": f"{settings.SITE_URL}/checks/{row.pk}/",
        "title": snapshot["headline"],
        "reviewDate": _moment(row.published_at),
        "textualRating": RATINGS[row.verdict].name,
        "languageCode": snapshot["language"],
    }
    claim: dict[str, Any] = {"text": snapshot["claim"]}
    if snapshot["claimant"]:
        claim["claimant"] = snapshot["claimant"]["name"]
    if dated:
        claim["claimDate"] = _moment(datetime.fromisoformat(dated))
    return {**claim, "claimReview": [review]}


def _moment(value: datetime) -> str:
    """Return a moment as that API writes it: in UTC, to the second, with a Z."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M:%SZ")
