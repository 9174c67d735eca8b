"""Who takes part in what a clause tells, and in which role, active or passive alike."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.countries import country_of
from claims.engine.reading.people.names import fold, tidy
from claims.engine.types import Entity, Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"})
AGENT, PATIENT = "agent", "patient"
_OBJECTS = frozenset({"dobj", "attr", "acomp", "oprd"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "appos", "conj", "cc", "punct"})
_LONGEST = 12
_MOST = 8


@dataclass(frozen=True, slots=True)
class Named:
    """A named entity of a document: token range, label, text."""

    start: int
    end: int
    label: str
    text: str


def between(names: Sequence[Named], start: int, end: int) -> Sequence[Named]:
    """Return the names that begin between two tokens."""
    first = bisect_left(names, start, key=lambda n: n.start)
    return names[first : bisect_left(names, end, key=lambda n: n.start)]


def entity_of(text: str, label: str) -> Entity:
    """Return a name as compared: a country for its capital and its people, a person without title."""
    name = tidy(text)
    if label in ("GPE", "NORP"):
        return Entity((country_of(name) or name).lower(), label)
    return Entity(fold(name) if label == "PERSON" else name.lower(), label)


def participants(doc: Doc, root: Token, names: Sequence[Named], outside: Token | None = None) -> tuple[Role, ...]:
    """Return the roles of the clause of ``root``; ``outside`` is its subject where that stands elsewhere.

    At most ``_MOST``, each of at most ``_LONGEST`` words.
    """
    cleft = _cleft(root)
    verb = cleft[1] if cleft is not None else root
    found: list[tuple[str, Token]] = []
    if cleft is not None:
        found.append((AGENT, cleft[0]))
    elif outside is not None:
        found.append((PATIENT if _passive(verb) else AGENT, outside))
    for relation, noun in _of_verb(verb, depth=0):
        if noun.i not in {n.i for _, n in found} and noun.pos_ != "PRON":
            found.append((relation, noun))
    return tuple(_role(doc, relation, noun, names) for relation, noun in found[:_MOST])


def _cleft(root: Token) -> tuple[Token, Token] | None:
    """Return who "it was X that did" names, and the verb of what X did."""
    if root.lemma_ != "be" or not any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in root.lefts):
        return None
    for child in root.rights:
        if child.dep_ == "attr" and child.pos_ in ("NOUN", "PROPN"):
            verb = next((c for c in (*child.rights, *root.rights) if c.dep_ in ("relcl", "advcl", "ccomp")), None)
            return (child, verb) if verb is not None else None
    return None


def _passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.lefts) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def _of_verb(verb: Token, depth: int) -> Iterator[tuple[str, Token]]:
    """Yield what hangs on a verb, with the verbs that complete it ("plans to buy the firm")."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "csubj"):
            yield AGENT, child
        elif child.dep_ == "nsubjpass" or child.dep_ in _OBJECTS:
            yield PATIENT, child
        elif child.dep_ == "dative" and child.pos_ in ("NOUN", "PROPN"):
            yield "to", child
        elif child.dep_ in ("prep", "agent", "dative"):
            relation = AGENT if child.dep_ == "agent" else child.lower_
            yield from ((relation, c) for c in child.children if c.dep_ == "pobj")
        elif child.dep_ == "xcomp" and depth < 2:
            yield from _of_verb(child, depth + 1)


def _role(doc: Doc, relation: str, noun: Token, names: Sequence[Named]) -> Role:
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    for child in noun.rights:
        if child.dep_ in _CLAUSES and not (child.pos_ == "PROPN" and child.left_edge.i == noun.i + 1):
            end = min(end, child.left_edge.i)
    end = min(end, start + _LONGEST) if noun.i < start + _LONGEST else noun.i + 1
    words = tuple(t.lemma_.lower() for t in doc[start:end] if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "VERB"))
    inside = [n for n in between(names, start, end) if n.label in NAMED]
    covered = {i for n in inside for i in range(n.start, n.end)}
    loose = [t.lower_ for t in doc[start:end] if t.pos_ == "PROPN" and t.i not in covered and t.ent_type_ != "DATE"]
    if noun.tag_ == "NN" and noun.is_title and noun.i == start and noun.i not in covered:
        loose.append(noun.lower_)  # a single thing with a capital and no article: a name that the tagger does not know
    named = [*(entity_of(n.text, n.label).name for n in inside), *(country_of(t) or t for t in loose)]
    return Role(relation, noun.lemma_.lower(), words, tuple(n.lower() for n in dict.fromkeys(named) if n))
