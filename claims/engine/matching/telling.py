"""The comparisons of where and by whom two statements are made: beside each other, or by one who is checking."""

from __future__ import annotations

from claims.engine.matching.features import NOTHING, Lens, Measure
from claims.engine.matching.views import View
from claims.engine.types import Place, Stance


def same_article(a: View, b: View, lens: Lens) -> Measure:
    """Whether they stand in one article: 1 one statement beside the other in one sentence, .5 elsewhere in it.

    A headline repeats its own article, so it is left out, and so are statements that overlap (one quotes the other).
    """
    left, right = a.mention, b.mention
    if left.article != right.article or not left.article:
        return NOTHING
    if Place.HEADLINE in (left.place, right.place):
        return NOTHING
    if left.span.start < right.span.end and right.span.start < left.span.end:
        return NOTHING if left.speaker.canonical != right.speaker.canonical else Measure(1.0)
    if left.sentence_span == right.sentence_span:
        return Measure(1.0 if left.speaker.canonical == right.speaker.canonical else 0.75)
    return Measure(0.5)


def checking(a: View, b: View, lens: Lens) -> Measure:
    """Whether both say that the same speaker is checking or asking. Only here another speaker is another claim."""
    left, right = a.mention, b.mention
    if left.stance is not Stance.OPEN or right.stance is not Stance.OPEN:
        return NOTHING
    if not left.speaker.canonical or not right.speaker.canonical:
        return NOTHING
    same = left.speaker.canonical == right.speaker.canonical
    return Measure(1.0 if same else 0.0, left.speaker.canonical if same else "")
