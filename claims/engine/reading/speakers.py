"""Who a source phrase stands for: inside the article, and under one name for all articles."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.countries import country_of
from claims.engine.types import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]

DOCUMENTS = frozenset(
    [
        "document",
        "report",
        "study",
        "poll",
        "survey",
        "statement",
        "letter",
        "memo",
        "filing",
        "lawsuit",
        "complaint",
        "indictment",
        "affidavit",
        "file",
        "dossier",
        "record",
        "transcript",
        "email",
        "paper",
        "ruling",
        "order",
        "analysis",
        "assessment",
        "census",
        "audit",
        "figure",
        "datum",
        "data",
        "release",
    ]
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
    [
        "government",
        "ministry",
        "department",
        "agency",
        "office",
        "service",
        "police",
        "army",
        "military",
        "force",
        "committee",
        "council",
        "commission",
        "court",
        "party",
        "company",
        "administration",
        "campaign",
        "authority",
        "presidency",
        "embassy",
        "union",
        "board",
        "bank",
        "hospital",
        "university",
        "team",
        "group",
        "organization",
        "organisation",
        "association",
        "intelligence",
        "parliament",
        "congress",
        "senate",
        "kremlin",
        "regime",
        "command",
        "staff",
        "bureau",
        "officials",
    ]
)
_GOVERNMENT = frozenset(["government", "administration", "authority", "regime", "leadership"])
_ROLES = frozenset(
    [
        "president",
        "leader",
        "minister",
        "premier",
        "chancellor",
        "king",
        "queen",
        "prince",
        "governor",
        "senator",
        "mayor",
        "secretary",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chief",
        "director",
        "ceo",
        "chairman",
        "chairwoman",
        "ambassador",
        "general",
        "commander",
        "candidate",
        "nominee",
        "prosecutor",
        "attorney",
        "judge",
        "lawyer",
        "professor",
        "analyst",
        "pope",
        "bishop",
        "congressman",
        "congresswoman",
        "representative",
        "mogul",
        "businessman",
        "billionaire",
    ]
)
_TITLES = re.compile(
    r"^(?:the|a|an|mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady|sen|rep|gov|gen|lt|col|sgt|capt|president|former)\.?\s+",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\(([A-Z]{2,8})\)")
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
    first: dict[str, str] = field(default_factory=dict)
    """Folded first word of a name -> the name, where it is one person's only ("Wang" for Wang Guangjun)."""
    roles: dict[str, str] = field(default_factory=dict)
    """"ukrainian president" -> the name that it was put before."""
    acronyms: dict[str, str] = field(default_factory=dict)
    people: list[tuple[int, str, bool]] = field(default_factory=list)
    """Token index and canonical name of every person named, in order, and whether as the subject of a clause."""
    women: set[str] = field(default_factory=set)
    men: set[str] = field(default_factory=set)

    def knows(self, word: str) -> bool:
        """Whether a word is the surname, or the first name of a person of whom no other shares it."""
        key = fold(word)
        return key in self.full or key in self.first

    def name(self, words: Sequence[str]) -> str:
        """The full name, in its common spelling, of the person whom these words name."""
        key = fold(words[-1])
        if len(words) == 1 and (key not in self.full or self.full[key] == words[0]):
            return spelled(self.first.get(key) or self.full.get(key) or words[0])
        return spelled(self.full.get(key) or " ".join(words))

    def fits(self, name: str, pronoun: str) -> bool:
        """Whether a pronoun can stand for a person: no, where a title or name says otherwise."""
        if pronoun in ("he", "him", "his"):
            return name not in self.women
        return pronoun not in ("she", "her") or name not in self.men

    def before(self, token: int, pronoun: str) -> str:
        """The last person named as a subject before a token, within the last few; else the last one named; or ""."""
        end = bisect_left(self.people, token, key=lambda entry: entry[0])
        recent = [entry for entry in reversed(self.people[max(0, end - 6) : end]) if self.fits(entry[1], pronoun)]
        subjects = [entry for entry in recent if entry[2]]
        return (subjects or recent or [(0, "", False)])[0][1]


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
    cast.full = _without_slips(longest, Counter(key for _, key in people))
    cast.first = _first_names(cast.full)
    for entity, _ in people:
        canonical = cast.name(tidy(entity.text).split())
        head = entity.root
        cast.people.append((head.i, canonical, head.dep_ in ("nsubj", "nsubjpass")))
        _note_sex(doc, entity.start, canonical, cast)
        role = _role_before(doc, entity.start)
        if role:
            cast.roles.setdefault(role, canonical)
    return cast


