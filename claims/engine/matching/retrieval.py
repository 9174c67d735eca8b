"""Find the known claims that a statement repeats: a ranking over everything that was ever claimed, of any story.

Matching inside a story asks whether two mentions are one claim; here nobody knows the story. So three judges rank the
claims that share words with the statement, each between the worst and the best that it was shown, with equal say:

- **words**: what the statement says in rare words, as the desk's own claims count them (BM25 over concepts);
- **spelling**: shared runs of three to five letters, by their TF-IDF cosine, which see names and word forms alike;
- **meaning**: the closeness by which candidates of a story are ranked (``candidates.closeness``).

Nothing is fitted. What each judge reaches alone is in docs/benchmarks.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.engine.matching.candidates import LEAST, closeness
from claims.engine.matching.claims import PairScore, compare
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.prepared import prepared
from claims.engine.matching.words import tokens
from claims.engine.types import Mention

MOST = 5
"""So many known claims at most are given for a statement."""
COMPARED = 100
"""So many claims at most are looked at for one statement: those that share its rarest words."""

POSTINGS = 5_000
"""So many entries of the index at most are looked at for one statement: its commonest words are left out beyond."""

_SATURATION, _LENGTH = 2.0, 1.0
"""BM25's k1 and b: a claim that says little else is nearer."""
_SHORTEST, _LONGEST = 3, 5
_JUDGES = ("words", "spelling", "meaning")

Counts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Known:
    """A claim of the desk: its id, its text, and mentions that stand for it."""

    id: str
    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many claims there are, and how many of them are under each key."""

    total: int
    under: Mapping[str, int]

    def rarity(self, key: str) -> float:
        """Return how much sharing ``key`` tells: 0 where every claim is under it."""
        held = min(self.under.get(key, 0), self.total)
        return math.log(1 + (self.total - held + 0.5) / (held + 0.5))


@dataclass(frozen=True, slots=True)
class Hit:
    """A known claim that a statement may repeat: its rank score in [0, 1], and its nearest mention's comparison."""

    id: str
    score: float
    nearest: PairScore


@dataclass(frozen=True, slots=True)
class _Judged:
    known: Known
    nearest: PairScore
    words: float
    spelling: float
    meaning: float


def lookup_keys(mention: Mention) -> tuple[str, ...]:
    """Return the keys under which known claims are looked up for ``mention``: all of its concepts, in order."""
    return tuple(f"w:{word}"[:100] for word in sorted(prepared(mention).concepts))


def affordable(keys: Sequence[str], holdings: Holdings) -> tuple[str, ...]:
    """Return the rarest of ``keys`` under which there are at most ``POSTINGS`` claims together; at least the rarest."""
    chosen: list[str] = []
    entries = 0
    for key in sorted(keys, key=lambda k: (holdings.under.get(k, 0), k)):
        entries += holdings.under.get(key, 0)
        if entries > POSTINGS and chosen:
            break
        chosen.append(key)
    return tuple(chosen)


def nearest_by_words(keys: Sequence[str], under: Mapping[str, Sequence[str]], holdings: Holdings) -> list[str]:
    """Return the ids of the claims that share the rarest of ``keys``, at most ``COMPARED``, the nearest first."""
    votes: Counter[str] = Counter()
    for key in keys:
        for claim in under.get(key, ()):
            votes[claim] += round(1000 * holdings.rarity(key))
    return sorted(votes, key=lambda claim: (-votes[claim], claim))[:COMPARED]


def rank(
    mention: Mention, known: Sequence[Known], holdings: Holdings, context: ComparisonContext, *, most: int = MOST
) -> tuple[Hit, ...]:
    """Return the claims that ``mention`` most likely repeats, the likeliest first, at most ``most``.

    What has too little in common by its meaning (``candidates.LEAST``) is left out: nothing is often the right answer.
    The order of ``known`` does not matter.
    """
    pool = [one for one in sorted(known, key=lambda k: k.id) if one.mentions]
    judged = _judged(mention, pool, holdings, context)
    scores = [0.0] * len(judged)
    for judge in _JUDGES:
        for place, share in enumerate(_between([getattr(one, judge) for one in judged])):
            scores[place] += share / len(_JUDGES)
    hits = [
        Hit(one.known.id, score, one.nearest) for one, score in zip(judged, scores, strict=True) if one.meaning >= LEAST
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.id))[:most])


def _judged(mention: Mention, pool: Sequence[Known], holdings: Holdings, context: ComparisonContext) -> list[_Judged]:
    rarity = {key[2:]: holdings.rarity(key) for key in lookup_keys(mention)}
    documents = [_concepts(one) for one in pool]
    length = sum(sum(document.values()) for document in documents) / max(len(documents), 1)
    grams = [_grams(_text_of(one)) for one in pool]
    spread = Counter(gram for held in grams for gram in held)
    asked = _weighed(_grams(mention.quote), spread, len(pool))
    found = []
    for one, document, held in zip(pool, documents, grams, strict=True):
        pairs = [compare(mention, other, context=context) for other in one.mentions]
        nearest = max(pairs, key=closeness)
        found.append(
            _Judged(
                known=one,
                nearest=nearest,
                words=_bm25(document, rarity, length),
                spelling=_cosine(asked, _weighed(held, spread, len(pool))),
                meaning=closeness(nearest),
            )
        )
    return found


def _concepts(one: Known) -> Counter[str]:
    return Counter(word for mention in one.mentions for word in prepared(mention).in_order)


def _text_of(one: Known) -> str:
    return " ".join(dict.fromkeys([one.text, *(mention.quote for mention in one.mentions)]))


def _bm25(document: Counter[str], rarity: Counts, length: float) -> float:
    long = 1 - _LENGTH + _LENGTH * sum(document.values()) / max(length, 1.0)
    return sum(
        worth * document[word] * (_SATURATION + 1) / (document[word] + _SATURATION * long)
        for word, worth in rarity.items()
        if document[word]
    )


def _grams(text: str) -> Counter[str]:
    """Return the runs of three to five characters inside the words of ``text``; a blank marks where a word ends."""
    counts: Counter[str] = Counter()
    for word in tokens(text):
        padded = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            counts.update(padded[start : start + size] for start in range(len(padded) - size + 1))
    return counts


def _weighed(counts: Counter[str], spread: Counter[str], total: int) -> dict[str, float]:
    """Return TF-IDF weights, of length 1: what all of the ``total`` claims hold weighs nothing."""
    weights = {
        gram: (1 + math.log(times)) * math.log((1 + total) / (1 + min(spread[gram], total)))
        for gram, times in counts.items()
    }
    size = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {gram: weight / size for gram, weight in weights.items()} if size else {}


def _cosine(one: Counts, other: Counts) -> float:
    return sum(weight * other.get(gram, 0.0) for gram, weight in one.items())


def _between(values: Sequence[float]) -> list[float]:
    """Return each value's place between the lowest and the highest; all 1 where they are alike."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(value - low) / (high - low) if high > low else 1.0 for value in values]
