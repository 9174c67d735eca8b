"""What a clause says, in the form that matching compares: terms, names, places, subject, predicate, object."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import dateparser

from claims.engine.reading.attribution_candidates import subject
from claims.engine.reading.attribution_features import heart
from claims.engine.reading.countries import country_of
from claims.engine.reading.speakers import fold, tidy
from claims.engine.reading.stance import negated
from claims.engine.types import Entity, Features

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]

NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_VAGUE = re.compile(
    r"^(?:the )?(?:past|coming|recent|daily|annual|\d+ (?:years?|months?|weeks?|days?|hours?)|.*\b(?:decades?|centur)|.*-year-old)",
    re.I,
)


def features(doc: Doc, stretch: Range, published: datetime | None, entities: tuple[Entity, ...] = ()) -> Features:
    """The features of a proposition given by its token range; ``entities`` are names that its pronouns stand for."""
    root = heart(doc, stretch)
    span = doc[stretch[0] : stretch[1]]
    outside = _inherited(root, stretch)
    names = [_entity(outside.text, outside.ent_type_)] if outside is not None and outside.ent_type_ in NAMED else []
    named = tuple(
        dict.fromkeys([*names, *(_entity(e.text, e.label_) for e in span.ents if e.label_ in NAMED), *entities])
    )
    return Features(
        terms=tuple([*(_terms([outside]) if outside is not None else ()), *_terms(span)]),
        entities=tuple(e for e in named if e.name),
        places=tuple(dict.fromkeys(e.name for e in named if e.label in PLACES and e.name)),
        subject=_role(root, ("nsubj", "nsubjpass", "csubj")),
        predicate=root.lemma_.lower(),
        object=_role(root, ("dobj", "attr", "acomp", "oprd", "dative")) or _prepositional(root),
        dates=tuple(dict.fromkeys(d for e in span.ents if e.label_ == "DATE" for d in _dates(e.text, published))),
        negated=negated(root),
    )


def _terms(span: Iterable[Token]) -> Iterator[str]:
    for token in span:
        if token.pos_ in _CONTENT and not token.is_stop and (token.is_alpha or token.like_num or "-" in token.text):
            yield token.lemma_.lower()


def _inherited(root: Token, stretch: Range) -> Token | None:
    """The subject that a clause has from the clause it is joined to, where it has none of its own."""
    by = subject(root) if root.dep_ == "conj" and root.pos_ in ("VERB", "AUX") else None
    return by if by is not None and not stretch[0] <= by.i < stretch[1] else None


def _entity(text: str, label: str) -> Entity:
    name = tidy(text)
    if label in ("GPE", "NORP"):
        return Entity((country_of(name) or name).lower(), label)
    return Entity(fold(name) if label == "PERSON" else name.lower(), label)


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
    if published is None or len(text) > 40 or _VAGUE.match(text):
        return ()
    found = _date(
        text.lower(), published.astimezone(UTC).date().isoformat() if published.tzinfo else published.date().isoformat()
    )
    return (found,) if found else ()


@lru_cache(maxsize=50_000)
def _date(text: str, base: str) -> str:
    """The day that a date means in an article of ``base``; "" where it means none. Slow, so remembered."""
    settings = {
        "RELATIVE_BASE": datetime.fromisoformat(base),
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day"],
        "PARSERS": ["relative-time", "absolute-time"],
    }
    found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date().isoformat() if found else ""
