"""Carry out a request once, however often it is sent: the first answer is kept under the key that its sender chose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.errors import KeyInUse, KeyReused
from claims.models import KeptAnswer

KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(minutes=5)
"""After so long nobody is taken to be carrying a request out any more: its process has died."""


def begin(user: User, key: str, fingerprint: str) -> KeptAnswer:
    """Return the answer under ``key``: one with a ``status`` was given before, one without is to be carried out now.

    Raises ``KeyReused`` where another request used the key, ``KeyInUse`` where this one is being carried out.
    """
    now = timezone.now()
    KeptAnswer.objects.filter(user=user, created_at__lt=now - KEPT).delete()
    kept, fresh = KeptAnswer.objects.get_or_create(
        user=user, key=key, defaults={"fingerprint": fingerprint, "created_at": now}
    )
    if kept.fingerprint != fingerprint:
        raise KeyReused
    if fresh or kept.status is not None:
        return kept
    dead = KeptAnswer.objects.filter(pk=kept.pk, status=None, created_at__lt=now - GIVEN_UP)
    if not dead.update(created_at=now):
        raise KeyInUse
    return kept


def keep(kept: KeptAnswer, status: int, body: Any, headers: dict[str, str]) -> None:
    """Keep what the request was answered."""
    KeptAnswer.objects.filter(pk=kept.pk).update(status=status, body=body, headers=headers)


def forget(kept: KeptAnswer) -> None:
    """Keep nothing of a request that was refused: put right, it may be sent under the same key."""
    KeptAnswer.objects.filter(pk=kept.pk, status=None).delete()
