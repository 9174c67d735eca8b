"""The name registry of an article: its people, one entry each, however they are named, and the names of its bodies.

A full name leads to one person. A surname alone leads to the only one who bears it; of two, to the one whom a title,
a role or the order of the article tells; else to nobody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.reading.people.names import (
    PARTICLES,
    ROLES,
    Name,
    bare_name,
    fold,
    gender_of,
    may_be_one,
    parts,
    spelled,
    tidy,
)
from claims.engine.reading.people.roles import role_before, roles_of
from claims.engine.reading.people.spotting import MISTAKEN, first_name, given_before, labels, somewhere, spans, things
from claims.engine.types import KnownPerson

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.engine.reading.text.parsing import Parsed

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "poss", "pobj", "conj", "appos", "agent"})
OFTEN = 3
"""Places in which the language model takes a name for no person's, from which it is believed."""
LONGEST = 6
"""Words of a person's name at most."""


@dataclass(slots=True)
class Person:
    """One person: the name for all articles, the name as this article writes it, and what is known of the gender."""

    name: str
    written: str
    parts: Name
    gender: str = ""
    """"f", "m" or ""."""
    told: bool = False
    """Whether a title, a noun or an editor tells the gender, and not the first name alone."""
    since: int = 0
    """The token where the person is first named."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place where a person is named: the token that heads the name, where it begins and ends, whose it is, how."""

    at: int
    start: int
    end: int
    name: str
    subject: bool


@dataclass(slots=True)
class Registry:
    """The people and bodies of one article, as far as names, titles and pronouns lead to them."""

    people: list[Person] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    """Every place where a person is named, in order."""
    doubtful: list[Named] = field(default_factory=list)
    """Names of which only a pronoun would tell that they are a person's: "Callaghan", taken for a place."""
    by_name: dict[str, Person] = field(default_factory=dict)
    by_surname: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_first: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, Person] = field(default_factory=dict)
    """A folded nickname, or a name that an editor has given, -> the person."""
    roles: dict[str, str] = field(default_factory=dict)
    """ "ukrainian president" -> the one name that it was put beside; "" where there are two."""
    acronyms: dict[str, str] = field(default_factory=dict)
    meant: dict[int, str] = field(default_factory=dict)
    """The token of a "he" or "she" -> whom it stands for, where that is sure (``pronouns``)."""
    likely: dict[int, str] = field(default_factory=dict)
    """The same for whoever is likeliest, sure or not."""
    nameless: set[int] = field(default_factory=set)
    """Such tokens that most likely stand for somebody whom the article does not name."""
    things: frozenset[str] = frozenset()
    """Words that are no person's name here, whatever the language model says of one place."""

    def holder(self, noun: str) -> str:
        """Return who alone holds an office of that noun ("minister": the food minister), or ""."""
        found = {name for role, name in self.roles.items() if role.rsplit(" ", 1)[-1] == noun}
        return found.pop() if len(found) == 1 else ""

    def knows(self, word: str) -> bool:
        """Return whether a word names a person of the article: a surname, a first name or a nickname."""
        key = parts(word).surname
        return bool(key) and bool(self.by_surname.get(key) or self.by_first.get(key) or self.aliases.get(fold(word)))

    def person(self, name: str, at: int | None = None, gender: str = "", role: str = "") -> Person | None:
        """Return the person whom a name stands for at token ``at``, or None where two may be meant."""
        alias = self.aliases.get(fold(name))
        if alias is not None:
            return alias
        read = parts(name)
        if read.given:
            bearers = [one for one in self.by_surname.get(read.surname, ()) if may_be_one(read, one.parts)]
            same = [one for one in bearers if one.parts.given[:1] == read.given[:1]]
            return next(iter(same or bearers), None)
        family = self.by_surname.get(read.surname) or self.by_first.get(read.surname) or []
        if read.suffix:
            family = [one for one in family if one.parts.suffix == read.suffix]
        return self._only(family, at, gender, role)

    def _only(self, family: Sequence[Person], at: int | None, gender: str, role: str) -> Person | None:
        """The one of several with a name who can be meant."""
        if gender:
            agreeing = [one for one in family if one.gender == gender]
            family = agreeing if len(agreeing) == 1 else [one for one in family if one.gender in ("", gender)]
        if len(family) > 1 and role:
            bearing = [one for one in family if self._bears(one, role)]
            family = bearing if len(bearing) == 1 else family
        if len(family) > 1 and at is not None:
            family = [one for one in family if one.since < at]
        return family[0] if len(family) == 1 else None

    def _bears(self, one: Person, role: str) -> bool:
        return any(name == one.name and role in known.split() for known, name in self.roles.items())

    def name(self, name: str, at: int | None = None, gender: str = "", role: str = "") -> str:
        """Return the full name, in its common spelling, of whom a name stands for; where nobody is known, the name."""
        one = self.person(name, at, gender, role)
        return one.name if one is not None else spelled(bare_name(name)[0])

    def written(self, name: str) -> str:
        """Return how the article writes the name of a person."""
        one = self.by_name.get(name)
        return one.written if one is not None else name

    def fits(self, name: str, pronoun: str) -> bool:
        """Return whether a pronoun can stand for a person: no, where title, noun or first name says otherwise."""
        gender = self.gender(name)
        if pronoun in ("he", "him", "his"):
            return gender != "f"
        return pronoun not in ("she", "her", "hers") or gender != "m"

    def gender(self, name: str) -> str:
        """Return "f" or "m" for a person's name, "" where it is not known."""
        one = self.by_name.get(name)
        if one is not None:
            return one.gender
        read = parts(name)
        return gender_of(read.given or (read.surname,))

    def between(self, start: int, end: int, *, doubtful: bool = False) -> list[Named]:
        """Return the places between two tokens where somebody is named, or those where it is doubtful."""
        places = self.doubtful if doubtful else self.named
        first = bisect_left(places, start, key=lambda one: one.at)
        return places[first : bisect_left(places, end, key=lambda one: one.at)]

    def around(self, token: int) -> Named | None:
        """Return the name that a token is part of."""
        first = bisect_left(self.named, token + 1, key=lambda one: one.start) - 1
        found = self.named[first] if first >= 0 else None
        return found if found is not None and found.start <= token < found.end else None

    def add(self, name: str, nick: str, at: int, known: Mapping[str, KnownPerson]) -> Person:
        """Return the person of a full name, entered where new."""
        read, said = parts(name), spelled(name)
        told = known.get(fold(name))
        one = self.person(name) if read.given or not told else None
        if one is None:
            one = Person(told.name if told else said, name, read, gender_of(read.given), since=at)
            self.people.append(one)
            self.by_surname[read.surname].append(one)
            if read.given:
                self.by_first[read.given[0]].append(one)
        elif len(name.split()) > len(one.written.split()):
            one.name, one.written, one.parts = (one.name if told or one.told else said), name, read
        if told is not None:
            one.name = told.name
            if told.gender:
                one.gender, one.told = told.gender, True
        if nick:
            self.aliases.setdefault(fold(nick), one)
        return one


