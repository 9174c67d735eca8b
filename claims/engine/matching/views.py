"""A mention as the comparisons see it: its words, names and figures prepared once and kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.engine.countries import country_of
from claims.engine.matching.fates import fates_of, own_fates
from claims.engine.matching.words import concept, stem, tokens
from claims.engine.types import Comparator, Mention

_GRAM = 3
_FEW = 8
_NUMERAL_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty dozen dozens hundred "
    "hundreds thousand thousands million millions billion billions tens percent cent half"
)
_NUMERALS = frozenset(_NUMERAL_WORDS.split())
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Topic:
    """What everybody in a story says: words that tell its claims apart the less the more of its mentions hold them.

    ``shares`` maps a stem or concept to the share of the story's mentions that hold it, in [0, 1].
    """

    shares: Mapping[str, float]

    def factor(self, word: str) -> float:
        """Return by how much the weight of ``word`` is lowered inside this story: 1 (rare) down to 0 (everywhere)."""
        share = self.shares.get(word, 0.0)
        return 1.0 - math.sqrt(share) if share else 1.0


NO_TOPIC = Topic({})


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A mention's words (stems, concepts), their order, names, numbers, and what its figure counts.

    ``sequence`` holds every word of the quote in order, ``stemmed`` the same by their stems, ``named`` the concepts
    of the words of ``names``, ``gist`` the concepts that are neither names nor numbers nor what is counted.
    """

    mention: Mention
    stems: frozenset[str]
    concepts: frozenset[str]
    grams: Mapping[str, int]
    gram_norm: float
    sequence: tuple[str, ...]
    stemmed: tuple[str, ...]
    bigrams: frozenset[tuple[str, str]]
    names: frozenset[str]
    named: frozenset[str]
    numbers: frozenset[str]
    counted: tuple[str, ...]
    fates: frozenset[str]
    own_fates: frozenset[str]
    gist: frozenset[str]


@lru_cache(maxsize=32768)
def view(mention: Mention) -> View:
    """Return ``mention`` prepared for comparison. Pure, and kept for as long as the mention is in use."""
    features = mention.features
    terms = features.terms or tuple(tokens(mention.quote))
    words = [word for term in terms for word in tokens(term)]
    sequence = tuple(tokens(mention.quote))
    grams = Counter(_grams(words))
    concepts = frozenset(concept(w) for w in words)
    named = frozenset(concept(w) for e in features.entities for w in tokens(e.name))
    counted = tuple(tokens(mention.quantity.counted)) if mention.quantity else ()
    return View(
        mention=mention,
        stems=frozenset(stem(w) for w in words),
        concepts=concepts,
        grams=grams,
        gram_norm=math.sqrt(sum(n * n for n in grams.values())),
        sequence=sequence,
        stemmed=tuple(stem(w) for w in sequence),
        bigrams=frozenset(pairwise(sequence)),
        names=frozenset(e.name for e in features.entities if e.name),
        named=named,
        numbers=_numbers(mention),
        counted=counted,
        fates=fates_of(mention),
        own_fates=own_fates(mention),
        gist=frozenset(concept(w) for w in words if _says(w)) - named - {concept(w) for w in counted},
    )


def _says(word: str) -> bool:
    """Whether a word is neither a number nor the name of a nation."""
    return not word[0].isdigit() and word not in _NUMERALS and not country_of(word)


def _numbers(mention: Mention) -> frozenset[str]:
    found = {n.replace(",", "") for n in _NUMBER.findall(mention.quote)}
    figure = mention.quantity
    stated = figure is not None and not (figure.comparator is Comparator.GT and figure.text.isalpha())
    return frozenset(found | ({f"{figure.value:g}"} if figure is not None and stated else set()))  # not for "dozens"


def _grams(words: Iterable[str]) -> list[str]:
    padded = (f" {w} " for w in words)
    return [w[i : i + _GRAM] for w in padded for i in range(max(1, len(w) - _GRAM + 1))]


def words_of(mention: Mention) -> frozenset[str]:
    """Return the stems and concepts of ``mention``: what a story counts of it."""
    seen = view(mention)
    return seen.stems | seen.concepts


def topic_from(counts: Mapping[str, int], total: int) -> Topic:
    """Return the topic of ``total`` mentions of which ``counts[word]`` hold a word.

    Few mentions say little about a story, so the shares are taken of at least 8 of them.
    """
    return Topic({word: n / max(total, _FEW) for word, n in counts.items() if n > 1})


def topic_of(mentions: Iterable[Mention]) -> Topic:
    """Return what the mentions of one story have in common, from the share of them that hold each word."""
    pool = list(mentions)
    return topic_from(Counter(word for mention in pool for word in words_of(mention)), len(pool))
