"""Who a source phrase stands for: inside the article, and under one name for all articles."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.reading.countries import country_of
from claims.engine.types import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]

DOCUMENTS = frozenset(
    ["document", "report", "study", "poll", "survey", "statement", "letter", "memo", "filing", "lawsuit", "complaint", "indictment", "affidavit", "file", "dossier", "record", "transcript", "email", "paper", "ruling", "order", "analysis", "assessment", "census", "audit", "figure", "datum", "data", "release"]
)
AGENCIES = {
    "ap": "Associated Press",
    "associated press": "Associated Press",
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "upi": "UPI",
    "united press international": "UPI",
    "dpa": "dpa",
    "pa media": "PA Media",
    "press association": "PA Media",
    "tass": "TASS",
    "xinhua": "Xinhua",
    "interfax": "Interfax",
    "ria novosti": "RIA Novosti",
    "anadolu": "Anadolu",
    "bloomberg": "Bloomberg",
    "efe": "EFE",
    "ansa": "ANSA",
    "kyodo": "Kyodo",
    "yonhap": "Yonhap",
    "pti": "PTI",
    "ani": "ANI",
}
_OUTLET = re.compile(
    r"\b(?:times|post|journal|independent|news|monde|guardian|telegraph|tribune|herald|magazine|newsweek|bbc|cnn|nbc|cbs|abc"
    r"|msnbc|fox news|npr|politico|gazette|chronicle|daily|express|mail|sun|mirror|globe|spiegel|radio|television|tv"
    r"|buzzfeed|breitbart|huffpost|vox|axios|newspaper|outlet|broadcaster|website)\b",
    re.IGNORECASE,
)
_BODIES = frozenset(
    ["government", "ministry", "department", "agency", "office", "service", "police", "army", "military", "force", "committee", "council", "commission", "court", "party", "company", "administration", "campaign", "authority", "presidency", "embassy", "union", "board", "bank", "hospital", "university", "team", "group", "organization", "organisation", "association", "intelligence", "parliament", "congress", "senate", "kremlin", "regime", "command", "staff", "bureau", "officials"]
)
_GOVERNMENT = frozenset(["government", "administration", "authority", "regime", "leadership"])
_ROLES = frozenset(
    ["president", "leader", "minister", "premier", "chancellor", "king", "queen", "prince", "governor", "senator", "mayor", "secretary", "spokesman", "spokeswoman", "spokesperson", "chief", "director", "ceo", "chairman", "chairwoman", "ambassador", "general", "commander", "candidate", "nominee", "prosecutor", "attorney", "judge", "lawyer", "professor", "analyst", "pope", "bishop", "congressman", "congresswoman", "representative", "mogul", "businessman", "billionaire"]
)
_TITLES = re.compile(
    r"^(?:the|a|an|mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady|sen|rep|gov|gen|lt|col|sgt|capt|president|former)\.?\s+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_SPELLINGS = (
    (re.compile(r"sk(?:yy|iy|yi|ii|yj|ij|i)$"), "sky"),
    (re.compile(r"yy\b"), "y"),
    (re.compile(r"iy\b"), "y"),
)


@dataclass(slots=True)
class Cast:
    """The people and bodies of one article, as far as names, titles and pronouns lead to them."""

    full: dict[str, str] = field(default_factory=dict)
    """Folded surname -> the longest name met with it."""
    roles: dict[str, str] = field(default_factory=dict)
    """"ukrainian president" -> the name that it was put before."""
    acronyms: dict[str, str] = field(default_factory=dict)
    people: list[tuple[int, str]] = field(default_factory=list)
    """Token index and canonical name of every person named, in order."""
    women: set[str] = field(default_factory=set)
    men: set[str] = field(default_factory=set)


def fold(name: str) -> str:
    """A name as compared: no accents, one spelling of -sky, lower case, no title, no possessive."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    words = tidy(plain).lower().split()
    for pattern, ending in _SPELLINGS:
        words = [pattern.sub(ending, word) for word in words]
    return " ".join(words)


def tidy(name: str) -> str:
    """The name without articles, titles, possessive and stray marks."""
    name = " ".join(name.replace("\n", " ").strip(" \"'“”‘’.,;:()[]").split())
    name = _POSSESSIVE.sub("", name)
    while (shorter := _TITLES.sub("", name)) != name and shorter:
        name = shorter
    return name


def cast_of(doc: Doc) -> Cast:
    """Read names, the titles before them, and acronyms in brackets, once for the whole article."""
    cast = Cast()
    longest: defaultdict[str, str] = defaultdict(str)
    people = []
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            name = tidy(entity.text)
            words = name.split()
            if not words or not any(c.isalpha() for c in name) or len(words) > 5:
                continue
            key = fold(words[-1])
            if len(words) > len(longest[key].split()):
                longest[key] = name
            people.append((entity, key))
        elif entity.label_ == "ORG" and entity.end + 1 < len(doc) and doc[entity.end].text == "(":
            short = doc[entity.end + 1].text
            if short.isupper() and 2 <= len(short) <= 8:
                cast.acronyms[short.lower()] = tidy(entity.text)
    cast.full = dict(longest)
    for entity, key in people:
        canonical = spelled(longest[key])
        cast.people.append((entity.root.i, canonical))
        role = _role_before(doc, entity.start)
        if role:
            cast.roles.setdefault(role, canonical)
    return cast


