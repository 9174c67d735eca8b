"""An article in short: what stories are grouped by and what copies are found by, read once from the parse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.engine.shingles import sketch
from claims.engine.types import Digest

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LEAD = 120
"""Tokens at the start of an article in which a newspaper says what has happened."""
MOST_TOKENS = 4000
"""Tokens of one article that its digest counts; what follows is hardly ever about the event."""
MOST_TERMS = 250
"""Different terms, and as many entities, that are kept: those that the article uses most, the earlier first."""

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WORDY = re.compile(r"[^\W\d_][\w'’-]+")
_FIGURE = re.compile(r"\d[\w,.:/-]*")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHEN = re.compile(
    r"\b(?P<day>mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b(?P<near>today|tonight|yesterday|this (?:morning|afternoon))\b|"
    r"\b(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?P<date>[0-3]?\d)(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?|"
    r"\b(?P<m>[01]?\d)/(?P<d>[0-3]?\d)/(?P<y>(?:19|20)?\d\d)\b",
    re.IGNORECASE,
)
MOST_DATES = 12
_EDGES = re.compile(r"^(?:the|a|an|mr|mrs|ms|dr|sgt|lt|capt|officer|president)\.? |(?:['’]s?|[.,:;])$")


def digest(doc: Doc, title: str = "") -> Digest:
    """The digest of a parsed article. Needs tags, lemmas and entities; the dependency parse is not used."""
    tokens = [token for token in doc[:MOST_TOKENS] if not token.is_space]
    terms = Counter(lemma(token) for token in tokens if counts(token))
    entities, places = _names(doc)
    return Digest(
        terms=_most(terms),
        entities=_most(entities),
        places=tuple(_most(places)),
        title_terms=_title_terms(title, tokens),
        signature=sketch(doc.text),
        lead=tuple(dict.fromkeys(lemma(token) for token in tokens[:LEAD] if counts(token))),
        numbers=tuple(_most(Counter(_figures(tokens)))),
        dates=tuple(dict.fromkeys(dates(doc.text)))[:MOST_DATES],
    )


def counts(token: Token) -> bool:
    """Whether a token says something about the subject of the article."""
    return token.pos_ in _CONTENT and not token.is_stop and _WORDY.fullmatch(token.text) is not None


def lemma(token: Token) -> str:
    """A token's lemma as compared: in lower case; a name is not cut ("Rogers" is not "roger")."""
    return (token.text if token.pos_ == "PROPN" else token.lemma_).lower()


def normal(name: str) -> str:
    """A name as compared: one space, lower case, without article, title and possessive."""
    previous, name = "", " ".join(name.lower().split())
    while name != previous:
        previous, name = name, _EDGES.sub("", name)
    return name


def _names(doc: Doc) -> tuple[Counter[str], Counter[str]]:
    """How often each name is met: of anything, of places."""
    entities: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for entity in doc.ents:
        if entity.end > MOST_TOKENS:
            break
        if entity.label_ not in _NAMED or not (name := _name(entity)):
            continue
        entities[name] += 1
        if entity.label_ in _PLACES:
            places[name] += 1
    return entities, places


def _name(entity: Span) -> str:
    name = normal(entity.text)
    return name if 2 <= len(name) <= 60 and any(letter.isalpha() for letter in name) else ""


def _figures(tokens: list[Token]) -> Iterator[str]:
    """Figures as written ("12-year-old", "155"); they tell two shootings apart where words do not."""
    for token in tokens:
        if _FIGURE.fullmatch(token.lower_) and len(token) <= 20:
            yield token.lower_.rstrip(".,:;-/")


def dates(text: str) -> Iterator[str]:
    """When an article says that things happened, in order: "monday", "today", "yesterday", "-12-27", "2016-12-27".

    They are left as written, since the day of publication is not known here.
    """
    for found in _WHEN.finditer(text):
        if found["day"]:
            yield f"{found['day'].lower()}day"
        elif found["near"]:
            yield "yesterday" if found["near"].lower() == "yesterday" else "today"
        else:
            month = int(found["m"] or 0) or 1 + _MONTHS.index(found["month"][:3].lower())
            day, year = int(found["date"] or found["d"]), found["year"] or found["y"] or ""
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield f"{year if len(year) != 2 else '20' + year}-{month:02}-{day:02}"


def _title_terms(title: str, tokens: list[Token]) -> tuple[str, ...]:
    """The title's terms, by the lemmas that the same words have in the text: a headline parses badly by itself."""
    known = {token.lower_: lemma(token) for token in tokens if counts(token)}
    stops = {token.lower_ for token in tokens if token.is_stop}
    words = [word.lower() for word in _WORDY.findall(title)]
    return tuple(dict.fromkeys(known.get(word, word) for word in words if word not in stops and len(word) > 2))


def _most(counter: Counter[str]) -> dict[str, int]:
    return dict(counter.most_common(MOST_TERMS))
