"""How names look in plain letters: the shape of their words, first names, and names set in capitals."""

from __future__ import annotations

import re

from claims.engine.lexicon.loading import words
from claims.engine.names import unaccented

NAME_WORD = r"(?:[A-Z]\.(?:-?[A-Z]\.)*|[A-ZÀ-ÖØ-Þ][\w'’-]*\.?)"
"""A word of a name: initials, or a word that begins with a capital."""


def known_first_name(word: str) -> bool:
    """Return whether a word is a first name that the lists know, of a woman or of a man."""
    plain = unaccented(word.split("-", maxsplit=1)[0]).lower()
    return plain in words("en/women") or plain in words("en/men")


def capitals_as_name(name: str) -> str:
    """Return a name set in capitals as it is usually written; any other name as it is."""
    return " ".join(_capitalised(word) if word.isupper() and len(word) > 1 else word for word in name.split())


def _capitalised(word: str) -> str:
    if "." in word:
        return word
    word = "-".join("'".join(part.capitalize() for part in piece.split("'")) for piece in word.split("-"))
    word = "’".join(part[:1].upper() + part[1:] for part in word.split("’"))
    return word[:2] + word[2:].capitalize() if re.match(r"Mc[a-z]{3}", word) else word
