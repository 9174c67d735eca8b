"""Who a source phrase stands for: inside the article, and under one name for all articles."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING

from claims.engine.agencies import BY_WAY
from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import BODIES, DOCUMENTS, lexicon
from claims.engine.reading.people.names import ROLES, spelled, tidy
from claims.engine.reading.people.registry import Registry, told_by
from claims.engine.reading.people.salience import PRONOUNS
from claims.engine.reading.syntax import Range
from claims.engine.types import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_OUTLET = re.compile(
    r"\b(?:times|post|journal|independent|news|monde|guardian|telegraph|tribune|herald|magazine|newsweek|bbc|cnn|nbc|cbs|abc"
    r"|msnbc|fox news|npr|politico|gazette|chronicle|daily|express|mail|sun|mirror|globe|spiegel|radio|television|tv"
    r"|buzzfeed|breitbart|huffpost|vox|axios|newspaper|outlet|broadcaster|website)\b",
    re.IGNORECASE,
)
_ANY_BODY = lexicon("agency company firm group organization organisation authority service department body")
_GOVERNMENT = lexicon("government administration authority regime leadership")
_OUTLETS = lexicon("newspaper paper magazine broadcaster outlet website channel station daily weekly")
_OF_STATE = lexicon("ministry army navy military parliament embassy cabinet")
_ASKED = frozenset({"q", "a", "question", "answer"})
"""Labels of an interview that name nobody."""
_MEANS = lexicon("desk pen office word mouth lip keyboard notebook account")
"""Things from which somebody's words come: "from the desk of Ivan Petrak"."""
_ACRONYM = re.compile(r"\(([A-Z]{2,8})\)")


def resolve(
    doc: Doc, source: Range | None, head: int | None, registry: Registry, last: Speaker | None = None
) -> Speaker:
    """The speaker that a source phrase stands for; without one, nobody known. ``last`` spoke in a sentence nearby."""
    if source is None or head is None:
        return Speaker("", "", SpeakerKind.UNKNOWN)
    if doc[source[0]].tag_ == "WP$" and source[1] - source[0] > 1:
        source = (source[0] + 1, source[1])
    text, token = doc[source[0] : source[1]].text, doc[head]
    labelled = registry.around(source[0])
    if labelled is not None and labelled.start == source[0] and labelled.end == source[1]:
        return Speaker(text, labelled.name, SpeakerKind.PERSON)
    if text.lower() in _ASKED:
        return Speaker(text, "", SpeakerKind.UNKNOWN)
    if token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl":
        token = token.head.head
        source = (token.left_edge.i, token.i + 1)
        if source[0] >= source[1]:
            source = (token.i, token.i + 1)
    if _impersonal(token):
        return Speaker("", "", SpeakerKind.UNKNOWN)
    if _only_hears(token):
        return Speaker(text, "", SpeakerKind.UNKNOWN)
    token = _named_beside(token, source)
    if token.pos_ == "PRON" or (token.pos_ == "DET" and token.dep_ != "det"):
        return _pronoun(text, token, registry, last)
    return named(text, token, source, registry)


def _impersonal(source: Token) -> bool:
    """ "It was announced", "it has emerged": nobody is given as the source."""
    verb = source.head
    return source.lower_ == "it" and (
        source.dep_ == "nsubjpass" or verb.lemma_ in ("emerge", "transpire", "turn", "appear")
    )


def _only_hears(source: Token) -> bool:
    """ "Ministers were told", "Anna Bell heard": they hear it and do not say it. A court is where it is said."""
    verb = source.head
    hears = verb.lemma_ in ("hear", "learn") if source.dep_ == "nsubj" else source.dep_ == "nsubjpass"
    if not hears or verb.lemma_ not in words("en/hearing_verbs") or source.lemma_.lower() in words("en/proceedings"):
        return False
    return _OUTLET.search(source.doc[source.left_edge.i : source.i + 1].text) is None


def _named_beside(token: Token, source: Range) -> Token:
    """ "The French outlet Le Monde", "one of the soldiers": the name or the noun that the head leads to."""
    if token.pos_ == "NOUN" and token.ent_type_ not in ("PERSON", "ORG"):
        for other in token.doc[token.i + 1 : min(source[1], token.i + 9)]:
            person = other.ent_type_ == "PERSON" or token.lemma_.lower() in ROLES or other.head.i == token.i
            if other.dep_ == "appos" and other.pos_ == "PROPN" and person:
                return other
    if token.lower_ in ("one", "some", "many", "most", "several", "two", "both") or token.like_num:
        for child in token.rights:
            if child.lower_ == "of":
                return next((g for g in child.children if g.dep_ == "pobj"), token)
    return token


def _pronoun(text: str, token: Token, registry: Registry, last: Speaker | None) -> Speaker:
    """ "He" and "she" are whom the article means, or a nameless last speaker; "it" and "they" the body that spoke."""
    word = token.lower_
    if word in PRONOUNS and token.i in registry.meant:
        return Speaker(text, registry.meant[token.i], SpeakerKind.PERSON)
    nameless = word in PRONOUNS and token.i in registry.nameless and last is not None and _nameless(last)
    if last is not None and (nameless or (word == "i" and _one_person(last))):
        return Speaker(text, last.canonical, last.kind)
    if word in ("it", "they", "we") and last is not None and last.kind in (SpeakerKind.BODY, SpeakerKind.DOCUMENT):
        return Speaker(text, last.canonical, last.kind)
    return Speaker(text, "", SpeakerKind.UNKNOWN)


