"""Predicates and what they take: which words name a predicate, and what kind of complement a word is to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.lexicon.words import CHECKS, CLAIM_NOUNS, lexicon
from claims.engine.reading.factuality.negation import negated
from claims.engine.reading.factuality.signatures import ASKED, Signature, listed
from claims.engine.reading.syntax import FINITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acl"})
OBJECTS = frozenset({"dobj", "pobj", "attr", "nsubj", "nsubjpass", "oprd", "dative"})
_PREDICATIVES = frozenset({"acomp", "attr", "oprd"})
_COPULAS = lexicon(
    "be seem appear become remain look call brand label describe deem consider dub term prove find make declare rule "
    "slam dismiss reject denounce"
)
_CALLING = frozenset({"call", "brand", "label", "dub", "term", "deem"})
_AS = frozenset({"describe", "dismiss", "reject", "brand", "denounce", "condemn", "label", "slam"})
_CHECKED = Signature(ASKED, ASKED)
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})
_PRONOUNS = frozenset({"it", "this", "that", "they", "these", "those", "them", "so"})


def signature(predicate: Token, child: Token, prepositions: tuple[Token, ...] = ()) -> Signature | None:
    """Return what the table says that ``predicate`` makes of ``child``; None where it does not name the two."""
    kind = kind_of(child)
    if _is_checking(predicate) and (not prepositions or prepositions[0].lower_ == "into"):
        return _CHECKED
    return listed(_names(predicate, child, prepositions), kind)


def kind_of(child: Token) -> str:
    """Return what a complement is: "to", "ing", "that" (finite), "whether", "who", "how", "claim" or "np".

    "which" is an infinitive that leaves something open: "is deciding how to respond".
    """
    if child.pos_ in _NOMINAL and child.dep_ not in CLAUSES:
        return "claim" if is_claim(child) else "np"
    opening = next((c for c in child.lefts if c.dep_ in ("mark", "advmod") and c.lower_ in ("whether", "if")), None)
    if opening is not None and opening.i < child.i:
        return "whether"
    if any(c.tag_ == "TO" for c in child.lefts if c.dep_ == "aux"):
        return "which" if child.dep_ in CLAUSES and child.left_edge.tag_ in ("WRB", "WP", "WDT") else "to"
    words_before = (c for c in child.subtree if c.i < child.i and c.tag_ in ("WRB", "WP", "WDT", "WP$"))
    asking = next((c for c in words_before if not _describes(c, child)), None)
    if asking is not None and child.dep_ in ("ccomp", "pcomp", "csubj", "csubjpass"):
        return "how" if asking.tag_ == "WRB" else "who"
    if child.tag_ == "VBG" and not any(c.tag_ in FINITE for c in child.lefts):
        return "ing"
    if child.tag_ in FINITE - {"VBN"} or any(c.tag_ in FINITE and c.dep_ in ("aux", "auxpass") for c in child.lefts):
        return "that"
    return "to" if child.tag_ in ("VB", "VBN") else "that"


def _describes(word: Token, clause: Token) -> bool:
    """Whether a word like "which" only opens a clause about a noun inside: "that the dam, which is old, failed"."""
    at = word
    while at.i != clause.i and at.head.i != at.i:
        if at.dep_ in ("relcl", "acl", "advcl"):
            return True
        at = at.head
    return False


def is_claim(noun: Token) -> bool:
    """Return whether a noun stands for a statement or an accusation: "the claim", "any involvement", "it"."""
    lemma = noun.lemma_.lower()
    if lemma in CLAIM_NOUNS or lemma in words("en/accusations") or noun.lower_ in _PRONOUNS:
        return True
    return any(child.lower_ == "any" for child in noun.lefts)


def _names(predicate: Token, child: Token, prepositions: tuple[Token, ...]) -> Iterator[str]:
    """The names under which a predicate may be listed, the most exact first."""
    lemma = predicate.lemma_.lower()
    for particle in predicate.rights:
        if particle.dep_ == "prt" or (particle.dep_ == "advmod" and particle.i == predicate.i + 1):
            yield f"{lemma} {particle.lower_}"
    if prepositions:
        yield from _with_preposition(predicate, lemma, prepositions[-1].lower_)
        return
    if child.dep_ in ("advcl", "xcomp", "ccomp") and any(c.lower_ == "for" and c.dep_ == "mark" for c in child.lefts):
        yield f"{lemma} for"
    if predicate.lemma_ in _COPULAS:
        for found in _predicatives(predicate, child):
            yield found.lemma_.lower()
    clausal = any(c.dep_ in ("mark", "aux", "auxpass") for c in child.lefts)
    if lemma in ("deny", "denial") and not clausal and child.lemma_.lower() in words("en/refusable"):
        return
    if child.dep_ in ("nsubj", "csubj") and predicate.pos_ in ("VERB", "AUX"):
        return
    yield from (f"{form} {lemma}" for form in _forms(predicate))
    yield lemma
    if predicate.tag_ == "VBZ" and predicate.lower_.endswith("s"):
        yield predicate.lower_[:-1]  # the lemma of "hopes" is taken for "hop"


def _with_preposition(predicate: Token, lemma: str, preposition: str) -> Iterator[str]:
    """ "Short of", "come close to", and "within of" for "came within a minute of"."""
    if lemma != "call" or not any(c.dep_ in ("dobj", "oprd") for c in predicate.rights):  # "called it vital for all"
        if predicate.dep_ == "advmod":
            yield f"{predicate.head.lemma_} {lemma} {preposition}"
        yield f"{lemma} {preposition}"
    if predicate.dep_ == "pobj" and predicate.head.lower_ == "within":
        yield f"within {preposition}"


def _forms(verb: Token) -> Iterator[str]:
    """How a verb is used, where that changes what it says: "cannot believe", "I do not know", "is weighing"."""
    if verb.pos_ != "VERB":
        return
    if verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.lefts):
        yield "be"
    if any(c.lower_ == "narrowly" for c in verb.children):
        yield "narrowly"
    modal = any(c.dep_ == "aux" and c.lower_ in ("can", "could", "ca") for c in verb.lefts)
    if negated(verb):
        if modal:
            yield "cannot"
        elif {"do", "don't"} & {c.lower_ for c in verb.lefts} and _by_speaker(verb):
            yield "i"
    elif modal:
        yield "can"


def _by_speaker(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in verb.lefts)


def _predicatives(verb: Token, child: Token) -> Iterator[Token]:
    """What a verb says of its subject or object: "is false", "called it groundless", "dismissed as nonsense"."""
    for other in (*verb.rights, *child.rights):
        if other.dep_ in _PREDICATIVES and other.i != child.i:
            yield other
        elif other.dep_ == "prep" and (other.lower_ == "as" and verb.lemma_ in _AS):
            yield from (c for c in other.children if c.dep_ in ("pobj", "amod", "acomp"))
        elif (other.dep_ == "advmod" and other.lower_ in ("far",) and verb.lemma_ == "be") or (
            other.dep_ == "ccomp" and other.pos_ == "ADJ" and other.i != child.i
        ):
            yield other
    if verb.lemma_ in _CALLING:
        last = verb.right_edge
        while last.is_punct and last.i > verb.i:
            last = last.nbor(-1)
        if last.pos_ in ("ADJ", "ADV", "NOUN") and last.i > verb.i + 1:
            yield last


def _is_checking(verb: Token) -> bool:
    """ "Is verifying", "will investigate", "looks into"; a finished check is a fact of its own."""
    if verb.pos_ not in ("VERB", "AUX") or verb.tag_ not in ("VBG", "VBP", "VBZ", "VB"):
        return False
    lemma = verb.lemma_.lower()
    if lemma == "look":
        return any(child.lower_ == "into" for child in verb.rights)
    return lemma in CHECKS and lemma not in ("doubt", "question")