def registry_of(parsed: Parsed, known: Mapping[str, KnownPerson] | None = None) -> Registry:
    """Read the people of an article, and the acronyms in brackets, once. ``known``: folded name -> what editors say."""
    doc, known = parsed.doc, known or {}
    registry = Registry(things=things(doc))
    labelled = list(labels(parsed))
    within = {i for start, end, _, _ in labelled for i in range(start, end)}
    found = [*labelled, *(one for one in spans(doc, registry.things) if one[0] not in within)]
    read = [(start, end, head, *bare_name(name)) for start, end, head, name in found]
    read = [one for one in read if one[3] and any(c.isalpha() for c in one[3]) and len(one[3].split()) <= LONGEST]
    counted = Counter(parts(one[3]).surname for one in read)
    for start, _, _, name, nick in read:
        if parts(name).given and not _slip(name, counted):
            registry.add(name, nick, start, known)
    taken = {i for start, end, *_ in read for i in range(start, end)}
    read += list(_again(doc, registry, set(counted), taken))
    for start, end, head, name, nick in sorted(read, key=lambda one: one[0]):
        one = _enter(registry, doc, (start, end), head, name, known, counted)
        registry.by_name[one.name] = one
        registry.named.append(Named(head.i, start, end, one.name, head.dep_ in ("nsubj", "nsubjpass")))
        if nick:
            registry.aliases.setdefault(fold(nick), one)
        for role in roles_of(doc, start, end):
            shared = registry.roles.setdefault(role, one.name) != one.name
            registry.roles[role] = "" if shared else one.name
    registry.named.sort(key=lambda one: (one.start, one.at))
    doubtful = list(_doubtful(doc, registry))
    often = Counter(one.name for one in doubtful)
    registry.doubtful = [one for one in doubtful if often[one.name] < OFTEN]
    _acronyms(doc, registry)
    return registry


def _enter(
    registry: Registry,
    doc: Doc,
    span: tuple[int, int],
    head: Token,
    name: str,
    known: Mapping[str, KnownPerson],
    counted: Counter[str],
) -> Person:
    """The person who is named in one place, with what the words around tell of the gender."""
    gender = _gender_told(doc, span, head)
    slip = _slip(name, counted)
    one = registry.person(slip or name, span[0], gender, role_before(doc, span[0]).split(" ")[-1])
    if one is None:
        one = registry.add(name, "", span[0], known)
    if gender and not one.told:
        one.gender, one.told = gender, True
    one.since = min(one.since, span[0])
    return one


