"""Where an article names people: what the language model finds, and what it misses or takes for something else.

Labels and signatures name people as well; nicknames, initials, particles and known first names widen a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.reading.people.names import PARTICLES, ROLES, fold, tidy

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
        start, end = _name_at(doc, i, things)
        if end > i:
            start, taken = max(start, taken), end
            yield start, end, doc[start:end].root, doc[start:end].text


def _name_at(doc: Doc, i: int, things: frozenset[str]) -> tuple[int, int]:
    """Where a person's name that a token is the first known word of begins and ends; an empty range where none does."""
    token = doc[i]
    if not token.text[:1].isupper():
        return i, i
    opens = _INITIALS.fullmatch(token.text) or first_name(token)
    if opens and token.ent_type_ in (*MISTAKEN, "PERSON"):
        end = _after_given(doc, i)
        whole = _entity_end(doc, i)
        if end > i and (whole <= end or token.ent_type_ == "PERSON" or not _bodies(doc, i, whole)):
            return i, max(end, whole)
    if token.ent_type_ != "PERSON":
        return i, i
    end = _entity_end(doc, i)
    if end - i == 1 and fold(token.text) in things:
        return i, i
    start = i - given_before(doc, i, end)
    while start == i and i and doc[i - 1].lower_ in PARTICLES and len(doc[i - 1]) > 2 and not doc[i].is_sent_start:
        start = i = i - 1
    return start, max(end, _after_particles(doc, end))


def _after_given(doc: Doc, i: int) -> int:
    """The end of a name that a first name or initials open, with one surname; the start where none is."""
    end = _after_hyphens(doc, i + 1)
    while end < len(doc) and end - i < 4 and _INITIALS.fullmatch(doc[end].text):
        end += 1
    with_particles = _after_particles(doc, end)
    if with_particles > end:
        return with_particles
    if not _surname(doc, end):
        return i
    end = _after_hyphens(doc, end + 1)
    return _entity_end(doc, end - 1) if doc[end - 1].ent_type_ == "PERSON" else end


def _after_hyphens(doc: Doc, end: int) -> int:
    """ "Anne-Marie", "McAllister-O'Dowd": the end of the parts that hyphens join."""
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_ and doc[end + 1].text[:1].isupper():
        end += 2
    return end


def given_before(doc: Doc, i: int, end: int) -> int:
    """Return how many tokens before a surname go with it: parts joined by hyphens, a first name that no list knows.

    Such a name is one capital word, and no title.
    """
    first = i
    while i > 1 and doc[i - 1].text == "-" and doc[i - 2].text[:1].isupper():
        i -= 2  # "O'Malley-Smith", of which the language model knows the second part
    joined = first - i
    before = doc[i - 1] if i else doc[i]
    lone = end - first == 1 and before.i != i and before.sent.start not in (before.i, i) and not before.ent_type_
    if not lone or before.dep_ != "compound" or before.pos_ != "PROPN" or not before.text[:1].isupper():
        return joined
    word = before.lower_.rstrip(".")
    named = any(word in words(f"en/{name}") for name in ("person_nouns", "male_nouns", "female_nouns", "label_nouns"))
    titled = word in words("en/title_abbreviations") or word in ROLES or before.text.endswith(".")
    other = before.text.isupper() or country_of(before.text) or _bodies(doc, before.i, i)
    return joined if named or titled or other or tidy(f"{before.text} X") == "X" else joined + 1


def _entity_end(doc: Doc, i: int) -> int:
    end = i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return end


def _bodies(doc: Doc, start: int, end: int) -> bool:
    """Whether a noun for a body, a place or a work stands in a stretch, or a word that is no part of a name."""
    bodies = words("en/bodies") | words("en/name_bodies")
    return any(t.lower_ in bodies or t.pos_ in ("DET", "CCONJ", "VERB", "SYM", "NUM") for t in doc[start:end])


def first_name(token: Token) -> bool:
    """Return whether a word is a first name that the lists know; where a sentence starts, only if parsed so."""
    if token.lower_ not in words("en/women") and token.lower_ not in words("en/men"):
        return False
    return token.pos_ == "PROPN" or (token.is_title and token.i > token.sent.start)


def _surname(doc: Doc, i: int) -> bool:
    """Whether a token can go on a name that a first name or initials open."""
    if i >= len(doc) or doc[i].sent.start == i or doc[i].ent_type_ not in (*MISTAKEN, "PERSON"):
        return False
    token = doc[i]
    capital = token.is_title or token.text[:2] in ("O'", "Mc", "O’", "Ma", "De", "Di", "La", "Le")
    return token.pos_ == "PROPN" and token.text[:1].isupper() and capital and not _bodies(doc, i, i + 1)


def _after_particles(doc: Doc, end: int) -> int:
    """The end of a name that goes on with "van der Meer", "St. Clair" or "Ter Braak"."""
    i = end
    while i < len(doc) and i - end < 3 and doc[i].lower_.rstrip(".") in PARTICLES and len(doc[i]) > 1:
        i += 1
    begins = i > end and i < len(doc) and doc[i].text[:1].isupper() and doc[i].is_alpha and doc[i].pos_ == "PROPN"
    return _after_hyphens(doc, i + 1) if begins else end


def things(doc: Doc) -> frozenset[str]:
    """Return single words that names here hold for something else than a person as often as for one: "SpaceX"."""
    kinds = Counter((fold(e.text), e.label_ == "PERSON") for e in doc.ents if len(e) == 1 and e.label_ in _NAMES)
    return frozenset(word for (word, person), n in kinds.items() if not person and n >= kinds[word, True])


def somewhere(token: Token) -> bool:
    """Whether a word stands as a place does: behind "in" or "from"."""
    return token.dep_ == "pobj" and token.head.lower_ in _PLACING
