"""The comparisons that only a story gives a meaning to: where and by whom two statements are made, and what is left of
them without the names that the whole story shares."""

from __future__ import annotations

from claims.engine.matching.counting import counts, of_one_origin
from claims.engine.matching.features import NOTHING, Lens, Measure
from claims.engine.matching.views import View
from claims.engine.matching.words import concept
from claims.engine.types import Place, Stance

_FEWEST, _ENOUGH = 2, 4
_SMALL = 20
"""Below this a number says little: much comes in twos and threes."""
_OF_A_KIND = frozenset(
    ["some", "others", "other", "one", "another", "first", "second", "third", "former", "latter", "many", "most"]
)
_CHECKS = frozenset(
    concept(w) for w in ("check", "verify", "investigate", "examine", "study", "look", "review", "probe")
)


def same_article(a: View, b: View, lens: Lens) -> Measure:
    """Whether they stand in one article: 1 one statement beside or inside the other, .5 elsewhere in it.

    "Some came for money" and "others came for glory" are told apart by the article itself: 1. A headline repeats its
    own article, so it is left out.
    """
    left, right = a.mention, b.mention
    if left.article != right.article or not left.article:
        return NOTHING
    if Place.HEADLINE in (left.place, right.place):
        return NOTHING
    if left.span.start < right.span.end and right.span.start < left.span.end:
        return Measure(1.0)
    if left.sentence_span == right.sentence_span:
        return Measure(1.0 if left.speaker.canonical == right.speaker.canonical else 0.75)
    return Measure(1.0 if _contrasted(a, b) else 0.5)


def _contrasted(a: View, b: View) -> bool:
    """Whether one is about some of a kind and the other about others: both open with a word of such a list."""
    opening = [next((w for w in v.sequence[:2] if w not in ("the", "an", "a")), "") for v in (a, b)]
    return opening[0] != opening[1] and set(opening) <= _OF_A_KIND


def checking(a: View, b: View, lens: Lens) -> Measure:
    """Whether both say that the same speaker is checking or asking. Only here another speaker is another claim."""
    left, right = a.mention, b.mention
    if left.stance is not Stance.OPEN or right.stance is not Stance.OPEN:
        return Measure(0.0) if _checks(a) != _checks(b) else NOTHING
    if not left.speaker.canonical or not right.speaker.canonical:
        return NOTHING
    same = left.speaker.canonical == right.speaker.canonical
    return Measure(1.0 if same else 0.0, left.speaker.canonical if same else "")


def denial(a: View, b: View, lens: Lens) -> Measure:
    """Inside a story, where one side denies: whether the verb of either stands in the other."""
    if not lens.topic.shares or (a.mention.stance is Stance.DENIES) == (b.mention.stance is Stance.DENIES):
        return NOTHING
    verbs = [concept(v.mention.features.predicate) for v in (a, b)]
    if not all(verbs):
        return NOTHING
    return Measure(1.0 if verbs[0] in b.concepts or verbs[1] in a.concepts or verbs[0] == verbs[1] else 0.0)


def _checks(view: View) -> bool:
    """Whether a statement is that somebody is checking something, and not what is checked."""
    return view.mention.stance is Stance.OPEN and concept(view.mention.features.predicate) in _CHECKS


def gist(a: View, b: View, lens: Lens) -> Measure:
    """Inside a story: how many words both share that are no names, no numbers and not what is counted (of four).

    Its names stand in every second statement of a story and tell them apart no more; words that much of the story
    holds count for less. Left out where one telling figure is common to both, or people of one nation are counted.
    Where only one of two figures has such words, the figures alone make no claim of them: 0, unless they count people
    of one fate.
    """
    if not lens.topic.shares or _one_figure(a, b):
        return NOTHING
    if not a.gist or not b.gist:
        bare = bool(a.gist) != bool(b.gist) and counts(a) and counts(b) and not a.fates & b.fates
        return Measure(0.0) if bare else NOTHING
    shared = sorted(((lens.topic.factor(w), w) for w in a.gist & b.gist), reverse=True)
    enough = max(_FEWEST, min(_ENOUGH, len(a.gist), len(b.gist)))
    score = sum(factor for factor, _ in shared) / enough
    return Measure(min(score, 1.0), ", ".join(w.lstrip("=") for _, w in shared[:4]))


def _one_figure(a: View, b: View) -> bool:
    """Whether both state a figure of the same thing, told by the figure itself or by whom it counts."""
    left, right = a.mention.quantity, b.mention.quantity
    if left is None or right is None or not (counts(a) and counts(b)):
        return False
    same = left.value == right.value and left.unit == right.unit and (left.value >= _SMALL or left.value % 1 > 0)
    return same or of_one_origin(a, b)
