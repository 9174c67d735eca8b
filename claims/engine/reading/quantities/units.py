"""Units of measure: how they are written, and the one name that each has here.

Names are singular English words ("kilometre", "year of age", "percent"); money is named by its ISO 4217 code; a rate
is "X per Y". Nothing is converted: "5 miles" and "8 kilometres" stay what the article says, because converting would
hide the figure that a reviewer has to find in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from claims.engine.lexicon.loading import table

_WORDS: Final = {row["name"]: row["ways"] for row in table("en/units")}
_SIGNS: Final = {row["sign"]: row["name"] for row in table("en/unit_signs")}
_SPACED_SIGNS: Final = frozenset(row["sign"] for row in table("en/unit_signs") if row["spaced"] == "yes")

AGES: Final = frozenset({"year", "month", "week", "day", "hour", "minute"})
DURATIONS: Final = AGES | {"second", "millisecond", "decade", "century", "fortnight", "quarter"}
_RATE_WORDS: Final = (
    "share|person|head|capita|unit|barrel|day|week|month|year|annum|hour|minute|second|night|game|pound|ounce|gallon"
    "|litre|liter|ton|tonne|mile|square foot|square metre|square meter|square mile|acre|hectare|household|student"
    "|pupil|patient|family|ticket|dozen|kilowatt hour|kilogram|kilo|gram|gramme|millisecond|bottle|vehicle|car"
    "|employee|worker|customer|user|metre|meter|kilometre|kilometer"
)
_RATE_NAMES: Final = {
    "ms": "millisecond",
    "s": "second",
    "h": "hour",
    "l": "litre",
    "annum": "year",
    "liter": "litre",
    "square meter": "square metre",
    "tonne": "metric ton",
    "gramme": "gram",
    "kilo": "kilogram",
    "meter": "metre",
    "kilometer": "kilometre",
    "pound": "pound-mass",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found in a text: its name, and where it ends."""

    name: str
    end: int


def _plural(alias: str) -> str:
    escaped = re.escape(alias)
    return escaped + "s?" if alias[-1].isalpha() and len(alias) > 2 and alias[-1] != "s" else escaped


def _ways() -> dict[str, str]:
    ways: dict[str, str] = {}
    for name, aliases in _WORDS.items():
        for alias in aliases.split("|"):
            ways[alias] = name
            ways.setdefault(alias + "s", name)
    return ways


_NAMES: Final = _ways()
_ALIASES: Final = sorted((a for names in _WORDS.values() for a in names.split("|")), key=len, reverse=True)
_UNIT: Final = re.compile(
    r"(?:\s?[-‐‑]\s?|\s{0,2}[(\[{<]?)(?P<unit>"
    + "|".join(_plural(alias) for alias in _ALIASES)
    + r")(?![A-Za-z0-9²³])",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(
    r"(?P<space> ?)-?(?P<sign>" + "|".join(sorted(_SIGNS, key=len, reverse=True)) + r")(?![A-Za-z0-9'’&²³])"
)
_INCHES: Final = re.compile(r"\s?[\"″](?=\s?(?:long|wide|tall|high|deep|thick|screen|display|x\b|by\b))")
_RATE: Final = re.compile(
    r"(?:\s?/\s?|[\s-]{1,3}(?:per|an?|each|every)[\s-]{1,3})(?P<rate>"
    + _RATE_WORDS
    + r")s?(?![A-Za-z])(?!\s(?:earlier|ago|later|before|after|ahead|old|from)\b)"
    r"|\s?/\s?(?P<short>ms|s|sec|h|hr|min|kg|km|l)(?![A-Za-z])",
    re.IGNORECASE,
)
_LATER_RATE: Final = re.compile(
    r"\sof(?:\s[a-z-]+){1,3}?\s(?:an?|per)\s(?P<rate>second|minute|hour|day|week|month|year)\b(?!\s(?:earlier"
    r"|ago|later))"
)
_AGE: Final = re.compile(r"[\s-]{1,3}(?:olds?|of[\s-]age)\b", re.IGNORECASE)
_CASED: Final = {"MB": "megabyte", "Mb": "megabit", "mb": "megabit", "MW": "megawatt", "mW": "milliwatt"}


def unit_at(text: str, position: int, *, digits: bool) -> Unit | None:
    """Return the unit of measure that begins at ``position``, right behind a number, or None.

    ``digits`` says that the number is written in digits; single letters are units only then ("48m", not "five m").
    """
    found = _UNIT.match(text, position)
    if found is not None:
        written = found["unit"]
        name = _CASED.get(written) or _NAMES.get(written.lower()) or _NAMES[written.lower().rstrip("s")]
        return _with_rate(text, name, found.end())
    if not digits:
        return None
    if (inches := _INCHES.match(text, position)) is not None:
        return Unit("inch", inches.end())
    sign = _SIGN.match(text, position)
    if sign is not None and sign["sign"] == "s" and "." not in text[max(0, position - 3) : position]:
        return None
    if sign is not None and (not sign["space"] or sign["sign"] in _SPACED_SIGNS):
        return _with_rate(text, _SIGNS[sign["sign"]], sign.end())
    return None


def rate_at(text: str, name: str, position: int) -> Unit:
    """Return ``name`` with the rate that follows at ``position``: "USD" before " per share" is "USD per share"."""
    found = _RATE.match(text, position)
    if found is None:
        return Unit(name, position)
    per = (found["rate"] or found["short"]).lower()
    per = _RATE_NAMES.get(per, _NAMES.get(per, per) if found["short"] else per)
    return Unit(f"{name} per {per}", found.end())


def _with_rate(text: str, name: str, position: int) -> Unit:
    if name in AGES and (age := _AGE.match(text, position)) is not None:
        return Unit(f"{name} of age", age.end())
    rated = rate_at(text, name, position)
    later = _LATER_RATE.match(text, position) if rated.end == position else None
    return Unit(f"{name} per {later['rate']}", position) if later is not None else rated