def _without_slips(longest: Mapping[str, str], seen: Counter[str]) -> dict[str, str]:
    """Names met once whose first word is a surname met often are slips of a headline: "Zelensky Reveals"."""
    full = dict(longest)
    for key, name in longest.items():
        known = [k for w in name.split()[:-1] if (k := fold(w)) != key and seen[k] > 1]
        if known and seen[key] == 1:
            full[key] = longest[known[0]]
    return full


def _first_names(full: Mapping[str, str]) -> dict[str, str]:
    first: dict[str, str] = {}
    shared: set[str] = set()
    for name in dict.fromkeys(full.values()):
        words = name.split()
        if len(words) > 1:
            key = fold(words[0])
            shared |= {key} & first.keys()
            first[key] = name
    return {key: name for key, name in first.items() if key not in shared}


def spelled(name: str) -> str:
    """A person's name with one spelling for all articles, in capitals as usual."""
    return " ".join(word[:1].upper() + word[1:] for word in fold(name).split())


def _note_sex(doc: Doc, start: int, name: str, cast: Cast) -> None:
    """ "Mrs Smith", "spokeswoman Smith": what the words before a name say about its pronoun."""
    for token in doc[max(0, start - 2) : start + 1]:
        word = token.lower_.rstrip(".")
        if word in ("mrs", "ms", "miss", "queen", "princess") or word.endswith("woman"):
            cast.women.add(name)
        elif word in ("mr", "king", "prince", "lord", "sir") or word.endswith(("spokesman", "congressman", "chairman")):
            cast.men.add(name)


def _role_before(doc: Doc, start: int) -> str:
    """The title in front of a name ("Ukrainian President Volodymyr ..." gives "ukrainian president")."""
    words: list[str] = []
    for i in range(start - 1, max(-1, start - 5), -1):
        token = doc[i]
        if token.pos_ not in ("PROPN", "NOUN", "ADJ") or not token.is_alpha:
            break
        words.insert(0, token.lower_)
    return " ".join(words) if words and any(word in _ROLES for word in words) else ""


def resolve(doc: Doc, source: Range | None, head: int | None, cast: Cast, last: Speaker | None = None) -> Speaker:
    """The speaker that a source phrase stands for; without one, nobody known. ``last`` spoke in a sentence nearby."""
    if source is None or head is None:
        return Speaker("", "", SpeakerKind.UNKNOWN)
    text, token = doc[source[0] : source[1]].text, doc[head]
    if token.tag_ in ("WDT", "WP") and token.head.dep_ == "relcl":
        token = token.head.head
        source = (token.left_edge.i, token.i + 1)
        if source[0] >= source[1]:
            source = (token.i, token.i + 1)
    if token.pos_ == "PRON" or (token.pos_ == "DET" and token.dep_ != "det"):
        return _pronoun(text, token, cast, last)
    return named(text, token, source, cast)


def _pronoun(text: str, token: Token, cast: Cast, last: Speaker | None) -> Speaker:
    """ "He" is who spoke last, else the person who did something last; "it" and "they" the body that spoke last."""
    word = token.lower_
    if word in ("he", "she", "i", "him", "her", "his", "who"):
        if last is not None and _one_person(last) and cast.fits(last.canonical, word):
            return Speaker(text, last.canonical, last.kind)
        name = cast.before(token.i, word)
        return Speaker(text, name, SpeakerKind.PERSON) if name else Speaker(text, "", SpeakerKind.UNKNOWN)
    if word in ("it", "they", "we") and last is not None and last.kind in (SpeakerKind.BODY, SpeakerKind.DOCUMENT):
        return Speaker(text, last.canonical, last.kind)
    return Speaker(text, "", SpeakerKind.UNKNOWN)


