"""Queries and forms are UTF-8: every page of the desk is, and browsers answer in the page's encoding."""

from __future__ import annotations

from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.utils.http import parse_header_parameters


class _Utf8(HttpRequest):
    """Leave alone the charset that a request's content type names.

    Django would look it up among Python's codecs while it makes the request, and some of these cannot decode
    ("undefined", "rot13"): anybody could have any address answer 500.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        self.content_params.pop("charset", None)


class Utf8WSGIRequest(_Utf8, WSGIRequest):
    """What gunicorn's requests become."""


class Utf8ASGIRequest(_Utf8, ASGIRequest):
    """What the requests of an ASGI server become."""
