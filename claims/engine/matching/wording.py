"""The comparisons of how two statements are worded, whatever the words mean."""

from __future__ import annotations

from collections import Counter

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.engine.matching.features import NOTHING, Lens, Measure
from claims.engine.matching.views import View

_RUN = 4
_FEW, _MANY = 8, 12


def phrases(a: View, b: View, lens: Lens) -> Measure:
    """Shared pairs of neighbouring words."""
    if not a.bigrams or not b.bigrams:
        return NOTHING
    return Measure(2 * len(a.bigrams & b.bigrams) / (len(a.bigrams) + len(b.bigrams)))


def wording(a: View, b: View, lens: Lens) -> Measure:
    """How alike the two statements are word by word, in whatever order."""
    return Measure(fuzz.token_sort_ratio(" ".join(a.sequence), " ".join(b.sequence)) / 100)


def order(a: View, b: View, lens: Lens) -> Measure:
    """How much of the two statements runs in the same order."""
    return Measure(fuzz.ratio(a.sequence, b.sequence) / 100)


def length(a: View, b: View, lens: Lens) -> Measure:
    """How far the shorter statement is as long as the longer."""
    sizes = sorted((len(a.sequence), len(b.sequence)))
    return Measure(sizes[0] / sizes[1]) if sizes[0] else NOTHING


def long_phrases(a: View, b: View, lens: Lens) -> Measure:
    """How many of the shorter statement's runs of four words stand in the longer."""
    runs = [{v.sequence[i : i + _RUN] for i in range(len(v.sequence) - _RUN + 1)} for v in (a, b)]
    least = min(map(len, runs))
    return Measure(len(runs[0] & runs[1]) / least if least else 0.0)


def repeated(a: View, b: View, lens: Lens) -> Measure:
    """How many of the shorter statement's words, little ones too, stand in the longer."""
    return _shared_words(a, b, min(len(a.stemmed), len(b.stemmed)))


def in_full(a: View, b: View, lens: Lens) -> Measure:
    """How many of the longer statement's words, little ones too, stand in the shorter."""
    return _shared_words(a, b, max(len(a.stemmed), len(b.stemmed)))


def _shared_words(a: View, b: View, size: int) -> Measure:
    return Measure((Counter(a.stemmed) & Counter(b.stemmed)).total() / size) if size else NOTHING


def edits(a: View, b: View, lens: Lens) -> Measure:
    """How few words have to be changed to make one statement of the other."""
    return Measure(Levenshtein.normalized_similarity(a.stemmed, b.stemmed))


def both_alone(a: View, b: View, lens: Lens) -> Measure:
    """How much each side says that the other does not: of both, the one that says less alone (8 words: 1)."""
    return Measure(min(len(a.concepts - b.concepts), len(b.concepts - a.concepts), _FEW) / _FEW)


def one_alone(a: View, b: View, lens: Lens) -> Measure:
    """How much one side says that the other does not: of both, the one that says more alone (12 words: 1)."""
    return Measure(min(max(len(a.concepts - b.concepts), len(b.concepts - a.concepts)), _MANY) / _MANY)


def other_numbers(a: View, b: View, lens: Lens) -> Measure:
    """How many of their written numbers stand in one only. Worth nothing for claims, which may differ in figures."""
    if not a.numbers and not b.numbers:
        return NOTHING
    return Measure(len(a.numbers ^ b.numbers) / len(a.numbers | b.numbers))