def _one_person(speaker: Speaker) -> bool:
    """Somebody by name, or a single unnamed person ("a captured soldier", not "officials")."""
    return speaker.kind == SpeakerKind.PERSON or _nameless(speaker)


def _nameless(speaker: Speaker) -> bool:
    unnamed = speaker.kind == SpeakerKind.UNKNOWN and speaker.canonical and not speaker.canonical.endswith("s")
    return bool(unnamed)


def named(text: str, token: Token, source: Range, registry: Registry) -> Speaker:
    """A speaker given by a name or a description: a country, a person, an agency, a title, an acronym, a body."""
    plain = tidy(text)
    key = plain.lower()
    country = country_of(plain)
    if country:
        return Speaker(text, f"Government of {country}", SpeakerKind.BODY)
    if key in BY_WAY:
        return Speaker(text, BY_WAY[key].name, SpeakerKind.AGENCY)
    person = _person(token, source, registry)
    if person:
        return Speaker(text, person, SpeakerKind.PERSON)
    holders = {name for role, name in registry.roles.items() if _same_role(key, role)}
    if len(holders) == 1 and "" not in holders:
        return Speaker(text, holders.pop(), SpeakerKind.PERSON)
    return _described(text, plain, token, source, registry)


def _person(token: Token, source: Range, registry: Registry) -> str:
    """The full name of the person whom the head of a source phrase names, or ""."""
    called = _called(token)
    if called is not None:
        return registry.name(token.doc[called.left_edge.i : called.i + 1].text, token.i)
    around = registry.around(token.i)
    if around is not None:
        return around.name
    beside = _beside(token, source, registry)
    if beside:
        return beside
    if token.lemma_.lower() in _MEANS:
        owner = [one for one in registry.between(token.i + 1, source[1]) if token.doc[one.at].head.head.i == token.i]
        if len(owner) == 1:
            return owner[0].name
    if token.is_title and registry.knows(token.text) and not any(t.lower_ in BODIES for t in token.lefts):
        title = told_by(t.lower_ for t in token.doc[max(0, token.i - 1) : token.i])
        return registry.name(token.text, token.i, title)
    return ""


def _beside(token: Token, source: Range, registry: Registry) -> str:
    """ "His son, Rory McTavish", "neighbour Alf Dobbs": the name set beside the noun that heads a phrase; else ""."""
    doc = token.doc
    for one in registry.between(token.i + 1, source[1] + 1):
        at = one.start - 1
        while at > token.i and doc[at].dep_ in ("compound", "amod") and doc[at].head.i == one.at:
            at -= 1
        office = token.is_title and token.lemma_.lower() in ROLES and doc[at].lower_ in ("of", "the")
        if office and one.start - at > 1 and not any(t.lower_ in ROLES for t in doc[at : one.start]):
            return one.name  # "Leader of Opposition Kavita Rathore"
        if one.end <= source[1] and (at == token.i or (doc[at].text == "," and doc[one.at].dep_ in ("appos", "conj"))):
            return one.name
    return ""


def _called(token: Token) -> Token | None:
    """ "One of the soldiers, named Zhang Renbo": the name that is given for who speaks."""
    for other in token.doc[token.i + 1 : token.right_edge.i + 1]:
        verb = other.head.head if other.dep_ == "pobj" and other.head.lower_ == "as" else other.head
        if (
            other.pos_ == "PROPN"
            and other.dep_ in ("oprd", "pobj")
            and verb.lemma_ in ("name", "call", "identify", "know", "nickname", "dub")
        ):
            return other
    return None


def written(tokens: Sequence[Token]) -> str:
    """Return tokens as they are written: "Builders' Federation", without a space before the apostrophe."""
    return "".join(token.text_with_ws for token in tokens)


def _entity_around(token: Token) -> list[Token]:
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return [doc[i] for i in range(start, end)]


