"""Whom a claim is about, and who of those who deny it would deny it either way.

A state is one party under its name, its capital, its people, the seat of its government and those who lead it.
"""

from __future__ import annotations

import re

from claims.engine.countries import country_of
from claims.engine.types import Evidence, SpeakerKind

_NAME = re.compile(r"\b[A-Z](?:[\w’'-]*\w)?(?:\.[A-Z]\b)*")
_POSSESSIVE = re.compile(r"[’']s$")
_SELF = re.compile(r"\b(?:I|we|my|our|us|me)\b")
_BODIES = {
    "idf": "Israel",
    "hamas": "Palestine",
    "gaza": "Palestine",
    "pentagon": "United States",
    "elysee": "France",
    "élysée": "France",
}
"""What speaks for a state, or for those who govern a part of it, without its name."""
_PLAIN_WORDS = """
the a an i we he she it they this that these those there in on at by for from to of and but if as no not mr mrs ms dr
president presidency prime minister ministry foreign defence defense interior justice health finance secretary general
department office government state national spokesman spokeswoman spokesperson official officials army military
north south east west new united kingdom states republic
"""
_NO_NAMES = frozenset(_PLAIN_WORDS.split())
"""Capitalised words that name nobody by themselves: those that begin sentences, and offices that every state has."""


def parties(text: str) -> frozenset[str]:
    """Return the names in a text in lower case, states under one name ("kremlin" and "russians" are "russia")."""
    words = [_POSSESSIVE.sub("", word) for word in _NAME.findall(text)]
    found, at = set(), 0
    while at < len(words):
        length, name = next(
            ((n, state) for n in (2, 1) if (state := state_of(" ".join(words[at : at + n])))), (1, words[at])
        )
        found.add(name.lower())
        at += length
    return frozenset(found) - _NO_NAMES


def state_of(name: str) -> str:
    """Return the state that a name, an adjective or the name of a people stands for, or ""."""
    return country_of(name) or _BODIES.get(name.lower(), "") or country_of(name.removesuffix("s"))


def is_accused(evidence: Evidence, subjects: frozenset[str]) -> bool:
    """Say whether a denial comes from a party that the claim is about, who would deny it in either case."""
    speaker = evidence.speaker
    if speaker.kind in (SpeakerKind.OUTLET, SpeakerKind.AGENCY, SpeakerKind.UNKNOWN):
        return False
    named = parties(speaker.text) | parties(speaker.canonical.title())
    return bool((named | {evidence.leads.lower()} - {""}) & subjects) or (
        evidence.direct and bool(_SELF.search(evidence.quote))
    )
