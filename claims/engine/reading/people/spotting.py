"""Where an article names people: what the language model finds, and what it misses or takes for something else.

Labels and signatures name people as well; nicknames, initials, particles and known first names widen a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.reading.people.names import PARTICLES, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.engine.reading.text.parsing import Parsed

Spotted = tuple[int, int, "Token", str]
"""Where a name begins and ends, the token that heads it, and the name."""

_NAMES = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "LOC", "FAC", "NORP"})
MISTAKEN = frozenset({"", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "NORP"})
"""What the language model may take a person's name for."""
_PLACING = frozenset({"in", "at", "from", "near", "into", "on", "over"})
_NICKNAMED = re.compile(r"\b[A-Z][\w.'’-]+ [“\"‘'(]([A-Z][\w'’-]+)[”\"’'),]{1,2} (?:[a-z]+ ){0,2}[A-Z][\w'’-]+")
_INITIALS = re.compile(r"(?:[A-Z]\.)+-?(?:[A-Z]\.)?|[A-Z]")


def labels(parsed: Parsed) -> Iterator[tuple[int, int, Token, str]]:
    for turn in parsed.turns:
        span = parsed.doc.char_span(turn.start, turn.end, alignment_mode="expand")
        if span is not None and turn.name:
            yield span.start, span.end, span[-1], turn.name


def spans(doc: Doc, things: frozenset[str]) -> Iterator[tuple[int, int, Token, str]]:
    """Where somebody is named: what the language model finds, widened over initials, particles and first names."""
    taken = 0
    nicknamed = {}
    for match in _NICKNAMED.finditer(doc.text):
        span = doc.char_span(match.start(), match.end())
        if span is not None:
            nicknamed[span.start] = span
    for i in range(len(doc)):
        if i < taken:
            continue
        if i in nicknamed:
            taken = nicknamed[i].end
            yield i, taken, nicknamed[i].root, nicknamed[i].text
            continue
        span_end = _name_end(doc, i, things)
        if span_end > i:
            taken = span_end
            span = doc[i:span_end]
            yield i, span_end, span.root, span.text


def _name_end(doc: Doc, i: int, things: frozenset[str]) -> int:
    """Where a person's name that begins at a token ends; the token itself where none does."""
    token = doc[i]
    if not token.text[:1].isupper():
        return i
    end = i
    if token.ent_type_ == "PERSON":
        end = _entity_end(doc, i)
        if end - i == 1 and fold(token.text) in things:
            return i
    elif token.ent_type_ in MISTAKEN and (_INITIALS.fullmatch(token.text) or first_name(token)):
        end = i + 1
        while end < len(doc) and end - i < 3 and _INITIALS.fullmatch(doc[end].text):
            end += 1
        if not _surname(doc, end):
            return i
        if token.ent_type_ and not _INITIALS.fullmatch(token.text):
            whole = _entity_end(doc, i)
            return whole if 2 <= whole - i <= 3 and _no_body(doc, i, whole) else i
        end = max(end + 1, _entity_end(doc, end) if doc[end].ent_type_ == "PERSON" else 0)
    return _with_particles(doc, end) if end > i else i


def _entity_end(doc: Doc, i: int) -> int:
    end = i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return end


def _no_body(doc: Doc, start: int, end: int) -> bool:
    """Whether what the language model takes for a body or a place reads as a name: no noun for a body in it."""
    inside = doc[start:end]
    bodies = words("en/bodies") | words("en/name_bodies")
    return all(t.pos_ == "PROPN" and t.is_alpha and t.lower_ not in bodies for t in inside) and inside[-1].is_title


def first_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and (token.lower_ in words("en/women") or token.lower_ in words("en/men"))


def _surname(doc: Doc, i: int) -> bool:
    """Whether a token can go on a name that a first name or initials open."""
    if i >= len(doc) or doc[i].sent.start == i or doc[i].ent_type_ not in ("", "PERSON", "ORG", "GPE", "NORP"):
        return False
    token = doc[i]
    return (token.is_title and token.pos_ == "PROPN") or (
        token.text[:2] in ("O'", "Mc", "O’") and token.pos_ == "PROPN"
    )


def _with_particles(doc: Doc, end: int) -> int:
    """The end of a name that goes on with "van der Meer"."""
    i = end
    while i < len(doc) and i - end < 3 and doc[i].lower_.rstrip(".") in PARTICLES and len(doc[i]) > 1:
        i += 1
    begins = i > end and i < len(doc) and doc[i].is_title and doc[i].is_alpha and doc[i].pos_ == "PROPN"
    return i + 1 if begins else end


def things(doc: Doc) -> frozenset[str]:
    """Return single words that names here hold for something else than a person as often as for one: "SpaceX"."""
    kinds = Counter((fold(e.text), e.label_ == "PERSON") for e in doc.ents if len(e) == 1 and e.label_ in _NAMES)
    return frozenset(word for (word, person), n in kinds.items() if not person and n >= kinds[word, True])


def somewhere(token: Token) -> bool:
    """Whether a word stands as a place does: behind "in" or "from"."""
    return token.dep_ == "pobj" and token.head.lower_ in _PLACING
