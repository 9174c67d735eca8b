"""The history as lines of JSON, for whoever wants to keep it or check it elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import F

from reviews import chain
from reviews.models import ReviewEvent
from reviews.services.history import hashed_fields


def export() -> Iterator[str]:
    """Each event as one line of canonical JSON, chain after chain; ``hash`` covers all the keys but itself and
    ``claim_id``."""
    events = ReviewEvent.objects.order_by("review_id", "sequence").annotate(claim_id=F("review__claim_id"))
    for event in events.iterator(chunk_size=2000):
        line = json.loads(chain.canonical(hashed_fields(event)))
        line |= {"hash": event.hash, "claim_id": event.claim_id}
        yield chain.canonical(line) + "\n"
