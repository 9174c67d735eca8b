"""What a speaker does with a proposition (asserts, denies, leaves open), and how firmly it is said.

Polarity has three values and is read from three places: the cue ("denied", "is investigating"), the claim noun that
the content may hang on ("dismissed the claim that ..."), and the main clause of the content ("did not", "no soldier",
"... is false"). Two denials cancel out; whatever is open stays open. A hedge ("allegedly") never changes the stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import CHECKS, CLAIM_NOUNS, CONFIRMS, DENIALS, FALSE, POLICIES, TRUE, UNCLEAR, lexicon
from claims.engine.reading.syntax import Range, root_of
from claims.engine.types import Hedge, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


NEGATIONS = lexicon("not n't never no neither nor nobody none nothing without")
_TRYING = lexicon("try seek attempt work decline refuse fail unable yet")

_HEDGES = {
    **dict.fromkeys(
        lexicon("allegedly alleged allege supposedly supposed purportedly purported so-called"),
        Hedge.ALLEGED,
    ),
    **dict.fromkeys(lexicon("reportedly rumoured rumored apparently"), Hedge.REPORTED),
    **dict.fromkeys(
        lexicon(
            "may might could possibly perhaps maybe probably likely potentially presumably seemingly suspect "
            "suspected seem appear unlikely"
        ),
        Hedge.POSSIBLE,
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Stance and hedge of one statement."""

    stance: Stance
    hedge: Hedge


def judge(doc: Doc, content: Range, cue: int | None = None) -> Verdict:
    """Read stance and hedge of a proposition: ``content`` is its token range, ``cue`` the word that introduces it."""
    inner = _of_content(doc, content)
    outer = _of_cue(doc[cue]) if cue is not None else Stance.ASSERTS
    return Verdict(_both(outer, inner), hedge_of(doc, content, cue))


def _both(outer: Stance, inner: Stance) -> Stance:
    if Stance.OPEN in (outer, inner):
        return Stance.OPEN
    return Stance.ASSERTS if outer == inner else Stance.DENIES


def _of_cue(cue: Token) -> Stance:
    """What the cue does: "denied", "is investigating", "could not confirm", "has yet to confirm"."""
    lemma = cue.lemma_.lower()
    governor = cue
    if cue.dep_ in ("dobj", "pobj") and cue.pos_ == "NOUN":
        governor = cue.head if cue.dep_ == "dobj" else cue.head.head
    shaky = negated(cue) or _tried(cue) or _neither(cue) or (governor.i != cue.i and negated(governor))
    if lemma in DENIALS or governor.lemma_.lower() in DENIALS or _rules_out(cue):
        return Stance.OPEN if shaky else Stance.DENIES
    if lemma == "look" and any(child.lower_ == "into" for child in cue.children):
        return Stance.OPEN
    if lemma in CHECKS and not (lemma == "verify" and cue.tag_ in ("VBD", "VBN") and not shaky):
        return Stance.OPEN
    if lemma in CONFIRMS and shaky:
        return Stance.OPEN
    return Stance.DENIES if shaky and lemma in ("true", "believe", "claim", "think") else Stance.ASSERTS


def _neither(cue: Token) -> bool:
    """ "neither confirmed nor denied"."""
    return cue.dep_ == "conj" and any(child.lower_ in ("neither", "nor") for child in cue.head.children)


def _rules_out(cue: Token) -> bool:
    return cue.lemma_ == "rule" and any(child.lower_ == "out" for child in cue.children)


def _tried(cue: Token) -> bool:
    """ "is trying to confirm", "has yet to say", "declined to confirm"."""
    if cue.dep_ in ("xcomp", "ccomp", "advcl") and cue.head.lemma_.lower() in _TRYING | {"have", "be"}:
        return cue.head.lemma_.lower() in _TRYING or any(child.lower_ == "yet" for child in cue.head.children)
    return any(child.lower_ == "yet" for child in cue.children) and any(child.lower_ == "to" for child in cue.children)


