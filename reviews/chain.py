"""The hash chain of the history: what is hashed, and how. Pure.

Each event's hash is the SHA-256 of its canonical JSON (keys sorted, no spaces, UTF-8) which holds every column of the
row but its id, and the hash of the event before; the first event of a review follows the genesis of that review.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

SEAL_GENESIS = hashlib.sha256(b"verifier history seals").hexdigest()


def genesis(review_id: int) -> str:
    """What the first event of a review follows: no two reviews share it, so a chain cannot be moved."""
    return hashlib.sha256(f"verifier review {review_id}".encode()).hexdigest()


def digest(fields: Mapping[str, object]) -> str:
    """The hash of a record given as column name -> value: text, integers, datetimes, JSON values or None."""
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def canonical(fields: Mapping[str, object]) -> str:
    """Canonical JSON; a datetime becomes ISO 8601 in UTC with microseconds."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value).__name__} has no canonical form")
