"""What a clause says, in the form that matching compares: terms, names, places, subject, predicate, object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.factuality.negation import negated
from claims.engine.reading.participants import NAMED, Named, between, entity_of, participants
from claims.engine.reading.syntax import VERBAL, Range, root_of, span_of, subject_of
from claims.engine.types import Entity, Features

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


PLACES = frozenset({"GPE", "LOC", "FAC"})
_ORDINALS = frozenset({"first", "last", "third"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
LONGEST_SUBJECT = 12
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_WORDS = re.compile(r"[a-z]+")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBER = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+{_NUMBER}{_YEAR}")
_DAY_MONTH = re.compile(rf"\b{_NUMBER}(?:\s+of)?\s+{_MONTH}{_YEAR}")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = lexicon(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)


def names_of(doc: Doc) -> tuple[Named, ...]:
    """The entities of a document that features use, in order; read once, because ``Span.ents`` reads the whole Doc."""
    return tuple(Named(e.start, e.end, e.label_, e.text) for e in doc.ents if e.label_ in NAMED or e.label_ == "DATE")


def features(
    doc: Doc,
    stretch: Range,
    published: datetime | None,
    names: Sequence[Named],
    stood_for: tuple[Entity, ...] = (),
    subject_at: int | None = None,
    head: int | None = None,
) -> Features:
    """The features of a proposition given by its token range.

    ``stood_for`` are people that its pronouns stand for, ``subject_at`` is the token of a subject outside the range.
    ``head`` is the word that states it, where that is not the highest of the range ("the dam, which burst": "burst").
    """
    root = root_of(doc, stretch) if head is None else doc[head]
    outside = doc[subject_at] if subject_at is not None else _inherited(root, stretch)
    inside = between(names, *stretch)
    entities = [entity_of(n.text, n.label) for n in inside if n.label in NAMED]
    beside = between(names, *span_of(outside)) if outside is not None else ()
    entities = [*(entity_of(n.text, n.label) for n in beside if n.label in NAMED), *entities]
    named = tuple(e for e in dict.fromkeys([*entities, *stood_for]) if e.name)
    return Features(
        terms=(*_phrase(doc, outside), *_terms(doc[stretch[0] : stretch[1]])),
        entities=named,
        places=tuple(dict.fromkeys(e.name for e in named if e.label in PLACES)),
        subject=doc[subject_at].lemma_.lower() if subject_at is not None else _role(root, _SUBJECTS),
        predicate=root.lemma_.lower() if has_verb(doc, stretch) else "",
        object=_role(root, ("dobj", "attr", "acomp", "oprd", "dative")) or _prepositional(root),
        dates=_days_of(inside if head is None else _of_its_clause(doc, root, names), published),
        negated=negated(root),
        roles=participants(doc, root, names, doc[subject_at] if subject_at is not None else outside),
        recalled=tuple(dict.fromkeys(_recalled(doc[stretch[0] : stretch[1]], root))),
    )


def _days_of(names: Iterable[Named], published: datetime | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(d for n in names if n.label == "DATE" for d in _dates(n.text, published)))


def _of_its_clause(doc: Doc, verb: Token, names: Sequence[Named]) -> Iterator[Named]:
    """Yield the names that hang on a verb and on no other verb: what is cut off a statement says when it was, too."""
    for one in between(names, *span_of(verb)):
        at = doc[one.start : one.end].root
        while at.i != verb.i and at.head.i != at.i and (at.head.i == verb.i or at.head.pos_ not in VERBAL):
            at = at.head
        if at.i == verb.i:
            yield one


def _recalled(span: Iterable[Token], root: Token) -> Iterator[str]:
    """Yield the lemmas of the verbs of relative clauses: what a statement takes as known about what it names."""
    for token in span:
        if token.dep_ == "relcl" and token.pos_ in VERBAL and token.i != root.i:
            yield token.lemma_.lower()


def has_verb(doc: Doc, stretch: Range) -> bool:
    """Return whether a stretch holds a verb: without one it is a scrap."""
    return any(t.pos_ in VERBAL for t in doc[stretch[0] : stretch[1]])


def _terms(span: Iterable[Token]) -> Iterator[str]:
    for token in span:
        if (
            token.pos_ in _CONTENT
            and (not token.is_stop or token.lower_ in _ORDINALS)
            and (token.is_alpha or token.like_num or "-" in token.text)
        ):
            yield token.lemma_.lower()


def _phrase(doc: Doc, noun: Token | None) -> Iterator[str]:
    """The terms of a subject outside of its clause."""
    if noun is not None:
        start, end = span_of(noun)
        yield from _terms(doc[start : min(end, start + LONGEST_SUBJECT)])


def _inherited(root: Token, stretch: Range) -> Token | None:
    """The subject that a clause has from the clause it is joined to, where it has none of its own."""
    by = subject_of(root) if root.dep_ == "conj" and root.pos_ in ("VERB", "AUX") else None
    return by if by is not None and not stretch[0] <= by.i < stretch[1] else None


def _role(root: Token, deps: tuple[str, ...]) -> str:
    verb = root
    for _ in range(3):
        for child in verb.children:
            if child.dep_ in deps:
                return str(child.lemma_.lower())
        if verb.dep_ not in ("conj", "xcomp") or deps[0] != "nsubj":
            return ""
        verb = verb.head
    return ""


def _prepositional(root: Token) -> str:
    for child in root.rights:
        if child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return str(grandchild.lemma_.lower())
    return ""


def _dates(text: str, published: datetime | None) -> tuple[str, ...]:
    if len(text) > 40:
        return ()
    if published is None:
        return tuple(_YEARS.findall(text)[:1])
    day = published.astimezone(UTC).date() if published.tzinfo else published.date()
    found = _date(text.lower(), day.isoformat())
    return (found,) if found else tuple(_YEARS.findall(text)[:1])


@lru_cache(maxsize=50_000)
def _date(text: str, base: str) -> str:
    """The day that a date means in an article of ``base``; or ""."""
    day = date.fromisoformat(base)
    words = set(_WORDS.findall(text))
    if words & {"next", "every", "each", "week", "month", "year", "decade"} and not words & _MONTHS:
        return ""
    for number, name in enumerate(_WEEKDAYS):
        if name in words:
            back = (day.weekday() - number) % 7
            return _before(day, back or (7 if "last" in words else 0))
    if words & {"today", "tonight", "yesterday"} and len(words) <= 3:
        return _before(day, int("yesterday" in words))
    found = _MONTH_DAY.search(text) or _DAY_MONTH.search(text)
    return _calendar(found["month"], int(found["day"]), found["year"], day) if found else ""


def _before(day: date, days: int) -> str:
    """A day so many days before another as ISO; "" where the calendar has none."""
    return (day - timedelta(days=days)).isoformat() if day.toordinal() > days else ""


def _calendar(month: str, number: int, year: str | None, base: date) -> str:
    """A day of the calendar as ISO; without a year the last one that is not a month or more ahead."""
    which = 1 + _MONTH_NAMES.index(month[:3])
    try:
        found = date(int(year) if year else base.year, which, number)
        if not year and found > base + timedelta(days=30):
            found = found.replace(year=base.year - 1)
    except (ValueError, OverflowError):  # no such day, or none a month after it
        return ""
    return found.isoformat()
