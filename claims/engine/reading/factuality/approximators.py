"""Approximative adverbs: "the ferry almost sank" says that it did not sink, "sales nearly doubled" how far they went.

Of an event the adverb denies that it came to it; on a scale it only says that a degree or a measure was not quite
reached (Sadock 1981; Sevi 1998), which is told as a fact.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import table, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})
_NEEDS_UNIT = frozenset({"hit", "touch"})
_MEASURES = frozenset({"dobj", "attr", "npadvmod", "oprd"})


def nearly_happened(verb: Token) -> bool:
    """Return whether a verb tells an event that an adverb says it only came close to: "almost sank"."""
    if not any(_approximates(child, verb) for child in verb.lefts) and not _all_but(verb):
        return False
    return verb.lemma_.lower() not in words("en/scalar_verbs") and not _measured(verb)


def _approximates(adverb: Token, verb: Token) -> bool:
    """Whether an adverb belongs to the verb itself: not "almost always", "nearly 300", "almost everybody"."""
    if adverb.lower_ not in words("en/proximal_adverbs") or adverb.dep_ != "advmod":
        return False
    following = adverb.nbor()
    return following.i <= verb.i and following.pos_ in _VERBAL


def _all_but(verb: Token) -> bool:
    return verb.i > 1 and verb.nbor(-1).lower_ == "but" and verb.nbor(-2).lower_ == "all"


def _measured(verb: Token) -> bool:
    """Whether a verb takes a measure: "nearly reached 40 degrees", "nearly hit 4%"."""
    if verb.lemma_.lower() not in words("en/measuring_verbs"):
        return False
    found = [c for c in verb.rights if c.dep_ in _MEASURES and (c.like_num or any(n.like_num for n in c.children))]
    return any(verb.lemma_.lower() not in _NEEDS_UNIT or _has_unit(noun) for noun in found)


def _has_unit(noun: Token) -> bool:
    names = {noun.lower_, noun.lemma_.lower(), *(c.lower_ for c in noun.lefts if not c.like_num)}
    return not names.isdisjoint(_units())


@cache
def _units() -> frozenset[str]:
    ways = {way for row in table("en/units") for way in row["ways"].split("|")}
    money = {name for row in table("en/currencies") for name in row["names"].split("|")}
    return frozenset(ways | money | {row["sign"] for row in table("en/currency_signs")})
