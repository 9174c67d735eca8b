"""The comparisons of who does what to whom."""

from __future__ import annotations

from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.comparing import NOTHING, ComparisonContext, Measure
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.words import concept

_HALF = 0.35


def predicate(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """What is done: whether the verb of each stands in the other, in any form."""
    verbs = [concept(v.mention.features.predicate) for v in (a, b)]
    if not all(verbs):
        return NOTHING
    empty = {concept(w) for w in word_list("en/empty_verbs")}
    if verbs[0] == verbs[1]:
        return Measure(_HALF if verbs[0] in empty else 1.0, verbs[0].lstrip("="))
    found = (verbs[0] not in empty and verbs[0] in b.concepts) + (verbs[1] not in empty and verbs[1] in a.concepts)
    return Measure(found * _HALF)


def participants(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Who does it and to whom: whether subject and object of each stand in the other, best in the same role."""
    roles = [(concept(v.mention.features.subject), concept(v.mention.features.object)) for v in (a, b)]
    if not any(roles[0]) or not any(roles[1]):
        return NOTHING
    points = possible = 0.0
    for own, other, seen in ((roles[0], roles[1], b), (roles[1], roles[0], a)):
        for role, word in enumerate(own):
            if word:
                possible += 1
                points += 1.0 if word == other[role] else 0.5 if word in seen.concepts else 0.0
    return Measure(points / possible)
