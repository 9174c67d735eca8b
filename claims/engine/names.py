"""One normaliser for names, searches and duplicates: what a reader takes for one spelling has one form.

``clean`` is what is shown and stored, ``fold`` what is compared, and ``skeleton`` what shows two names that look alike
and need not be one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

REMEMBERED = 8192
"""Short texts whose form is kept: the same few names are compared again and again."""

LONGEST_KEY = 200
"""Characters of a key; a folded name can be eighteen times as long as it was."""

_SHORT = 200
_INVISIBLE = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # format
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\ufff0-\ufff8"  # without an image
    "\U000e0000-\U000e0fff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"  # controls but for white space, halves of pairs
)
"""Characters that nobody sees (Unicode categories Cf, Cc and Cs, and fillers, selectors and blanks of UAX 44)."""

_MARKS = 30
"""Marks on one letter that count (UAX 15, Stream-Safe Text Format): to sort them takes the square of their number."""

_MARKED = re.compile(rf"[^\w\s\x00-\x7f]{{{_MARKS + 1},}}")
_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′ʹʻʼʽˈ`´＇", "'"), **dict.fromkeys("“”„‟«»‹›〝〞〟＂", '"')})
_DASHES = re.compile("[\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]")
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th", "Ħ": "H", "Ŧ": "T", "Æ": "Ae", "Œ": "Oe", "ß": "ss"}
)
"""Letters that are no letter with a mark to Unicode, and are written without theirs as often as "é"."""

_LOOKALIKES = str.maketrans("авеорсухікмнтјѕԁһӏԛԝьɡαβγεηικνορτυχωςϲϳ01|", "abeopcyxikmhtjsdhlqwbgabyenikvoptuxwccjoll")
"""Letters and digits as the Latin letter that they look like."""

_NOT_WORD = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """Return ``text`` to be shown: in NFKC, without invisible characters, each run of white space as one space."""
    return _settled(_visible, text)


def composed(text: str) -> str:
    """Return ``text`` with letters and accents composed (NFC); of more than thirty marks on a letter the first."""
    return text if text.isascii() else unicodedata.normalize("NFC", _bounded(text))


def fold(text: str) -> str:
    """Return the form in which names, searches and texts are compared.

    ``clean``, in lower case (Unicode case folding), with straight quotation marks and plain hyphens. Accents are kept.
    Folding twice is folding once.
    """
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def blank(text: str) -> bool:
    """Say whether a reader sees nothing of ``text``: it is empty, or all white space and invisible characters."""
    return not text.strip() or not fold(text)


def key(name: str) -> str:
    """Return the form by which a name is found: folded, at most as long as a column of keys."""
    return fold(name)[:LONGEST_KEY].strip()


def bare(text: str) -> str:
    """Return ``fold(text)`` without accents: "lukasz gonzalez" for "Łukasz González"."""
    return unaccented(fold(text))


def unaccented(text: str) -> str:
    """Return ``text`` with the base letter for each letter that carries an accent or a stroke."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def squeezed(name: str) -> str:
    """Return a name's letters and digits, folded, without a leading "the"."""
    return _NOT_WORD.sub("", fold(name).removeprefix("the "))


def skeleton(name: str) -> str:
    """Return one form for all names that look alike: no accents, punctuation or spaces, one letter for its doubles.

    Two names of one skeleton may be one ("Le Monde", "LeMonde") or a trap (a Cyrillic "а" in "Reuters"): a person
    decides. "" for a name without letters and digits.
    """
    return _NOT_WORD.sub("", bare(name).removeprefix("the ").translate(_LOOKALIKES)).replace("rn", "m")


def skeleton_key(name: str) -> str:
    """Return ``skeleton(name)``, at most as long as a column of keys."""
    return skeleton(name)[:LONGEST_KEY]


def mixed_scripts(name: str) -> bool:
    """Return whether one word of the name mixes Latin letters with Greek or Cyrillic ones, as hardly any name does."""
    return any(len({script for c in word if (script := _script(c))}) > 1 for word in clean(name).split())


def _script(char: str) -> str:
    name = unicodedata.name(char, "") if char.isalpha() else ""
    return next((script for script in ("LATIN", "GREEK", "CYRILLIC") if name.startswith(script)), "")


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    if text.isascii():
        return _visible(text).lower().replace("`", "'").replace("''", '"')
    return _settled(_cased, text)


def _settled(form: Callable[[str], str], text: str) -> str:
    """Return what stays the same under ``form``: a character that goes can bring two others together."""
    while (next_text := form(text)) != text:
        text = next_text
    return text


def _cased(text: str) -> str:
    lower = _visible(text).casefold().replace("i\u0307", "i")
    return _DASHES.sub("-", _visible(lower).translate(_QUOTES)).replace("''", '"')


def _visible(text: str) -> str:
    text = _DROPPED.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _bounded(text.replace("´", "'")))  # NFKC would make it a space
    return " ".join(text.split())


def _bounded(text: str) -> str:
    return _MARKED.sub(_first_marks, text)


def _first_marks(run: re.Match[str]) -> str:
    """Return a run of signs without the marks that no letter needs."""
    kept, marks = [], 0
    for char in run.group():
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MARKS:
            kept.append(char)
    return "".join(kept)