def _described(text: str, plain: str, token: Token, source: Range, registry: Registry) -> Speaker:
    doc, lemma = token.doc, token.lemma_.lower()
    words = doc[source[0] : token.i + 1]
    country = next((found for t in words if (found := country_of(t.text))), "")
    if lemma in _GOVERNMENT and country:
        return Speaker(text, f"Government of {country}", SpeakerKind.BODY)
    short = _ACRONYM.search(plain)
    acronym = registry.acronyms.get(plain.lower()) or (registry.acronyms.get(short.group(1).lower()) if short else None)
    if acronym:
        return Speaker(text, acronym, SpeakerKind.BODY)
    if token.ent_type_ == "PERSON" and lemma not in BODIES and lemma not in DOCUMENTS:
        return Speaker(text, tidy(token.text)[:190], SpeakerKind.BODY)
    if token.pos_ == "PROPN" and _OUTLET.search(plain):
        outlet = written(_entity_around(token)) if token.ent_type_ else plain
        return Speaker(text, tidy(outlet)[:190], SpeakerKind.OUTLET)
    if lemma in DOCUMENTS:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.DOCUMENT)
    if state := _state_body(token):
        return Speaker(text, state, SpeakerKind.BODY)
    if lemma in BODIES and country:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.BODY)
    if spelled(plain).lower() != plain.lower() and 2 <= len(plain.split()) <= 3 and plain.istitle():
        return Speaker(text, spelled(plain), SpeakerKind.PERSON)
    if token.ent_type_ in ("ORG", "FAC"):
        return Speaker(text, tidy(written(_entity_around(token)))[:190] or plain[:190], SpeakerKind.BODY)
    if lemma in BODIES or token.ent_type_ in ("GPE", "NORP") or (token.pos_ == "PROPN" and token.i > source[0]):
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.BODY)
    nobody = token.pos_ not in ("NOUN", "PROPN") and lemma not in ROLES
    return Speaker(text, "" if nobody else _short(doc, source, token, country).lower(), SpeakerKind.UNKNOWN)


def _state_body(head: Token) -> str:
    """ "Grauland's defence ministry", "the ministry of defence of Grauland": one name, whatever land it is; else ""."""
    if head.lemma_.lower() not in _OF_STATE:
        return ""
    parts = [t for t in head.lefts if t.dep_ in ("compound", "amod", "nmod") and t.is_alpha]
    lands = [t for t in head.lefts if t.dep_ == "poss" and t.pos_ == "PROPN"]
    of = [t for t in head.subtree if t.i > head.i and t.dep_ == "pobj" and t.head.lower_ == "of"]
    if of and of[-1].pos_ == "PROPN" and of[-1].text[0].isupper() and (len(of) > 1 or parts):
        lands.append(of.pop())
    parts += of
    if len(lands) != 1 or any(t.pos_ == "PROPN" and country_of(t.text) for t in parts):
        return ""
    land = written([*lands[0].lefts, lands[0]]).strip() if lands[0].n_lefts else lands[0].text
    topics = " ".join(t.text for t in parts)
    return f"{tidy(f'{topics} {head.text}').title()[:150]} of {country_of(land) or tidy(land)}"


def recalled(
    doc: Doc, source: Range | None, head: int | None, heard: Sequence[Speaker], modifiers: Set[str]
) -> Speaker | None:
    """ "The ministry", "the official": who was heard before under a fuller name with that noun, the last one first.

    ``heard`` are the speakers of the article so far, in order; ``modifiers`` its words that stand before a noun.
    """
    if source is None or head is None:
        return None
    words = [token.lower_ for token in doc[source[0] : source[1]] if not token.is_punct]
    if len(words) != 2 or words[0] not in ("the", "that", "this") or doc[head].pos_ != "NOUN":
        return None
    noun = doc[head].lemma_.lower()
    for one in reversed(heard):
        named = f"{one.canonical} {one.text}".lower().split()
        outlet = noun in _OUTLETS and one.kind is SpeakerKind.OUTLET and bool(one.text)
        if one.canonical.lower() != noun and (noun in named or outlet):
            return one
    last = heard[-1] if heard else None
    if last is None or noun not in _ANY_BODY or last.kind is not SpeakerKind.BODY or country_of(last.text):
        return None
    return last if _is_organisation(last.canonical, modifiers) else None


def _is_organisation(name: str, modifiers: Set[str]) -> bool:
    """Whether a name is surely a body's: one word alone may be a surname, unless the article uses it like a firm's.

    A firm's name stands before a noun or another name ("Corvane shares", "Corvane Chemicals"); a surname hardly does.
    """
    return len(name.split()) != 1 or name.isupper() or name.lower() in BODIES or name in modifiers


def _same_role(key: str, role: str) -> bool:
    """ "ukrainian leader" is the "ukrainian president"; "president" alone is whoever has that title."""
    if key == role:
        return True
    words, known = key.split(), role.split()
    if len(words) > 1 and words[-1] == known[-1] and words[-1] in ROLES and set(words) <= set(known):
        return True
    if len(words) == 1:
        return words[0] in ROLES and words[0] in known and words[0] not in ("spokesman", "spokeswoman", "spokesperson")
    places = {country_of(w) for w in words} - {""}
    return (
        words[-1] == "leader"
        and bool(places & {country_of(w) for w in known})
        and known[-1] in ("president", "minister", "premier")
    )


def _short(doc: Doc, source: Range, token: Token, country: str) -> str:
    """One name for one body: "China's foreign ministry" is "Foreign Ministry of China" like "the Chinese ..."."""
    start = max(token.left_edge.i, source[0])
    words = [
        t for t in doc[start : token.i + 1] if t.dep_ not in ("det", "nummod") and t.tag_ != "POS" and not t.is_punct
    ]
    rest = " ".join(t.text for t in words if country_of(t.text) != country or not country)
    if country and rest:
        return f"{tidy(rest).title()[:150]} of {country}"
    return tidy(rest)[:190] or tidy(token.text)
