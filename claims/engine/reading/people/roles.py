"""The office or role that an article gives to a person beside the name: before it, or between commas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.reading.people.names import ROLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 5
"""Words of a role at most."""
_WORDS = frozenset({"PROPN", "NOUN", "ADJ"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})


def roles_of(doc: Doc, start: int, end: int) -> Iterator[str]:
    """Yield the roles of the person named at ``doc[start:end]``, in lower case, without the article.

    "Ukrainian President Anna Bell", "the food minister, Anna Bell, said", "Anna Bell, the mayor of Ossel".
    """
    if (before := role_before(doc, start)) != "":
        yield before
    set_apart = end < len(doc) and doc[end].text in (",", ")")
    if set_apart and start > 1 and doc[start - 1].text == ",":
        found = _run_before(doc, start - 1)
        opens = start - 2 - len(found)
        if found and opens >= 0 and doc[opens].lower_ in _ARTICLES and _is_role(found[-1:]):
            yield " ".join(found)
    if set_apart and end + 1 < len(doc) and doc[end + 1].lower_ in _ARTICLES:
        behind: list[str] = []
        for token in doc[end + 2 : end + 2 + _LONGEST]:
            if token.pos_ not in _WORDS or not token.is_alpha:
                break
            behind.append(token.lower_)
        if _is_role(behind[-1:]):
            yield " ".join(behind)


def role_before(doc: Doc, start: int) -> str:
    """Return the title in front of a name ("Ukrainian President Anna Bell" gives "ukrainian president"), or ""."""
    found = _run_before(doc, start)
    return " ".join(found) if _is_role(found) else ""


def _run_before(doc: Doc, end: int) -> list[str]:
    found: list[str] = []
    for i in range(end - 1, max(-1, end - _LONGEST), -1):
        token = doc[i]
        if token.pos_ not in _WORDS or not token.is_alpha:
            break
        found.insert(0, token.lower_)
    return found


def _is_role(found: list[str]) -> bool:
    return any(word in ROLES or word in words("en/offices") for word in found)