def _again(
    doc: Doc, registry: Registry, surnames: set[str], taken: set[int]
) -> Iterator[tuple[int, int, Token, str, str]]:
    """Names that the language model missed: of somebody known by a full name, by the surname, or by a first name."""
    for token in doc:
        if token.i in taken or not token.text[:1].isupper() or token.text.isupper() or len(token) < 3:
            continue
        start = token.i
        while start > token.sent.start and doc[start - 1].lower_ in PARTICLES and start - 1 not in taken:
            start -= 1
        name = doc[start : token.i + 1].text
        given = given_before(doc, start, token.i + 1)
        if _alone(token, start - given, name, registry, surnames):
            name = doc[start - given : token.i + 1].text
            yield start - given, token.i + 1, token, name, ""


def _alone(token: Token, start: int, name: str, registry: Registry, surnames: set[str]) -> bool:
    """Whether a word, with the particles before it, names somebody where the language model sees nobody."""
    doc = token.doc
    given = doc[start].lower_ not in PARTICLES and start < token.i
    beside = [doc[i] for i in (token.i + 1, *(() if given else (start - 1,))) if 0 <= i < len(doc)]
    if any(other.pos_ == "PROPN" and other.sent.start == token.sent.start and not _titled(other) for other in beside):
        return False
    if token.dep_ in ("compound", "nmod", "amod") or token.pos_ not in ("PROPN", "NOUN"):
        return False
    key = parts(name).surname
    full = any(one.parts.given for one in (*registry.by_surname.get(key, ()), *registry.by_first.get(key, ())))
    if full or (key in surnames and given):
        sure = token.pos_ == "PROPN" or token.i > token.sent.start
        return sure and not (country_of(token.text) and somewhere(token))
    mistaken = token.pos_ == "PROPN" and token.ent_type_ in ("", "ORG", "PRODUCT", "NORP", "WORK_OF_ART")
    return mistaken and not country_of(token.text) and first_name(token)


def _titled(token: Token) -> bool:
    """Whether a word is a title or a role, which stands beside a name and is no part of it."""
    return bool(told_by([token.lower_])) or token.lower_ in ROLES or token.lower_ in words("en/person_nouns")


def _doubtful(doc: Doc, registry: Registry) -> Iterator[Named]:
    """Names that the language model takes for something else, or for nothing, where somebody may stand."""
    for token in doc:
        if token.tag_ != "NNP" or token.ent_type_ not in MISTAKEN or token.dep_ not in _ARGUMENTS:
            continue
        if not token.text[:1].isupper() or token.text.isupper() or registry.around(token.i) is not None:
            continue
        if somewhere(token):
            continue
        start = token.i
        while start > token.sent.start and doc[start - 1].dep_ == "compound" and doc[start - 1].head.i == token.i:
            start -= 1
        name = doc[start : token.i + 1].text
        inside = {word.lower() for word in name.split()}
        if (
            country_of(name)
            or doc[start - 1].lower_ == "the"
            or inside & (words("en/bodies") | words("en/name_bodies"))
        ):
            continue
        yield Named(token.i, start, token.i + 1, spelled(name), token.dep_ in ("nsubj", "nsubjpass"))


def _slip(name: str, counted: Counter[str]) -> str:
    """The surname met often in a name met once, a slip of a headline: "Zelensky Reveals"; else ""."""
    found = name.split()
    if counted[parts(name).surname] != 1:
        return ""
    return next((word for word in found[:-1] if counted[parts(word).surname] > 1 and len(word) > 2), "")


def _acronyms(doc: Doc, registry: Registry) -> None:
    for entity in doc.ents:
        if entity.label_ == "ORG" and entity.end + 1 < len(doc) and doc[entity.end].text == "(":
            short = doc[entity.end + 1].text
            if short.isupper() and 2 <= len(short) <= 8:
                registry.acronyms[short.lower()] = tidy(entity.text)


def _gender_told(doc: Doc, span: tuple[int, int], head: Token) -> str:
    """ "Mrs Smith", "spokeswoman Smith", "her husband, Per Lindt": what the words beside a name say of the gender."""
    start = span[0]
    beside = [doc[i].lower_ for i in range(max(0, start - 1), start + 1)]
    if head.dep_ == "appos" and head.head.i < start:
        beside.append(head.head.lower_)
    beside.extend(child.lower_ for child in head.rights if child.dep_ == "appos")
    return told_by(beside)


def told_by(beside: Iterable[str]) -> str:
    """Return the gender that words beside a name tell: "f", "m" or ""."""
    found = {
        gender
        for word in beside
        for gender, nouns in (("f", words("en/female_nouns")), ("m", words("en/male_nouns")))
        if word.rstrip(".") in nouns
    }
    return found.pop() if len(found) == 1 else ""
