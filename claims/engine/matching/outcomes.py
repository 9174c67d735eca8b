"""What happened to those whom a figure counts: dead are not injured, and captured are not recruited.

A figure in the news mostly counts people or things to whom something happened. Two figures of different outcomes are
two claims, however alike their words: "58 killed", "515 injured", "two captured".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from claims.engine.matching.words import stem, tokens
from claims.engine.types import Mention

# One outcome a line, its name first. Words are compared by their stems.
_OUTCOMES = {
    "dead": "kill killed killing dead death die died dying fatal fatality perish slain slay lifeless corpse body drown",
    "hurt": "injure injured injury wound wounded hurt hospitalise hospitalize maim unharmed",
    "held": "capture captured captive arrest arrested detain detained detention custody imprison jail prisoner seize",
    "taken": "abduct abducted abduction kidnap kidnapped hostage",
    "freed": "free freed release released rescue rescued liberate liberated",
    "fled": "escape escaped",
    "missing": "missing disappear disappeared unaccounted",
    "moved": "evacuate evacuated displace displaced homeless refugee flee",
    "jobless": "layoff laid redundancy fire fired dismiss dismissed",
}
_OUTCOME_OF = {stem(word): name for name, words in _OUTCOMES.items() for word in words.split()}
_RELEASE = {stem("release"), stem("released")}
_PAPER_WORDS = "video document footage statement report data name detail list figure image photo picture record result"
_PAPERS = {stem(word) for word in _PAPER_WORDS.split()}
_AMBIGUOUS = {stem("fire"), stem("body"), stem("flee"), stem("dismiss")}


@lru_cache(maxsize=65536)
def outcome(word: str) -> str:
    """Return the outcome that ``word`` names ("dead"), or ""."""
    stemmed = stem(word)
    return "" if stemmed in _AMBIGUOUS else _OUTCOME_OF.get(stemmed, "")


def outcomes_of(mention: Mention) -> frozenset[str]:
    """Return what happened to those whom the figure of ``mention`` counts.

    Told by what is counted ("killed"), else by the verb of the proposition ("21 girls abducted two years ago were
    released": freed), else by any word of it.
    """
    if mention.quantity is None:
        return frozenset()
    words = tokens(mention.quote)
    told = outcomes_in(word for i, word in enumerate(words) if not _is_published(words[i:]))
    return outcomes_in(tokens(mention.quantity.counted)) or told & {outcome(mention.features.predicate)} or told


def own_outcomes(mention: Mention) -> frozenset[str]:
    """Return the outcomes that are told of those whom the figure of ``mention`` counts: by name or by the verb."""
    counted = tokens(mention.quantity.counted) if mention.quantity else []
    return outcomes_in((*counted, mention.features.predicate))


def outcomes_in(words: Iterable[str]) -> frozenset[str]:
    """Return the outcomes that any of ``words`` names."""
    return frozenset({outcome(word) for word in words} - {""})


def _is_published(words: list[str]) -> bool:
    """Say whether the first of ``words`` releases a paper or a picture, and nobody."""
    return stem(words[0]) in _RELEASE and any(stem(w) in _PAPERS for w in words[1:5])
