"""What a rule is: it looks at two prepared mentions and returns its reason in words, or "" where it is silent."""

from __future__ import annotations

from collections.abc import Callable

from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.prepared import Prepared

Rule = Callable[[Prepared, Prepared, ComparisonContext], str]
_REST = 0.4


def alike(a: Prepared, b: Prepared) -> float:
    """Return the share of the longer statement's words, as concepts, that stand in the other."""
    return len(a.senses & b.senses) / max(len(a.senses), len(b.senses), 1)


def rest_agrees(a: Prepared, b: Prepared) -> bool:
    """Say whether two statements are otherwise about one thing: opposites of two things are no opposites."""
    least = min(len(a.concepts), len(b.concepts)) - 1
    return len(a.concepts & b.concepts) >= _REST * max(least, 1)