def spelled(name: str) -> str:
    """A person's name with one spelling for all articles, in capitals as usual."""
    return " ".join(word[:1].upper() + word[1:] for word in fold(name).split())


def _role_before(doc: Doc, start: int) -> str:
    """The title in front of a name ("Ukrainian President Volodymyr ..." gives "ukrainian president")."""
    words: list[str] = []
    for i in range(start - 1, max(-1, start - 5), -1):
        token = doc[i]
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") or not token.is_alpha:
            break
        words.insert(0, token.lower_)
    return " ".join(words) if words and any(word in _ROLES for word in words) else ""


def resolve(doc: Doc, source: Range | None, head: int | None, cast: Cast, outlet: str) -> Speaker:
    """The speaker that a source phrase stands for; without one, nobody known."""
    if source is None or head is None:
        return Speaker("", "", SpeakerKind.UNKNOWN)
    text, token = doc[source[0] : source[1]].text, doc[head]
    if token.pos_ == "PRON" or (token.pos_ == "DET" and token.dep_ != "det"):
        return _pronoun(text, token, cast)
    return named(text, token, doc, source, cast)


def _pronoun(text: str, token: Token, cast: Cast) -> Speaker:
    """The person named last before a pronoun."""
    if token.lower_ in ("he", "she", "i", "him", "her", "his", "who"):
        for at, name in reversed(cast.people):
            if at < token.i:
                return Speaker(text, name, SpeakerKind.PERSON)
    return Speaker(text, "", SpeakerKind.UNKNOWN)


def named(text: str, token: Token, doc: Doc, source: Range, cast: Cast) -> Speaker:
    """A speaker given by a name or a description."""
    person = next(
        (e for e in doc[source[0] : source[1]].ents if e.label_ == "PERSON" and e.start <= token.i < e.end), None
    )
    if person is None and token.ent_type_ == "PERSON":
        person = doc[token.i : token.i + 1]
    if person is not None:
        words = tidy(person.text).split()
        if words:
            full = cast.full.get(fold(words[-1])) or tidy(person.text)
            return Speaker(text, spelled(full), SpeakerKind.PERSON)
    plain = tidy(text)
    key = plain.lower()
    if key in AGENCIES:
        return Speaker(text, AGENCIES[key], SpeakerKind.AGENCY)
    for role, name in cast.roles.items():
        if _same_role(key, role):
            return Speaker(text, name, SpeakerKind.PERSON)
    lemma = token.lemma_.lower()
    if country_of(plain):
        return Speaker(text, f"Government of {country_of(plain)}", SpeakerKind.BODY)
    country = next(
        (country_of(_POSSESSIVE.sub("", t.text)) for t in doc[source[0] : head_end(token)] if country_of(t.text)), ""
    )
    if lemma in _GOVERNMENT and country:
        return Speaker(text, f"Government of {country}", SpeakerKind.BODY)
    if key in cast.acronyms:
        return Speaker(text, cast.acronyms[key], SpeakerKind.BODY)
    if _OUTLET.search(plain) and token.pos_ == "PROPN":
        return Speaker(text, plain, SpeakerKind.OUTLET)
    if lemma in DOCUMENTS:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.DOCUMENT)
    if token.ent_type_ in ("ORG", "GPE", "NORP", "FAC") or lemma in _BODIES:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.BODY)
    return Speaker(text, _short(doc, source, token, country).lower(), SpeakerKind.UNKNOWN)


def head_end(token: Token) -> int:
    return int(token.i) + 1


def _same_role(key: str, role: str) -> bool:
    """ "ukrainian leader" is the "ukrainian president"; "president" alone is whoever has that title."""
    if key == role:
        return True
    words, known = key.split(), role.split()
    if len(words) == 1:
        return words[0] in _ROLES and words[0] in known and words[0] not in ("spokesman", "spokeswoman", "spokesperson")
    places = {country_of(w) for w in words} - {""}
    return (
        words[-1] == "leader"
        and bool(places & {country_of(w) for w in known})
        and known[-1] in ("president", "minister", "premier")
    )


def _short(doc: Doc, source: Range, token: Token, country: str) -> str:
    """The head noun with what stands before it, "China's" as "Chinese" is "China": one name for one body."""
    start = token.left_edge.i if token.left_edge.i >= source[0] else source[0]
    words = [t for t in doc[start : token.i + 1] if t.dep_ != "det" and t.tag_ != "POS" and not t.is_punct]
    name = " ".join(country_of(t.text) or t.text for t in words)
    return tidy(name)[:190] or tidy(token.text) or country
