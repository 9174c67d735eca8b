"""Conditional requests: the ETag of a review is its version, and If-Match says which version somebody saw."""

from __future__ import annotations

import re

from rest_framework.request import Request
from rest_framework.response import Response

from reviews.errors import VersionRequired
from reviews.models import Review
from reviews.workflow import MUST_MATCH, Action

_NO_VERSION = 0
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')


def with_etag(response: Response, review: Review) -> Response:
    """The response with the review's version as its ETag."""
    response["ETag"] = f'"{review.version}"'
    return response


def expected_version(request: Request, action: Action | None = None) -> int | None:
    """The version that the request insists on; None for any. What is no ETag of a review never matches.

    Raises VersionRequired where ``action`` needs one and the header is missing, or says "any" (``*``).
    """
    header = request.headers.get("If-Match", "").strip()
    if header in {"", "*"} and action in MUST_MATCH:
        raise VersionRequired
    if header in {"", "*"}:
        return None
    match = _ETAG.fullmatch(header)
    return int(match[1]) if match else _NO_VERSION
