"""The comparisons of words: which ones two statements share, in which order, and what each says alone."""

from __future__ import annotations

from rapidfuzz import fuzz

from claims.engine.matching.comparing import NOTHING, ComparisonContext, Measure
from claims.engine.matching.prepared import Prepared

_MUCH = 100.0
"""Weight of words (see ``ComparisonContext.weight``) that one side alone says and that leaves nothing of a score."""
_FEWEST, _ENOUGH = 2, 4


def _cosine(a: frozenset[str], b: frozenset[str], context: ComparisonContext) -> Measure:
    scale = context.size(a)[1] * context.size(b)[1]
    if not scale:
        return NOTHING
    shared = sorted(((context.weight(w), w) for w in a & b), key=lambda pair: (-pair[0], pair[1]))
    score = sum(weight * weight for weight, _ in shared) / scale
    return Measure(min(score, 1.0), ", ".join(w.lstrip("=") for _, w in shared[:4]))


def words(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Shared words, those that few statements of the story hold counting more (cosine of tf-idf over stems)."""
    return _cosine(a.stems, b.stems, context)


def meanings(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """The same over groups of words that news uses for one thing ("killed" and "died")."""
    return _cosine(a.senses, b.senses, context)


def order(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """How much of the two statements runs in the same order."""
    return Measure(fuzz.ratio(a.in_order, b.in_order) / 100)


def nothing_alone(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """How little the one that says more says beyond the other, by the weight of its words."""
    shared = sum(context.weight(w) for w in a.senses & b.senses)
    alone = max(context.size(a.senses)[0], context.size(b.senses)[0]) - shared
    return Measure(1 - min(max(alone, 0.0), _MUCH) / _MUCH)


def residual_overlap(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """How many words both share that are no names, no numbers and not what is counted (of four)."""
    if not a.residual or not b.residual:
        return NOTHING
    factor = context.topic.factor
    shared = sorted(((factor(w), w) for w in a.residual & b.residual), reverse=True)
    enough = max(_FEWEST, min(_ENOUGH, len(a.residual), len(b.residual)))
    score = sum(f for f, _ in shared) / enough
    return Measure(min(score, 1.0), ", ".join(w.lstrip("=") for _, w in shared[:4]))
