"""Other measures: another unit, another thing counted, another outcome, a part of the whole."""

from __future__ import annotations

from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.comparisons.figures import counted, outcomes, unit
from claims.engine.matching.prepared import Prepared

_LITTLE = 12
_OTHER_THING = 0.1


def other_unit(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Figures of two kinds: a share and a count, dollars and tons. One value with two units is a slip of reading."""
    found = unit(a, b, context)
    return found.reason if found.score == 0 and not _one_value(a, b) and not _one_unit(found.reason) else ""


def _one_unit(reason: str) -> bool:
    """Say whether one unit is part of the other: dollars, and dollars a share."""
    first, _, second = reason.partition(" / ")
    return first in second or second in first


def other_counted(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Another thing counted, or people of another nation. A schoolgirl is a girl."""
    found = counted(a, b, context)
    if found.score is None or found.score > _OTHER_THING or (found.score and _one_value(a, b)):
        return ""
    heads = [v.counted[-1] if v.counted else "" for v in (a, b)]
    return "" if found.score and (heads[0] in heads[1] or heads[1] in heads[0]) else found.reason


def _one_value(a: Prepared, b: Prepared) -> bool:
    left, right = a.mention.quantity, b.mention.quantity
    return left is not None and right is not None and left.value == right.value and left.value > _LITTLE


def other_outcome(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Something else happened to those who are counted: killed and injured, captured and freed."""
    found = outcomes(a, b, context)
    return found.reason if found.score == 0 else ""


def part_and_whole(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """One counts a part of what the other counts: 21 of the 270 girls, and the 270 girls."""
    for one, other in ((a, b), (b, a)):
        figure = other.mention.quantity
        if figure is not None and other.wholes != one.wholes and f"{figure.value:g}" in one.wholes:
            return f"part of {figure.value:g}"
    return ""
