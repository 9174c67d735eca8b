"""Sealing the history: the ends of all chains that grew, under one hash that follows from the seal before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from claims.services import ledger
from reviews import chain
from reviews.models import HistorySeal, Review, ReviewEvent
from reviews.services.verifying import LEDGER, seal_fields

AT_MOST = 10_000
"""How many chains one seal covers."""


@transaction.atomic
def seal() -> HistorySeal | None:
    """Seal what has grown since the last seal; None if nothing has. Two at once: the sequence lets one of them win."""
    grown = Review.objects.filter(version__gt=F("sealed_version")).order_by("id").values_list("id", "version")[:AT_MOST]
    versions = dict(grown)
    last, ledger_head = HistorySeal.objects.order_by("-sequence").first(), ledger.head()
    if not versions and (last.heads.get(LEDGER, []) if last else []) == ledger_head:
        return None
    events = ReviewEvent.objects.filter(review_id__in=versions).order_by("review_id", "sequence")
    heads: dict[str, Sequence[object]] = {LEDGER: ledger_head} if ledger_head else {}
    ends: dict[int, int] = {}
    for review_id, sequence, sha in events.values_list("review_id", "sequence", "hash").iterator():
        if sequence <= versions[review_id]:
            heads[str(review_id)] = (sequence, sha)
            ends[review_id] = sequence
    new = HistorySeal(
        sequence=last.sequence + 1 if last else 1,
        heads=heads,
        created_at=timezone.now(),
        previous=last.hash if last else chain.SEAL_GENESIS,
    )
    new.hash = chain.digest(seal_fields(new))
    new.save(force_insert=True)
    for review, sequence in ends.items():
        Review.objects.filter(pk=review, sealed_version__lt=sequence).update(sealed_version=sequence)
    return new
