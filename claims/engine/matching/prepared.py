"""A mention as the comparisons see it: its words, names and figures prepared once and kept."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.markers import is_negated, numbered_names, wholes
from claims.engine.matching.opposites import poles_of
from claims.engine.matching.outcomes import outcomes_of, own_outcomes
from claims.engine.matching.words import concept, stem, tokens
from claims.engine.types import Comparator, Mention

REMEMBERED = 8192
"""Mentions that are kept prepared, at some 8 kB each; a story that is re-matched at once holds fewer."""

_FEW = 8
_NUMERALS = word_list("en/numerals")
_DATES = word_list("en/calendar")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True)
class Topic:
    """What everybody in a story says: words that tell its claims apart the less the more of its mentions hold them.

    ``counts`` says how many of the story's ``total`` mentions hold a stem or concept.
    """

    counts: Mapping[str, int]
    total: int = 0

    def factor(self, word: str) -> float:
        """Return by how much the weight of ``word`` is lowered inside this story: 1 (rare) down to 0 (everywhere).

        Few mentions say little about a story, so the shares are taken of at least 8 of them.
        """
        held = self.counts.get(word, 0)
        return 1.0 - math.sqrt(min(held / max(self.total, _FEW), 1.0)) if held > 1 else 1.0


NO_TOPIC = Topic({})


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A mention's words, names, numbers, what its figure counts, and what its markers say.

    ``sequence`` holds every word of the quote in order, ``stems`` and ``senses`` the same as stems and as concepts;
    ``concepts`` those of its content words and of a subject that stands outside; ``named`` those of the words of
    ``names``; ``residual`` those that are neither names nor numbers nor what is counted.
    """

    mention: Mention
    sequence: tuple[str, ...]
    stems: frozenset[str]
    senses: frozenset[str]
    in_order: tuple[str, ...]
    concepts: frozenset[str]
    names: frozenset[str]
    named: frozenset[str]
    numbers: frozenset[str]
    counted: tuple[str, ...]
    outcomes: frozenset[str]
    own_outcomes: frozenset[str]
    residual: frozenset[str]
    poles: Mapping[str, frozenset[str]]
    numbered: Mapping[str, frozenset[str]]
    wholes: frozenset[str]
    negated: bool


@lru_cache(maxsize=REMEMBERED)
def prepared(mention: Mention) -> Prepared:
    """Return ``mention`` prepared for comparison. Pure, and kept for as long as the mention is in use."""
    features = mention.features
    terms = features.terms or tuple(tokens(mention.quote))
    words = [word for term in terms for word in tokens(term)]
    sequence = tuple(tokens(mention.quote))
    stemmed, in_order = [stem(w) for w in sequence], tuple(concept(w) for w in sequence)
    concepts = frozenset(concept(w) for w in words)
    named = frozenset(concept(w) for e in features.entities for w in tokens(e.name))
    counted = tuple(tokens(mention.quantity.counted)) if mention.quantity else ()
    return Prepared(
        mention=mention,
        sequence=sequence,
        stems=frozenset(stemmed),
        senses=frozenset(in_order),
        in_order=in_order,
        concepts=concepts,
        names=frozenset(e.name for e in features.entities if e.name),
        named=named,
        numbers=_numbers(mention),
        counted=counted,
        outcomes=outcomes_of(mention),
        own_outcomes=own_outcomes(mention),
        residual=frozenset(concept(w) for w in words if _says(w)) - named - {concept(w) for w in counted},
        poles=poles_of(stemmed, {stem(w) for w in words}),
        numbered=numbered_names(mention.quote),
        wholes=wholes(mention.quote),
        negated=is_negated(mention),
    )


def _says(word: str) -> bool:
    """Whether a word is neither a number, nor a part of a date, nor the name of a nation."""
    return not word[0].isdigit() and word not in _NUMERALS and word not in _DATES and not country_of(word)


def _numbers(mention: Mention) -> frozenset[str]:
    found = {n.replace(",", "") for n in _NUMBER.findall(mention.quote)}
    figure = mention.quantity
    stated = figure is not None and not (figure.comparator is Comparator.GT and figure.text.isalpha())
    return frozenset(found | ({f"{figure.value:g}"} if figure is not None and stated else set()))  # not for "dozens"


def words_of(mention: Mention) -> frozenset[str]:
    """Return the stems and concepts of ``mention``: what a story counts of it."""
    seen = prepared(mention)
    return seen.stems | seen.senses | seen.concepts


def topic_from(counts: Mapping[str, int], total: int) -> Topic:
    """Return the topic of ``total`` mentions of which ``counts[word]`` hold a word."""
    return Topic(counts, total)


def topic_of(mentions: Iterable[Mention]) -> Topic:
    """Return what the mentions of one story have in common, from how many of them hold each word."""
    pool = list(mentions)
    return Topic(Counter(word for mention in pool for word in words_of(mention)), len(pool))
