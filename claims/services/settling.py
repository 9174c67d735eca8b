"""Claims that people have decided: the matcher does not split or merge them, it only suggests."""

from __future__ import annotations

from django.utils import timezone

from claims.models import Claim


def settle(claim_id: int) -> None:
    """Mark a claim as decided by people. New mentions still join it; its old ones stay."""
    Claim.objects.filter(pk=claim_id, settled_at__isnull=True).update(settled_at=timezone.now())


def unsettle(claim_id: int) -> None:
    """Open a claim to the matcher again."""
    Claim.objects.filter(pk=claim_id).update(settled_at=None)
