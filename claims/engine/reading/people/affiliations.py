"""For whom a speaker speaks: the organisation that an article gives with a name, a title or a description.

"Ida Brandt", "the Tamber chief executive" and "a spokesman for Tamber" all speak for Tamber, where an article says so:
in front of the name, behind it, or in the description itself. Only offices count that speak for an organisation; a
professor or an employee speaks for nobody but himself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.countries import country_of
from claims.engine.governments import government
from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import BODIES
from claims.engine.reading.people.names import fold, tidy
from claims.engine.reading.syntax import Range
from claims.engine.types import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

OFFICES = words("en/offices")
_ANY = words("en/any_organisation")
_PORTFOLIOS = frozenset({"minister", "secretary"})
"""What stands before these is their subject, and no body: "Housing Minister"."""
_PAST = frozenset({"former", "ex", "late", "then", "onetime", "retired"})
_OF_A_COMPANY = re.compile(
    r"\b(?:chief (?:executive|financial|operating|technology) ?(?:officer)?|c[eft]o|coo|chair(?:man|woman|person)|"
    r"managing director|company (?:president|director))\b"
)
_LONGEST_TITLE = 12
"""Tokens in front of a name that may be its title, and behind it that may describe it."""


@dataclass(frozen=True, slots=True)
class Affiliations:
    """The organisations of an article's people: folded full name, and surname where one person has it -> the name.

    ``modifiers`` are the words that stand before a noun or another name somewhere ("Corvane shares").
    """

    people: Mapping[str, str] = field(default_factory=dict)
    modifiers: frozenset[str] = frozenset()

    def of(self, doc: Doc, source: Range | None, speaker: Speaker) -> str:
        """Return the organisation for which ``speaker`` speaks, "" where the article does not say.

        ``source`` is the phrase that names the speaker, in tokens.
        """
        if speaker.kind in (SpeakerKind.OUTLET, SpeakerKind.AGENCY, SpeakerKind.DOCUMENT):
            return ""
        phrase = doc[source[0] : source[1]] if source is not None else None
        if phrase is not None and (own := organisation_in(phrase)):
            return own
        if speaker.kind is SpeakerKind.PERSON:
            return self.people.get(fold(speaker.canonical), "")
        named = phrase is not None and phrase.root.pos_ == "PROPN"
        return speaker.canonical if named or speaker.kind is SpeakerKind.BODY else ""


def affiliations_of(doc: Doc) -> Affiliations:
    """Return the organisations that the article gives its people, read once for the whole article."""
    found: dict[str, str] = {}
    surnames: dict[str, set[str]] = {}
    for entity in doc.ents:
        if entity.label_ != "PERSON" or not (name := fold(entity.text)):
            continue
        surnames.setdefault(name.split()[-1], set()).add(name if " " in name else "")
        if name not in found and (own := next(filter(None, map(organisation_in, _titles(entity))), "")):
            found[name] = own
    for surname, names in surnames.items():
        full = names - {""}
        if len(full) == 1:
            name = next(iter(full))
            own = found.get(name) or found.get(surname, "")
            found |= {name: own, surname: own}
    return Affiliations(found, frozenset(token.text for token in doc if token.dep_ == "compound"))


def _titles(name: Span) -> Iterator[Span]:
    """Yield the phrases that describe a person: in front of the name, and as an apposition on either side."""
    doc, root = name.doc, name.root
    start = max(root.left_edge.i, name.start - _LONGEST_TITLE)
    if start < name.start:
        yield doc[start : name.start]
    for token in name:
        for child in token.children:
            if child.dep_ == "appos" and child.i > name.start:
                yield doc[child.left_edge.i : min(child.right_edge.i + 1, child.i + _LONGEST_TITLE)]
    if root.dep_ == "appos" and root.head.i < name.start and root.head.sent == root.sent:
        yield doc[max(root.head.left_edge.i, name.start - _LONGEST_TITLE) : name.start]


def organisation_in(phrase: Span) -> str:
    """Return the organisation whose office a noun phrase names ("the Tamber chief", "head of the hospital"), or ""."""
    office = next((token for token in phrase if _is_office(token)), None)
    if office is None or any(token.lower_ in _PAST for token in phrase[: office.i - phrase.start]):
        return ""
    if state := government(phrase.text):
        return f"Government of {state}"
    return _named(phrase, office) or _described(phrase, office)


def leaves_out(phrase: Span) -> bool:
    """Return whether a phrase names an office and leaves its body to what stands before it.

    "Spokeswoman Greta Holm", "chief executive Ida Brandt" and "its chief" speak for the body that was named last.
    """
    office = next((token for token in phrase if _is_office(token)), None)
    if office is None or organisation_in(phrase):
        return False
    owned = any(token.tag_ == "PRP$" for token in phrase[: office.i - phrase.start])
    told = " ".join(token.lower_ for token in phrase)
    return owned or office.lemma_.lower().startswith("spokes") or _OF_A_COMPANY.search(told) is not None


def _is_office(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in OFFICES or token.lower_ in OFFICES or lemma.startswith("spokes")


def _named(phrase: Span, office: Token) -> str:
    """Return the organisation that a phrase names: an entity, else the names right before the office."""
    for entity in phrase.ents:
        if entity.label_ in ("ORG", "FAC", "PRODUCT") and (inside := [t for t in entity if not _is_office(t)]):
            return _tidied([*_names_before(phrase, inside[0]), *inside])
    return "" if office.lemma_.lower() in _PORTFOLIOS else _tidied(_names_before(phrase, office))


def _names_before(phrase: Span, behind: Token) -> list[Token]:
    """Return the names right before a token of a phrase: no people and no places."""
    before: list[Token] = []
    for token in reversed(phrase[: behind.i - phrase.start]):
        if token.tag_ == "POS" or _is_office(token):
            continue
        if token.pos_ != "PROPN" or token.ent_type_ in ("PERSON", "GPE", "NORP") or country_of(token.text):
            break
        before.insert(0, token)
    return before


def _described(phrase: Span, office: Token) -> str:
    """Return the noun of the body whose office it is ("police", "hospital"); one that may be any body tells nothing."""
    for token in phrase:
        lemma = token.lemma_.lower()
        if token.i != office.i and lemma in BODIES and lemma not in _ANY and token.pos_ in ("NOUN", "PROPN"):
            return lemma
    return ""


def _tidied(found: list[Token]) -> str:
    """Return the name of an organisation without articles, possessives and the form of its company."""
    named = tidy(" ".join(token.text for token in found if token.tag_ not in ("POS", "DT")))
    kept = [word for word in named.split() if word.lower().strip(".,") not in _FORMS]
    return " ".join(kept)[:190]


_FORMS = frozenset({"inc", "corp", "corporation", "ltd", "limited", "plc", "co", "llc", "gmbh", "ag", "sa", "nv"})
