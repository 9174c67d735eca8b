"""The hash chain of the history: what is hashed, and how. Pure.

Each event's hash is the SHA-256 of its canonical JSON (keys sorted, no spaces, UTF-8) which holds every column of the
row but its id, and the hash of the event before; the first event of a review follows the genesis of that review.
"""

from __future__ import annotations

import hashlib

from claims.chain import canonical, digest

__all__ = ["SEAL_GENESIS", "canonical", "digest", "genesis"]

SEAL_GENESIS = hashlib.sha256(b"verifier history seals").hexdigest()


def genesis(review_id: int) -> str:
    """What the first event of a review follows: no two reviews share it, so a chain cannot be moved."""
    return hashlib.sha256(f"verifier review {review_id}".encode()).hexdigest()
