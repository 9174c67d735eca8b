"""The account behind a request, and the number in its address."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import Http404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from claims.api.numbers import LARGEST_ID


def person(request: Request) -> User:
    """The account behind a request that the permissions have let through."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def number(text: str) -> int:
    """The number in an address; 404 where it cannot be the id of anything."""
    if not text.isdecimal() or int(text) > LARGEST_ID:
        raise Http404
    return int(text)
