"""The people of an article under one name each: full names, titles, acronyms, and whom a pronoun may stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.names import clean, unaccented

if TYPE_CHECKING:
    from spacy.tokens import Doc

ROLES = lexicon(
    "president leader minister premier chancellor king queen prince governor senator mayor secretary spokesman "
    "spokeswoman spokesperson chief director ceo chairman chairwoman ambassador general commander candidate "
    "nominee prosecutor attorney judge lawyer professor analyst pope bishop congressman congresswoman "
    "representative mogul businessman billionaire sheriff commissioner superintendent coroner"
)
_NAMES = frozenset({"PERSON", "ORG", "GPE", "PRODUCT", "LOC", "FAC", "NORP"})
_TITLES = re.compile(
    r"^(?:the|a|an|mr|mrs|ms|miss|dr|prof|sir|dame|lord|lady|sen|rep|gov|gen|lt|col|sgt|capt|president|former)\.?\s+",
    re.IGNORECASE,
)
_OWNED = re.compile(r"^.+['’]s\s+(?=\w)")
"""The firm in "SpaceX's Elon Musk", which the language model takes for a part of the name."""
POSSESSIVE = re.compile(r"['’]s?$")
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
    written: dict[str, str] = field(default_factory=dict)
    """Canonical name -> the name as the article writes it."""
    things: frozenset[str] = frozenset()
    """Words that are no person's name here, whatever the language model says of one place."""
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

    def named(self, start: int, end: int) -> list[tuple[int, str, bool]]:
        """The entries of ``people`` between two tokens."""
        first = bisect_left(self.people, start, key=lambda entry: entry[0])
        return self.people[first : bisect_left(self.people, end, key=lambda entry: entry[0])]

    def before(self, token: int, pronoun: str) -> str:
        """The last person named as a subject before a token, within the last few; else the last one named; or ""."""
        end = bisect_left(self.people, token, key=lambda entry: entry[0])
        recent = [entry for entry in reversed(self.people[max(0, end - 6) : end]) if self.fits(entry[1], pronoun)]
        subjects = [entry for entry in recent if entry[2]]
        return (subjects or recent or [(0, "", False)])[0][1]


def fold(name: str) -> str:
    """A name as compared: no accents, one spelling of -sky, lower case, no title, no possessive."""
    words = tidy(unaccented(clean(name)).replace("’", "'")).lower().split()
    for pattern, ending in _SPELLINGS:
        words = [pattern.sub(ending, word) for word in words]
    return " ".join(words)


def tidy(name: str) -> str:
    """The name without articles, titles, possessive and stray marks."""
    name = " ".join(name.replace("\n", " ").strip(" \"'“”‘’.,;:()[]").split())
    name = POSSESSIVE.sub("", name)
    while (shorter := _TITLES.sub("", name)) != name and shorter:
        name = shorter
    return name


def cast_of(doc: Doc) -> Cast:
    """Read names, the titles before them, and acronyms in brackets, once for the whole article."""
    cast = Cast(things=_things(doc))
    longest: defaultdict[str, str] = defaultdict(str)
    people = []
    for entity in doc.ents:
        if entity.label_ == "PERSON" and fold(entity.text) not in cast.things:
            name = tidy(_OWNED.sub("", entity.text))
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
    for entity, key in people:
        canonical = cast.name(tidy(_OWNED.sub("", entity.text)).split())
        cast.written.setdefault(canonical, cast.full.get(key, canonical))
        head = entity.root
        cast.people.append((head.i, canonical, head.dep_ in ("nsubj", "nsubjpass")))
        _note_sex(doc, entity.start, canonical, cast)
        role = _role_before(doc, entity.start)
        if role:
            cast.roles.setdefault(role, canonical)
    return cast


def _things(doc: Doc) -> frozenset[str]:
    """Single words that the article's names hold for something else than a person as often as for one: "SpaceX"."""
    kinds = Counter((fold(e.text), e.label_ == "PERSON") for e in doc.ents if len(e) == 1 and e.label_ in _NAMES)
    return frozenset(word for (word, person), n in kinds.items() if not person and n >= kinds[word, True])


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
    return " ".join(words) if words and any(word in ROLES for word in words) else ""