def negated(token: Token) -> bool:
    """Whether the clause of a verb is negated, by itself or through a "no" on its subject, object or complement."""
    count = 0
    for child in token.children:
        if (
            child.dep_ == "neg"
            or (child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in ("never", "neither", "nor"))
            or (child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl") and _empty(child))
        ):
            count += 1
    return count % 2 == 1


def _empty(noun: Token) -> bool:
    """ "no soldier", "neither driver nor guard", "nobody"; not "no doubt", "no longer", "nothing less than"."""
    if noun.lower_ in ("none", "nobody", "nothing", "neither"):
        return not any(child.lower_ in ("less", "short", "but") for child in noun.children)
    if noun.lemma_ in ("doubt", "wonder", "secret"):
        return False
    return any(
        (child.lower_ in ("no", "neither") and child.dep_ in ("det", "neg"))
        or (child.lower_ == "neither" and child.dep_ in ("preconj", "cc", "advmod"))
        for child in noun.lefts
    )


def _of_content(doc: Doc, content: Range) -> Stance:
    root = root_of(doc, content)
    if root.lemma_ == "look" and any(child.lower_ == "into" for child in root.children) and _continuing(root):
        return Stance.OPEN
    if root.lemma_.lower() in CHECKS and root.pos_ in ("VERB", "AUX") and _continuing(root):
        return Stance.OPEN
    if root.tag_ == "NN" and root.lemma_.lower() in DENIALS:
        return Stance.DENIES
    judged = _predicate(root, content)
    if judged is not None:
        return judged
    if root.lemma_.lower() in CONFIRMS and root.pos_ == "VERB" and (negated(root) or _tried(root)):
        return Stance.OPEN
    if any(child.lower_ in ("whether", "if") and child.dep_ == "mark" for child in root.lefts) and root.dep_ == "ccomp":
        return Stance.OPEN
    if _yet_to(root):
        return Stance.OPEN
    negative = (negated(root) and root.lemma_.lower() not in POLICIES) or (
        root.pos_ in ("NOUN", "PROPN") and _empty(root)
    )
    return Stance.DENIES if negative else Stance.ASSERTS


def _continuing(root: Token) -> bool:
    """ "is verifying", "will investigate", "investigates"; a finished check is a fact of its own."""
    return root.tag_ in ("VBG", "VBP", "VBZ", "VB")


def _yet_to(root: Token) -> bool:
    return any(c.dep_ == "xcomp" and c.lemma_ in CONFIRMS and _tried(c) for c in root.children) or (
        root.lemma_ in ("remain",) and any(c.lemma_ in UNCLEAR for c in root.children)
    )


def _predicate(root: Token, content: Range) -> Stance | None:
    """ "The claim that X is false", "it is not true that X", "it is unclear whether X"; else None."""
    if root.lemma_ not in ("be", "call", "remain", "describe", "brand", "label"):
        return None
    words = [c for c in root.children if c.dep_ in ("acomp", "attr", "oprd") and content[0] <= c.i < content[1]]
    if not words and root.lemma_ != "be":
        words = [t for t in root.doc[max(root.i, content[1] - 2) : content[1]] if t.lemma_.lower() in FALSE]
    if not words:
        return None
    lemma = words[0].lemma_.lower()
    if lemma in UNCLEAR:
        return Stance.OPEN
    about = any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj", "dobj") and _is_claim(c) for c in root.children)
    if lemma in FALSE and about:
        return Stance.ASSERTS if negated(root) else Stance.DENIES
    if lemma in TRUE and about:
        return Stance.DENIES if negated(root) else Stance.ASSERTS
    return None


def _is_claim(token: Token) -> bool:
    return token.lemma_.lower() in CLAIM_NOUNS or token.lower_ in ("it", "this", "that", "they", "these", "those")


def hedge_of(doc: Doc, content: Range, cue: int | None = None) -> Hedge:
    """The first hedge on the way from the cue to the main clause; one inside a sub-clause counts for that clause."""
    if cue is not None:
        own = _HEDGES.get(doc[cue].lemma_.lower()) or next(
            (_HEDGES[c.lower_] for c in doc[cue].lefts if c.lower_ in _HEDGES), None
        )
        if own:
            return own
    for i in range(content[0], min(content[1], content[0] + 60)):
        token = doc[i]
        found = _HEDGES.get(token.lower_) or (_HEDGES.get(token.lemma_) if token.pos_ == "VERB" else None)
        if (
            found
            and not (token.lower_ == "may" and token.pos_ == "PROPN")
            and not (token.lower_ == "could" and negated(token.head))
        ):
            return found
    return Hedge.NONE
