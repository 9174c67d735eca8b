"""The account behind a request."""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request


def person(request: Request) -> User:
    """The account behind a request that the permissions have let through."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user
