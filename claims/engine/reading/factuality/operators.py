"""What stands at a verb itself: negation, a modal, a condition, a question, an order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import table
from claims.engine.lexicon.words import lexicon
from claims.engine.reading.factuality.approximators import nearly_happened
from claims.engine.reading.factuality.negation import empty, negated
from claims.engine.reading.factuality.signatures import (
    ASKED,
    COUNTERFACTUAL,
    HYPOTHETICAL,
    PLANNED,
    PREDICTED,
    Commitment,
    commitment_of,
)
from claims.engine.reading.syntax import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

_AUXILIARIES = frozenset({"aux", "auxpass"})
_OPEN_FUTURE = lexicon("will would 'll ’ll 'd ’d could can may might shall should ca wo")
_FUTURE = lexicon("will 'll ’ll shall wo")
_LATER = lexicon("later eventually subsequently ultimately")
_VERBS = frozenset({"VERB", "AUX"})


@cache
def conditions() -> dict[str, Commitment]:
    """Return the words that open a clause without commitment to it, each with how the clause stands."""
    return {row["mark"]: commitment_of(row["value"]) for row in table("en/conditions")}


def standing(node: Token, outer: Commitment) -> Commitment:
    """Return how the clause of ``node`` stands where what is around it gives it ``outer``."""
    if node.pos_ not in _VERBS:
        counted = node.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl", "acomp")
        return outer.negated() if not counted and empty(node) else outer
    state = outer
    modal = _modal(node)
    if modal is not None:
        state = state.weakened(modal)
    elif _is_order(node):
        state = state.weakened(ASKED)
    if _is_question(node):
        state = state.weakened(ASKED if _presupposes(node) else Commitment(ASKED.factuality, -1))
    return state.negated() if negated(node) != nearly_happened(node) else state


def _modal(node: Token) -> Commitment | None:
    """Return what a modal, or a condition on which the clause hangs, makes of it."""
    found = [child for child in node.lefts if child.dep_ in _AUXILIARIES]
    words = {child.lower_ for child in found}
    if words & _OPEN_FUTURE and any(is_condition(child) for child in node.children):
        return HYPOTHETICAL
    perfect = any(child.lower_ in ("have", "'ve", "’ve", "of") for child in found)
    if words & {"would", "'d", "’d"} and (_has_bare_form(node) or perfect):
        if any(child.lower_ in _LATER for child in node.children):
            return None
        return COUNTERFACTUAL if perfect else PLANNED if _backshifted(node) else HYPOTHETICAL
    if words & {"should", "ought"}:
        return Commitment(ASKED.factuality, -1) if perfect else ASKED
    if "could" in words and not negated(node):
        return HYPOTHETICAL
    return PREDICTED if words & _FUTURE else None


def _has_bare_form(node: Token) -> bool:
    """Return whether a verb is an infinitive: "he'd" before it is "he would"; before a participle "he had"."""
    return node.tag_ == "VB" or any(child.dep_ in _AUXILIARIES and child.tag_ == "VB" for child in node.lefts)


def _backshifted(node: Token) -> bool:
    """ "Said it would close": the future, told in the past by who commits to it."""
    top = node
    while top.dep_ == "conj":
        top = top.head
    return top.dep_ == "ccomp" and top.head.tag_ in ("VBD", "VBN") and top.head.pos_ == "VERB"


def is_condition(clause: Token) -> bool:
    """Return whether a clause is what another hangs on: "if ...", "unless ...", "had he known", "should it fail"."""
    if clause.dep_ != "advcl":
        return False
    marks = [c for c in clause.lefts if c.lower_ in ("if", "unless", "provided", "providing") and c.dep_ == "mark"]
    if marks:
        before = marks[0].nbor(-1).lower_ if marks[0].i else ""
        return before not in ("even", "as")
    return is_inverted(clause)


def is_inverted(clause: Token) -> bool:
    """Return whether an auxiliary stands before the subject of a clause: "had the brakes worked", "should it rain"."""
    first = next(iter(clause.lefts), None)
    subject = next((c for c in clause.lefts if c.dep_ in SUBJECTS), None)
    if first is None or subject is None or first.i > subject.i:
        return False
    return first.dep_ in _AUXILIARIES and first.lower_ in ("had", "should", "were")


def adverbial(clause: Token) -> Commitment | None:
    """Return how an adverbial clause stands by the word that opens it; None where it is told as it is."""
    marks = [c for c in clause.lefts if c.dep_ in ("mark", "advmod", "prep")]
    for mark in marks:
        if mark.lower_ == "if" and mark.i and mark.nbor(-1).lower_ == "as":
            return COUNTERFACTUAL
        if mark.lower_ == "though" and mark.i and mark.nbor(-1).lower_ == "as":
            return COUNTERFACTUAL
        if mark.lower_ in conditions():
            return conditions()[mark.lower_]
        if mark.lower_ in ("until", "till", "before") and clause.tag_ in ("VBP", "VBZ", "VB", "VBN"):
            past = any(child.lower_ in ("was", "were", "had") for child in clause.lefts)
            return None if past else HYPOTHETICAL
        if mark.lower_ == "long" and any(c.lower_ == "as" for c in mark.children):
            return HYPOTHETICAL
    return HYPOTHETICAL if is_inverted(clause) else None


def opened_by(clause: Token) -> Commitment | None:
    """Return how a clause stands by the words that open it, where the parser does not see that they do.

    They end just before the clause or with its first word: "in case | the pumps fail", "as long | as it holds".
    """
    first, doc = clause.left_edge, clause.doc
    before = " ".join(t.lower_ for t in doc[max(clause.sent.start, first.i - 4) : first.i])
    for text in (f" {before} {first.lower_}", f" {before}"):
        for words, standing_so in sorted(conditions().items(), key=lambda row: -len(row[0])):
            if words not in ("whether", "assuming", "supposing") and text.endswith(f" {words}"):
                return standing_so
    return None


def _is_question(node: Token) -> bool:
    """Return whether a clause is what a sentence with a question mark asks."""
    top = node
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ != "ROOT" and not (top.dep_ == "ccomp" and top.i < top.head.i):
        return False
    doc, end = node.doc, min(node.sent.end, node.right_edge.i + 3)
    return any(doc[i].text == "?" for i in range(node.i + 1, end)) if node.dep_ != "ROOT" else _asks(node)


def _presupposes(node: Token) -> bool:
    """ "Why did it close?" takes for granted that it closed."""
    return any(child.tag_ == "WRB" for child in node.lefts)


def _asks(root: Token) -> bool:
    sentence = root.sent
    return any(root.doc[i].text == "?" for i in range(max(sentence.start, sentence.end - 3), sentence.end))


def _is_order(node: Token) -> bool:
    """ "Close the bridge.": a bare verb that opens a sentence, without a subject."""
    if node.tag_ != "VB" or node.dep_ != "ROOT" or node.sent[-1].text not in (".", "!", '"', "”", "’", "'"):
        return False
    return node.n_rights > 1 and all(
        c.dep_ in ("neg", "advmod", "intj", "punct") or c.lower_ in ("do", "please") for c in node.lefts
    )
