"""Copied text, seen through a small sketch: no article has to be read again to be compared with another.

A shingle is a run of ``WIDTH`` words; a sketch is the ``SIZE`` smallest 32-bit hashes of a text's distinct shingles,
in order (Broder, "On the resemblance and containment of documents", 1997). A text with fewer shingles than that is
kept whole, so that an article of usual length is compared exactly. Two sketches are compared below the smaller of
their largest hashes, where both are complete; unlike the min-wise signatures of equal length, this also measures how
much of a *short* text stands inside a *long* one, which is how agency copy is reprinted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b

from claims.engine.names import fold

WIDTH = 4
"""Words in a shingle."""
SIZE = 512
"""Hashes in a sketch, at most."""
FEWEST = 12
"""Shingles below which a text is too short for its copies to be told from chance."""

_WORD = re.compile(r"\w+")
_ALL = 2**32


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of a text; empty where it has fewer than ``FEWEST`` distinct shingles."""
    hashes = shingles(text)
    return tuple(sorted(hashes)[:SIZE]) if len(hashes) >= FEWEST else ()


def shingles(text: str) -> set[int]:
    """The hashes of all runs of ``WIDTH`` words; case, punctuation, spacing and spelling in Unicode do not count."""
    words = _WORD.findall(fold(text))
    runs = {" ".join(words[i : i + WIDTH]) for i in range(len(words) - WIDTH + 1)}
    return {int.from_bytes(blake2b(run.encode(), digest_size=4).digest(), "big") for run in runs}


def containment(left: Sequence[int], right: Sequence[int]) -> float:
    """The share of the smaller text's shingles that stand in the other, in [0, 1]; 0 where a sketch is empty."""
    a, b = _below(left, right)
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def resemblance(left: Sequence[int], right: Sequence[int]) -> float:
    """The share of the shingles of both texts that they have in common (Jaccard), in [0, 1]."""
    a, b = _below(left, right)
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def _below(left: Sequence[int], right: Sequence[int]) -> tuple[set[int], set[int]]:
    """Both sketches up to the hash to which each is known to be complete."""
    limit = min(_limit(left), _limit(right))
    return {x for x in left if x <= limit}, {x for x in right if x <= limit}


def _limit(hashes: Sequence[int]) -> int:
    return hashes[-1] if len(hashes) >= SIZE else _ALL
