"""States and those who speak for them: whose government a phrase names, and whether it names an office at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.engine.countries import COUNTRIES, country_of

REMEMBERED = 4096
"""Phrases whose state is kept: the same few speakers are met again and again."""

_OFFICE = re.compile(
    r"\b(?:president|presidency|presidential|prime minister|premier|government|govt|ministry|minister|ministers|army|"
    r"military|armed forces|intelligence|security service|spokes(?:man|woman|person)|embassy|ambassador|general staff|"
    r"navy|air force|officials?|authorities|administration|state department|defen[cs]e department|pentagon|"
    r"leader|leadership|commander|chancellor|foreign secretary|secretary of state|council)\b"
)
_OF_A_STATE = re.compile(r"\b(?:prime minister|premier|government|ministry|ministers?)\b")
_NO_OFFICE = re.compile(
    r"\b(?:opposition|former|ex|elect|candidate|rebel|party|union|tribal|business|religious|church|mayor|police|city|"
    r"state|regional|local|ally|critic|captured)\b(?! department)"
)
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


@lru_cache(maxsize=REMEMBERED)
def government(text: str) -> str:
    """Return the state whose government speaks, as far as the words show it ("Ukrainian president", "Kyiv"), or "".

    A country or its capital by itself is its government; a phrase must name one country and an office of the state.
    """
    words = [word for word in _WORD.findall(text) if word != "us"]
    if len(words) <= 2 and (country := COUNTRIES.get(" ".join(words).lower().removeprefix("the "))):
        return country
    lower = text.lower()
    if _OFFICE.search(lower) is None or _NO_OFFICE.search(lower) is not None:
        return ""
    states = countries(words)
    return states.pop() if len(states) == 1 else ""


@lru_cache(maxsize=REMEMBERED)
def official(text: str) -> bool:
    """Return whether the words name an office of a state without saying of which ("the ministry", "a spokesman")."""
    lower = text.lower()
    if _OFFICE.search(lower) is None or _NO_OFFICE.search(lower) is not None:
        return False
    return not countries([word for word in _WORD.findall(text) if word != "us"])


@lru_cache(maxsize=REMEMBERED)
def of_a_state(text: str) -> bool:
    """Return whether the words name an office that only a state has, without saying of which ("interior ministry")."""
    return _OF_A_STATE.search(text.lower()) is not None and official(text)


def countries(words: Sequence[str]) -> set[str]:
    """Return the countries that a phrase names, names of two words first: "North Korean" is not "Korean"."""
    found, at = set(), 0
    while at < len(words):
        for length in (2, 1):
            if country := country_of(" ".join(words[at : at + length])):
                found.add(country)
                break
        at += length
    return found
