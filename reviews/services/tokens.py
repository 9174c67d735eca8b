"""Tokens of the API: made, shown once, kept as hashes, revoked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q

from reviews.errors import Invalid
from reviews.models import AccessToken

MOST_DAYS = 3650
NOTED_EVERY = timedelta(minutes=10)
"""A use is noted once in this time: a read of the API then costs no write."""


def make_token(user: User, *, by: User | None = None, name: str = "", days: int | None = None) -> str:
    """Make a token for ``user`` that lasts ``days`` (None: as the settings say), and return it: it is not shown again.

    ``by`` made it on the desk; None: a command on the server did. Raises Invalid.
    """
    days = settings.VERIFIER_TOKEN_DAYS if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(f"A token lasts from 1 to {MOST_DAYS} days.", field="days")
    if not user.is_active:
        raise Invalid(f"The account {user.get_username()} is not active.", field="user")
    made: tuple[AccessToken, str] = AccessToken.objects.create(
        user=user, expiry=timedelta(days=days), name=name[:100], made_by=by
    )
    return made[1]


def note_use(token: AccessToken, now: datetime) -> None:
    """Write down that a token was used."""
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        AccessToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
