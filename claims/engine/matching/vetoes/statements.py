"""Other statements: the opposite, another time, another part of one article, a check, another denial."""

from __future__ import annotations

from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.comparisons.figures import counted, counts
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.vetoes.parties import swapped
from claims.engine.matching.vetoes.rules import rest_agrees
from claims.engine.matching.words import concept
from claims.engine.types import Stance


def opposite(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Opposite outcomes, directions or orders: rose and fell, acquitted and convicted, before and after."""
    if a.mention.stance is not b.mention.stance or a.negated != b.negated or swapped(a, b):
        return ""
    if not rest_agrees(a, b):
        return ""
    for axis in sorted(a.poles.keys() & b.poles.keys()):
        if not a.poles[axis] & b.poles[axis]:
            return f"{axis}: {', '.join(sorted(a.poles[axis]))} / {', '.join(sorted(b.poles[axis]))}"
    return ""


def negated(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Both assert, and one says that it is, the other that it is not."""
    if a.mention.stance is not Stance.ASSERTS or b.mention.stance is not Stance.ASSERTS:
        return ""
    return "affirmed / negated" if a.negated != b.negated else ""


def other_time(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Another day or year, where both name one."""
    left, right = a.mention.features.dates, b.mention.features.dates
    if not left or not right or any(x.startswith(y) or y.startswith(x) for x in left for y in right):
        return ""
    return f"{', '.join(left)} / {', '.join(right)}"


def one_article(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two statements side by side or one inside the other: a reader is told two things."""
    left, right = a.mention, b.mention
    if left.article != right.article or not left.article:
        return ""
    if left.span.start < right.span.end and right.span.start < left.span.end:
        return "one inside the other"
    if left.sentence_span == right.sentence_span and left.speaker.canonical == right.speaker.canonical:
        return "side by side in one sentence"
    values = {v.mention.quantity.value for v in (a, b) if v.mention.quantity is not None and counts(v)}
    one_people = counted(a, b, context).score == 1
    return "two figures of one article" if len(values) > 1 and not one_people and not repeats(a, b) else ""


def repeats(a: Prepared, b: Prepared) -> bool:
    """Say whether the shorter of two statements says little that the longer does not say, with the same figure."""
    values = [v.mention.quantity.value for v in (a, b) if v.mention.quantity is not None and counts(v)]
    if len(values) == 2 and values[0] != values[1]:
        return False
    least = min(len(a.concepts), len(b.concepts))
    return bool(least) and len(a.concepts & b.concepts) >= 0.7 * least and least >= 3


def checking(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """That somebody checks something is another claim than what is checked, one for each who checks."""
    checks = [_checks(v) for v in (a, b)]
    if checks[0] != checks[1]:
        return "only one says that it is being checked"
    speakers = {v.mention.speaker.canonical for v in (a, b)} - {""}
    return " / ".join(sorted(speakers)) if checks[0] and len(speakers) > 1 else ""


def _checks(seen: Prepared) -> bool:
    mention = seen.mention
    return mention.stance is Stance.OPEN and mention.features.predicate in word_list("en/checks")


def another_denial(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Inside a story a denial is of a statement with its verb."""
    if not context.topic.total or (a.mention.stance is Stance.DENIES) == (b.mention.stance is Stance.DENIES):
        return ""
    verbs = [concept(v.mention.features.predicate) for v in (a, b)]
    if not all(verbs) or verbs[0] == verbs[1] or verbs[0] in b.concepts or verbs[1] in a.concepts:
        return ""
    return f"{verbs[0].lstrip('=')} / {verbs[1].lstrip('=')}"