def _one_person(speaker: Speaker) -> bool:
    """Somebody by name, or a single unnamed person ("a captured soldier", not "officials")."""
    unnamed = speaker.kind == SpeakerKind.UNKNOWN and speaker.canonical and not speaker.canonical.endswith("s")
    return speaker.kind == SpeakerKind.PERSON or bool(unnamed)


def named(text: str, token: Token, source: Range, cast: Cast) -> Speaker:
    """A speaker given by a name or a description: a country, a person, an agency, a title, an acronym, a body."""
    plain = tidy(text)
    key = plain.lower()
    country = country_of(plain)
    if country:
        return Speaker(text, f"Government of {country}", SpeakerKind.BODY)
    if key in AGENCIES:
        return Speaker(text, AGENCIES[key], SpeakerKind.AGENCY)
    person = _person(token, source, cast)
    if person:
        return Speaker(text, person, SpeakerKind.PERSON)
    for role, name in cast.roles.items():
        if _same_role(key, role):
            return Speaker(text, name, SpeakerKind.PERSON)
    return _described(text, plain, token, source, cast)


def _person(token: Token, source: Range, cast: Cast) -> str:
    """The full name of the person whom the head of a source phrase names, or ""."""
    if token.pos_ not in ("PROPN", "NOUN") and token.ent_type_ != "PERSON":
        return ""
    if token.ent_type_ == "PERSON":
        entity = [t.text for t in _entity_around(token)]
    elif (
        fold(token.text) in cast.full and token.pos_ == "PROPN" and not any(t.lower_ in _BODIES for t in token.subtree)
    ):
        entity = [token.text]
    else:
        return ""
    words = tidy(" ".join(entity)).split()
    if not words:
        return ""
    return spelled(cast.full.get(fold(words[-1])) or " ".join(words))


def _entity_around(token: Token) -> list[Token]:
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return [doc[i] for i in range(start, end)]


def _described(text: str, plain: str, token: Token, source: Range, cast: Cast) -> Speaker:
    doc, lemma = token.doc, token.lemma_.lower()
    words = doc[source[0] : token.i + 1]
    country = next((found for t in words if (found := country_of(t.text))), "")
    if lemma in _GOVERNMENT and country:
        return Speaker(text, f"Government of {country}", SpeakerKind.BODY)
    short = _ACRONYM.search(plain)
    acronym = cast.acronyms.get(plain.lower()) or (cast.acronyms.get(short.group(1).lower()) if short else None)
    if acronym:
        return Speaker(text, acronym, SpeakerKind.BODY)
    if token.pos_ == "PROPN" and _OUTLET.search(plain):
        outlet = " ".join(t.text for t in _entity_around(token)) if token.ent_type_ else plain
        return Speaker(text, tidy(outlet)[:190], SpeakerKind.OUTLET)
    if lemma in DOCUMENTS:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.DOCUMENT)
    if lemma in _BODIES and country:
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.BODY)
    if spelled(plain).lower() != plain.lower() and 2 <= len(plain.split()) <= 3 and plain.istitle():
        return Speaker(text, spelled(plain), SpeakerKind.PERSON)
    if token.ent_type_ in ("ORG", "FAC"):
        return Speaker(
            text, tidy(" ".join(t.text for t in _entity_around(token)))[:190] or plain[:190], SpeakerKind.BODY
        )
    if lemma in _BODIES or token.ent_type_ in ("GPE", "NORP") or (token.pos_ == "PROPN" and token.i > source[0]):
        return Speaker(text, _short(doc, source, token, country), SpeakerKind.BODY)
    return Speaker(text, _short(doc, source, token, country).lower(), SpeakerKind.UNKNOWN)


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
    """One name for one body: "China's foreign ministry" and "the Chinese Foreign Ministry" are "Foreign Ministry of China"."""
    start = max(token.left_edge.i, source[0])
    words = [
        t for t in doc[start : token.i + 1] if t.dep_ not in ("det", "nummod") and t.tag_ != "POS" and not t.is_punct
    ]
    rest = " ".join(t.text for t in words if country_of(t.text) != country or not country)
    if country and rest:
        return f"{tidy(rest).title()[:150]} of {country}"
    return tidy(rest)[:190] or tidy(token.text)
