"""Of which moment and of what a figure speaks: two of other moments, or of other things, do not contradict each other.

A price at 9:34 and at the close are two prices, "$7 million for the campaign" and "$50 million" two sums. What is not
said is not known to be the same, so such figures make no conflict.
"""

from __future__ import annotations

import re

from claims.engine.types import Quantity

_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m|p\.?m)?\b\.?(?=[^\d%]|$)", re.IGNORECASE)
_PHRASES = {
    "close": r"clos(?:e|ed|es|ing)",
    "open": r"open(?:ed|ing)?(?= (?:bell|price|trad|at\b|up\b|down\b|high|low))|at the open",
    "early": r"early trad\w+|pre-?market|before the bell",
    "late": r"late trad\w+|after[- ]hours|extended trad\w+|after the bell",
    "noon": r"mid-?day|noon|lunchtime",
    "morning": r"morning",
    "afternoon": r"afternoon",
    "evening": r"evening",
    "night": r"overnight|at night|tonight|last night",
    "peak": r"peak(?:ed)?|intraday|session (?:high|low)",
}
_SPOKEN = {name: re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE) for name, phrase in _PHRASES.items()}


def moments(sentence: str) -> frozenset[str]:
    """Return the moments of a day that a sentence names: clock times ("9:34am") and parts of a day or of trading."""
    found = {name for name, phrase in _SPOKEN.items() if phrase.search(sentence)}
    for hour, minutes, half in _CLOCK.findall(sentence):
        if minutes or half:
            found.add(f"{int(hour)}:{minutes or '00'}{half.lower().replace('.', '')}")
    return frozenset(found)


def one_moment(a: frozenset[str], b: frozenset[str]) -> bool:
    """Say whether two figures are surely of one moment: they name one in common, or neither names any."""
    return bool(a & b) or not (a or b)


def one_thing(a: Quantity, b: Quantity) -> bool:
    """Say whether two figures are of one thing. What is counted, matching has judged; of sums only words tell."""
    if a.unit != b.unit or not a.unit:
        return a.unit == b.unit
    left, right = (q.counted.rpartition(" ")[2] for q in (a, b))
    return left == right


def rounds_to(exact: Quantity, value: float, unit: float) -> bool:
    """Say whether ``value``, exact to ``unit``, may be a figure said less exactly: 229 and 230."""
    return unit > 0 and abs(exact.value - value) <= unit / 2
