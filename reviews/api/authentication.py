"""Signing in by token: ``Authorization: Token ...``."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.utils import timezone
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed

from reviews.models import AccessToken
from reviews.people import is_machine
from reviews.services.tokens import note_use

_TOKEN = re.compile(rb"[0-9A-Za-z]{20,100}")


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]
    """Knox's, which keeps hashes and ends what has expired; here a use is noted too."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AccessToken]:
        """Return the account behind a token. Raises AuthenticationFailed, also for what can be no token."""
        if not _TOKEN.fullmatch(token):
            raise AuthenticationFailed("Invalid token.")
        found: tuple[User, AccessToken] = super().authenticate_credentials(token)
        return found

    def validate_user(self, auth_token: AccessToken) -> tuple[User, AccessToken]:
        """Return the account of a token that is right. What somebody else made is a machine's, or nobody's."""
        user, token = super().validate_user(auth_token)
        if token.made_by_id not in {None, user.pk} and not is_machine(user):
            raise AuthenticationFailed("Somebody else made this token, and the account is a person's.")
        note_use(token, timezone.now())
        return user, token


class TokenScheme(KnoxTokenScheme):  # type: ignore[no-untyped-call]
    """How the schema describes it."""

    target_class = "reviews.api.authentication.TokenAuthentication"
    name = "token"
