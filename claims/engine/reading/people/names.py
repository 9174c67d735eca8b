"""Names of people as they are written: their parts, what is compared, and one spelling for all articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine.lexicon.loading import table, words
from claims.engine.lexicon.words import lexicon
from claims.engine.names import clean, unaccented
from claims.engine.reading.text.spelling import capitals_as_name

ROLES = lexicon(
    "president leader minister premier chancellor king queen prince governor senator mayor secretary spokesman "
    "spokeswoman spokesperson chief director ceo chairman chairwoman ambassador general commander candidate "
    "nominee prosecutor attorney judge lawyer professor analyst pope bishop congressman congresswoman "
    "representative mogul businessman billionaire sheriff commissioner superintendent coroner"
)
_TITLES = re.compile(
    r"^(?:the|an?(?!\.)|mr|mrs|ms|miss|mme|smt|shri|dr|prof|professor|sir|dame|lord|lady|sen|senator|rep|gov|governor"
    r"|gen|general|lt|lieutenant|col|colonel|maj|major|sgt|sergeant|capt|captain|cpl|det|detective|insp|inspector"
    r"|adm|admiral|sheriff|judge|justice|president|former|rev|reverend|fr|father|sister|bishop|archbishop|cardinal"
    r"|amb|hon|pte|pvt|supt|councillor|cllr|chancellor|mayor|coach)\.?\s+",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^.+['’]s\s+(?=\w)")
"""The firm in "SpaceX's Elon Musk", which the language model takes for a part of the name."""
POSSESSIVE = re.compile(r"['’]s?$")
_SPELLINGS = (
    (re.compile(r"sk(?:yy|iy|yi|ii|yj|ij|i)$", re.IGNORECASE), "sky"),
    (re.compile(r"yy\b", re.IGNORECASE), "y"),
    (re.compile(r"iy\b", re.IGNORECASE), "y"),
)
PARTICLES = lexicon(
    "van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu st saint mac o san santa y e"
)
"""Words that open a surname of several: "van der Meer", "St. Clair"."""
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_NICKNAME = re.compile(r"\s*[“\"‘'(](?P<nick>[^”\"’')]{2,20})[”\"’')]\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a person's name, folded: what is given, the surname ("" where only one word was written), suffix."""

    given: tuple[str, ...]
    surname: str
    suffix: str = ""


def tidy(name: str) -> str:
    """Return the name without articles, titles, possessive and stray marks."""
    name = " ".join(name.replace("\n", " ").strip(" \"'“”‘’,;:()[]").split())
    name = POSSESSIVE.sub("", name)
    name = name if re.search(r"(?:^|[\s.])(?:[A-Z]|[JS]r)\.$", name) else name.rstrip(".")
    while (shorter := _TITLES.sub("", name)) != name and shorter:
        name = shorter
    return name


def bare_name(name: str) -> tuple[str, str]:
    """Return a name without its owner and without the nickname in its middle, and that nickname ("" where none is)."""
    name = tidy(_OWNED.sub("", name))
    found = _NICKNAME.search(name)
    nick = found["nick"].strip(" ,.") if found and found.start() else ""
    name = _NICKNAME.sub(" ", name) if nick else name
    while name.count(" ") > 1 and name.split(" ", 1)[0].lower() in ROLES:
        name = name.split(" ", 1)[1]
    return name, nick


def fold(name: str) -> str:
    """Return a name as compared: no accents, one spelling of -sky, lower case, no title, no possessive."""
    found = tidy(_plain(name)).lower().split()
    for pattern, ending in _SPELLINGS:
        found = [pattern.sub(ending, word) for word in found]
    return " ".join(found)


def spelled(name: str) -> str:
    """Return a person's name with one spelling for all articles; its initials and inner capitals as written."""
    return " ".join(_spelled(word) for word in tidy(_plain(name)).split())


def _plain(name: str) -> str:
    return unaccented(clean(name)).replace("’", "'").replace("‘", "'")


def _spelled(word: str) -> str:
    for pattern, ending in _SPELLINGS:
        word = pattern.sub(ending, word)
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 2 and word.isupper() and "." not in word:
        return capitals_as_name(word)
    return word if word.lower() in PARTICLES else word[:1].upper() + word[1:]


def parts(name: str) -> Name:
    """Return the parts of a name; of a single word, with its particles, the surname alone."""
    found = [word.strip(",") for word in fold(name.replace(",", " ")).split()]
    found = [word for word in found if word]
    suffix = found.pop().rstrip(".") if len(found) > 1 and found[-1].rstrip(".") in _SUFFIXES else ""
    if not found:
        return Name((), "", suffix)
    start = len(found) - 1
    while start > 0 and found[start - 1].rstrip(".") in PARTICLES and len(found[start - 1].rstrip(".")) > 1:
        start -= 1
    surname = " ".join(word.replace("'", "") for word in found[start:])
    return Name(tuple(_initials(found[:start])), surname, suffix)


def _initials(given: Sequence[str]) -> list[str]:
    """ "j.r." as "j" and "r"."""
    return [part for word in given for part in (word.split(".") if "." in word else [word]) if part]


def may_be_one(a: Name, b: Name) -> bool:
    """Return whether two names with one surname can be one person's: by first name, initials, short form and suffix."""
    if a.suffix != b.suffix and a.given and b.given:
        return False
    if not a.given or not b.given:
        return True
    if not _one_given(a.given[0], b.given[0]):
        return False
    return len(a.given) < 2 or len(b.given) < 2 or _one_given(a.given[1], b.given[1])


def _one_given(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    full = _short_forms()
    return (
        long in full.get(short, ()) or short in full.get(long, ()) or bool(full.get(a) and full.get(a) == full.get(b))
    )


def _short_forms() -> dict[str, tuple[str, ...]]:
    return {row["short"]: tuple(row["full"].split("|")) for row in table("en/nicknames")}


def gender_of(given: Sequence[str]) -> str:
    """Return whose the first name nearly always is: "f", "m", or "" where that is not known."""
    first = given[0].split("-")[0] if given else ""
    if first in words("en/women"):
        return "f"
    return "m" if first in words("en/men") else ""
