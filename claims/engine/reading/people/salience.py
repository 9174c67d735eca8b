"""Whom "he" and "she" can stand for, and what speaks for each: features of a small fitted model of salience.

In the line of Lappin and Leass (1994) and of Hobbs (1978): a candidate is worth more as a subject, near, named often,
parallel, and continued; binding, gender and the speaker of a quotation rule candidates out. ``pronouns`` weighs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.reading.people.registry import Registry

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
SENTENCES = 4
"""Sentences before that of the pronoun in which a candidate is looked for."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "dative", "pobj", "attr", "oprd"})
_TELLING = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place where somebody is meant: the head token, its stretch, who ("" for nobody by name), and how."""

    at: int
    start: int
    end: int
    who: str
    how: str
    """"name", "doubtful" (perhaps no person's name), "pronoun" or "noun"."""


@dataclass(slots=True)
class Scene:
    """The places of a text so far, in order, and what they add up to."""

    doc: Doc
    registry: Registry
    sentence_of: Sequence[int]
    """For each token the number of its sentence."""
    starts: Sequence[int]
    """The first token of each sentence."""
    quoted: Sequence[int]
    """For each token the number of its quotation, or -1."""
    voices: dict[int, str] = field(default_factory=dict)
    """The number of a quotation -> the person who says it, where known."""
    totals: dict[str, int] = field(default_factory=dict)
    """How often somebody is named in the whole text."""
    speaking: frozenset[str] = frozenset()
    """Who says any quotation of the text."""
    places: list[Place] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    last: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Gender -> whom the last such pronoun stood for, and the number of its sentence."""

    def enter(self, place: Place) -> None:
        """Add a place behind all that were added."""
        self.places.append(place)
        self.counts[place.who] = self.counts.get(place.who, 0) + 1


def nouns(doc: Doc, registry: Registry) -> Iterator[Place]:
    """Yield the places of single people without a name ("the deputy"); of a role met with a name, that name."""
    named = {i for one in registry.named for i in range(one.start, one.end)}
    heads = {one.at for one in registry.named}
    for token in doc:
        if token.tag_ != "NN" or token.i in named or gender_of_noun(token) is None:
            continue
        if token.dep_ in ("compound", "nmod", "amod", "attr", "appos") or (token.i + 1) in named:
            continue
        if token.head.i in heads and token.dep_ == "appos":
            continue
        if any(child.dep_ == "appos" and child.i in heads for child in token.rights):
            continue
        start = token.left_edge.i if token.left_edge.dep_ in ("det", "poss") else token.i
        if token.doc[start].lower_ in ("no", "every", "any", "each"):
            continue
        role = registry.holder(token.lower_) if token.doc[start].lower_ == "the" else ""
        yield Place(token.i, start, token.i + 1, role or f"noun:{token.lower_}", "noun")


def gender_of_noun(token: Token) -> str | None:
    """Return the gender of a noun for a person, "" where it has none; None for any other noun."""
    word = token.lemma_.lower()
    if word in words("en/female_nouns") or word in ("woman", "girl"):
        return "f"
    if word in words("en/male_nouns"):
        return "m"
    return "" if word in words("en/person_nouns") else None


def candidates(scene: Scene, token: Token) -> dict[str, list[Place]]:
    """Return the people whom a pronoun can stand for, each with the places that count, the last one last."""
    here = scene.sentence_of[token.i]
    first = scene.starts[max(0, here - SENTENCES)]
    at = bisect_left(scene.places, first, key=lambda place: place.at)
    found: dict[str, list[Place]] = {}
    for place in scene.places[at:]:
        found.setdefault(place.who, []).append(place)
    if _may_look_ahead(token):
        end = scene.starts[here + 1] if here + 1 < len(scene.starts) else len(scene.doc)
        doubtful = scene.registry.between(token.i + 1, end, doubtful=True)
        for how, ones in (("name", scene.registry.between(token.i + 1, end)), ("doubtful", doubtful)):
            for one in ones:
                if one.name not in found and one.subject:
                    found[one.name] = [Place(one.at, one.start, one.end, one.name, how)]
    return {who: places for who, places in found.items() if possible(scene, token, who, places)}


def _may_look_ahead(token: Token) -> bool:
    """Whether the one meant may follow: "In her letter, Bell said", "After he lost, Bell left"."""
    node = token
    for _ in range(6):
        if node.dep_ in ("advcl", "prep") and node.head.i > node.i:
            return True
        if node.dep_ == "ROOT":
            return False
        node = node.head
    return False


def possible(scene: Scene, token: Token, who: str, places: Sequence[Place]) -> bool:
    """Return whether gender, binding and the speaker of the quotation around it let a pronoun stand for somebody."""
    gender = PRONOUNS[token.lower_]
    if who.startswith("noun:"):
        known = gender_of_noun(scene.doc[places[-1].at])
        if known and known != gender:
            return False
    elif not scene.registry.fits(who, token.lower_):
        return False
    number = scene.quoted[token.i]
    if number >= 0 and scene.voices.get(number) == who:
        return False
    return not any(_bound(token, scene.doc[place.at], place) for place in places[-3:])


def _bound(token: Token, other: Token, place: Place) -> bool:
    """Whether grammar keeps a pronoun and a phrase apart: "Bell met him", "his son Carl", "he and Bell"."""
    if other.head.i == token.i or (token.dep_ == "conj" and token.head.i == other.i):
        return True
    if other.dep_ == "conj" and (other.head.i == token.i or other.head.head.i == token.i):
        return True
    if token.dep_ == "poss":
        owned = token.head
        return (
            owned.i == other.i
            or (other.dep_ in ("appos", "compound") and other.head.i == owned.i)
            or (owned.i in range(place.start, place.end))
        )
    if token.dep_ in _SUBJECTS:
        return other.dep_ in _SUBJECTS and other.head.i == token.head.i
    verb = _verb_above(token)
    return other.dep_ in _SUBJECTS and verb is not None and other.head.i == verb.i


def _verb_above(token: Token) -> Token | None:
    """The verb whose argument a pronoun is, also through one preposition."""
    head = token.head
    if head.pos_ == "ADP":
        head = head.head
    return head if head.pos_ in ("VERB", "AUX") else None


def features(scene: Scene, token: Token, who: str, places: Sequence[Place], rank: int) -> dict[str, float]:
    """Return what speaks for and against one candidate; ``rank`` counts those named later than it."""
    named = [one for one in places if one.how != "pronoun"] or list(places)
    place = named[-1]
    other, here = scene.doc[place.at], scene.sentence_of[token.i]
    there = scene.sentence_of[place.at]
    same = [one for one in named if scene.sentence_of[one.at] == there]
    near = "here" if there == here else "before"
    roles = {_role(scene.doc[one.at]) for one in same}
    role = next(name for name in ("subject", "object", "owner", "other") if name in roles)
    values = {
        f"distance{min(max(here - there, 0), 3)}": 1.0,
        f"{near}_{_role(token)}_{role}": 1.0,
        "rank": float(min(rank, 4)),
        "ahead": float(place.at > token.i),
        "opens": float(same[0].at - scene.starts[there] < 6),
        "depth": float(min(_depth(other), 5)),
        "count": float(min(scene.counts.get(who, 0), 6)) ** 0.5,
        "total": float(min(scene.totals.get(who, 0), 9)) ** 0.5,
        "full": float(any(one.end - one.start > 1 for one in named)),
        "noun": float(who.startswith("noun:")),
        "doubtful": float(any(one.how == "doubtful" for one in places)),
        "only_pronouns": float(place.how == "pronoun"),
        "agrees": float(_agrees(scene, token, who, other)),
        "heard": float(scene.quoted[token.i] >= 0 and who in scene.speaking),
        "first": float(bool(scene.registry.named) and scene.registry.named[0].name == who),
        "other_voice": float(scene.quoted[place.at] >= 0 and scene.quoted[place.at] != scene.quoted[token.i]),
    }
    values.update(_grammar(scene, token, places))
    values.update(_chained(scene, token, who, here))
    return {name: value for name, value in values.items() if value}


def _chained(scene: Scene, token: Token, who: str, here: int) -> dict[str, float]:
    """Whether the last pronoun of that gender stands for the candidate, or for another, and how far it is."""
    last = scene.last.get(PRONOUNS[token.lower_])
    if last is None or here - last[1] > 2:
        return {}
    near = "here" if last[1] == here else "before"
    return {f"goes_on_{near}": float(last[0] == who), f"turns_{near}": float(last[0] != who)}


def _depth(token: Token) -> int:
    """How deep a phrase hangs in its sentence."""
    depth = 0
    while token.head.i != token.i and depth < 6:
        token, depth = token.head, depth + 1
    return depth


def _grammar(scene: Scene, token: Token, places: Sequence[Place]) -> dict[str, float]:
    """How the clause of a pronoun hangs on a candidate of its sentence."""
    told = owned = in_clause = dative = 0.0
    verb = token
    for _ in range(5):
        if verb.dep_ == "ROOT":
            break
        hangs, verb = verb.dep_, verb.head
        by = {place.at for place in places[-4:]}
        subject = next((c.i for c in verb.children if c.dep_ in _SUBJECTS), -1)
        if subject in by and subject != token.i:
            if hangs == "ccomp":
                told = 1.0
            elif hangs in _TELLING:
                in_clause = 1.0
            elif token.dep_ == "poss":
                owned = 1.0
            break
        if hangs == "ccomp" and any(c.i in by for c in verb.children if c.dep_ in ("dobj", "dative")):
            dative = 1.0
        if subject >= 0 and subject != token.i and token.dep_ != "poss":
            break
    return {"told": told, "owned": owned, "in_clause": in_clause, "told_to": dative}


def _agrees(scene: Scene, token: Token, who: str, other: Token) -> bool:
    if who.startswith("noun:"):
        return gender_of_noun(other) == PRONOUNS[token.lower_]
    return scene.registry.gender(who) == PRONOUNS[token.lower_]


def _role(token: Token) -> str:
    """What a word is in its clause; of two joined by "and" what the first is."""
    while token.dep_ in ("conj", "appos") and token.head.i < token.i:
        token = token.head
    if token.dep_ in _SUBJECTS:
        return "subject"
    if token.dep_ == "poss":
        return "owner"
    return "object" if token.dep_ in _OBJECTS else "other"
