"""Whether a text commits to a proposition: composed along the parse, from the sentence's root down to its verb.

At each node stand operators (negation, modal, condition, question: ``operators``); at each edge a predicate says what
becomes of its complement (``signatures``). "The firm did not manage to avoid closing the mill" is read from the left:
not managed, so not avoided, so closed. A clause that stands beside, and is no complement, is outside of what negates or
doubts the clause it hangs on: "no deaths since 1998, when a ferry sank" says that a ferry sank.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import CLAIM_NOUNS, POLICIES, lexicon
from claims.engine.reading.factuality.complements import CLAUSES, OBJECTS, is_claim, kind_of, signature
from claims.engine.reading.factuality.negation import empty, has_no
from claims.engine.reading.factuality.operators import adverbial, opened_by, standing
from claims.engine.reading.factuality.signatures import (
    ASKED,
    ASSERTED,
    COUNTERFACTUAL,
    DEFAULTS,
    DENIED,
    HYPOTHETICAL,
    PLANNED,
    Commitment,
    listed,
)
from claims.engine.reading.syntax import Range, own_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST = 8
_ASIDE = frozenset({"relcl", "appos"})
_MODIFIERS = frozenset({"acomp", "compound", "poss", "amod", "nummod", "quantmod", "det", "nmod"})
_PASSING = frozenset({"prep", "agent"})
_BACKGROUND = lexicon("while whereas although though because since after as")
_LIGHT = frozenset({"do", "have", "be"})
_INSTEAD = lexicon("without instead rather")
_SETTING = lexicon("be come stand remain stay get go hover teeter sit bring")
_BARE = frozenset({"VB", "VBN", "VBG"})

Edge = tuple["Token", tuple["Token", ...]]
"""A token, and the prepositions by which it hangs on the one before it."""


def commitment(event: Token) -> Commitment:
    """Return how ``event``, a verb or another head of a proposition, stands in its sentence."""
    return _composed(event)[1]


def around(event: Token) -> Commitment:
    """Return how the clause of ``event`` stands as it is worded, with its own negation and modal as part of it."""
    return _composed(event)[0]


def _composed(event: Token) -> tuple[Commitment, Commitment]:
    """The standing that what is around an event gives it, and the one it comes to by what stands at it."""
    path = _path(event)
    top, outer = path[0][0], ASSERTED
    own = standing(top, outer)
    for child, prepositions in path[1:]:
        outer = _below(top, child, prepositions, outer, own)
        top, own = child, standing(child, outer)
    return outer, own


def stated(root: Token, stretch: Range) -> Commitment:
    """Return how the statement stands whose main verb is ``root``: what it comes to in the end.

    "Failed to sign" states that nobody signed, "plans to sign" that it is planned: so the way goes on below the verb,
    as long as a listed predicate with its complement stands in the stretch. A policy ("does not encourage") denies
    nothing.
    """
    if root.dep_ == "prep":  # "blamed | for the flood"
        root = next((child for child in root.rights if child.dep_ in ("pobj", "pcomp")), root)
    own, at = commitment(root), root
    if root.pos_ == "NOUN" and root.dep_ in OBJECTS:
        return own
    for _ in range(_DEEPEST):
        found = next(_further(at, own, stretch), None)
        if found is None:
            break
        at, own = found
    return ASSERTED if own == DENIED and at.lemma_.lower() in POLICIES else own


def under(cue: Token, kind: str = "that") -> Commitment:
    """Return how what a cue introduces stands where the parse does not join the two: "Norland denies: ..."."""
    from_table = signature(cue, cue)
    return (from_table or DEFAULTS[kind]).project(commitment(cue))


def _path(event: Token) -> list[Edge]:
    """The way from the sentence's root to a token, without the prepositions in between."""
    tokens = [event, *event.ancestors][::-1]
    found: list[Edge] = []
    waiting: tuple[Token, ...] = ()
    for token in tokens:
        if token.dep_ in _PASSING and found and token.i != event.i:
            waiting = (*waiting, token)
        else:
            found.append((token, waiting))
            waiting = ()
    return found


def _below(
    node: Token, child: Token, prepositions: tuple[Token, ...], outer: Commitment, own: Commitment
) -> Commitment:
    """Return how ``child`` stands for what is above it: ``node`` stands as ``own``, what is around it as ``outer``."""
    dep = child.dep_
    opened = opened_by(child) if child.pos_ in ("VERB", "AUX") and dep != "ccomp" else None
    if opened is not None:
        return Commitment(opened.factuality, outer.lean * opened.lean)
    if dep == "conj":
        return own if _shares(node, child) else outer
    if dep in _ASIDE or (dep == "acl" and child.tag_ in ("VBG", "VBN") and kind_of(child) != "that"):
        return _aside(node, child, own)
    if dep == "advcl":
        return _adverbial(node, child, outer, own)
    if prepositions and prepositions[0].lower_ in _INSTEAD:
        return outer.weakened(DENIED) if not outer.committed else DENIED
    if dep in CLAUSES:
        return _complement(node, child, prepositions, outer, own)
    if dep in OBJECTS:
        found = signature(node, child, prepositions)
        return found.project(own) if found is not None else own
    return own if dep in _MODIFIERS else outer


def _complement(
    node: Token, child: Token, prepositions: tuple[Token, ...], outer: Commitment, own: Commitment
) -> Commitment:
    kind = kind_of(child)
    if kind in ("whether", "which", "who", "how"):
        told = kind == "how" or (kind == "who" and own == ASSERTED)
        return ASSERTED if told else Commitment(ASKED.factuality, own.lean)
    noun = node.pos_ in ("NOUN", "PROPN")
    if noun and kind == "that" and node.lemma_.lower() in CLAIM_NOUNS:
        return own
    if kind == "to" and _too(node):
        return own.negated() if own.committed else own
    if kind == "to" and own == ASSERTED and _is_to(node, child):
        return PLANNED
    found = signature(node, child, prepositions)
    if child.dep_ == "ccomp" and child.i < node.i and (found is None or _apart(child, node)):
        return outer
    if found is not None and found.positive == PLANNED and kind == "that" and _is_past(child):
        return own  # "vowed that it had kept to the rules"
    if found is not None:
        doubted = noun and has_no(node) and not empty(node)
        return found.project(own.negated() if doubted else own)
    if prepositions:
        return outer
    return own if noun and kind == "that" else DEFAULTS[kind].project(own)


def _is_past(clause: Token) -> bool:
    """Whether a clause tells what was or has been, without a modal."""
    modal = any(child.tag_ == "MD" for child in clause.lefts)
    return not modal and (clause.tag_ in ("VBD", "VBN") or any(c.tag_ in ("VBD", "VBP", "VBZ") for c in clause.lefts))


def _apart(child: Token, node: Token) -> bool:
    """Whether a semicolon parts two clauses: "eighteen signed; Sark did not"."""
    return any(token.text == ";" for token in node.doc[child.i : node.i])


def _shares(node: Token, child: Token) -> bool:
    """Whether a joined verb stands under the auxiliary and the negation of the first: "did not stop or slow down"."""
    if child.pos_ not in ("VERB", "AUX"):
        return True
    bare = child.tag_ in _BARE and (child.tag_ == node.tag_ or child.tag_ == "VB")
    helped = any(c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in child.lefts)
    return bare and not helped and own_subject(child) is None


def _aside(node: Token, child: Token, own: Commitment) -> Commitment:
    """A clause that describes a noun: told as it is, unless the noun itself is nobody, or only imagined."""
    restrictive = node.pos_ == "NOUN" and child.left_edge.i > 0 and child.left_edge.nbor(-1).text != ","
    if not restrictive or child.dep_ == "appos":
        return ASSERTED
    if empty(node):
        return COUNTERFACTUAL
    article = next((c for c in node.lefts if c.dep_ == "det"), None)
    indefinite = article is None or article.lower_ in ("a", "an", "any")
    return own if indefinite and not own.committed else ASSERTED


def _adverbial(node: Token, child: Token, outer: Commitment, own: Commitment) -> Commitment:
    opened = adverbial(child)
    if opened is not None:
        return outer.weakened(opened)
    if kind_of(child) != "to":
        return ASSERTED if _told_beside(child, outer) else outer
    found = signature(node, child)
    if found is not None:
        return found.project(own)
    if _too(node) or (node.lemma_ == "do" and own.factuality is DENIED.factuality):
        return DENIED if own.lean > 0 or node.lemma_ == "do" else ASSERTED
    return outer.weakened(PLANNED)


def _told_beside(clause: Token, outer: Commitment) -> bool:
    """Whether a clause is told as a fact beside a plan, a wish or a demand: "saying that", "while the rich pay"."""
    if clause.tag_ == "VBG":
        report = listed((clause.lemma_.lower(),), "that")
        return report is not None and report.positive == ASSERTED
    told = outer.committed or outer.factuality is HYPOTHETICAL.factuality
    return not told and any(child.dep_ == "mark" and child.lower_ in _BACKGROUND for child in clause.lefts)


def _is_to(node: Token, child: Token) -> bool:
    """ "The king is to visit Riverton" is a plan; not "it is hard to say", nor "nobody is to blame"."""
    predicated = any(other.dep_ in ("acomp", "attr", "oprd", "expl") for other in node.children)
    return node.lemma_ == "be" and child.dep_ == "xcomp" and child.lemma_ != "blame" and not predicated


def _too(node: Token) -> bool:
    """ "Too weak to survive": whoever is, does not survive."""
    scale = [node, *(c for c in node.children if c.dep_ in ("acomp", "advmod"))]
    return any(c.lower_ == "too" and c.dep_ == "advmod" for token in scale for c in token.lefts)


def _further(node: Token, own: Commitment, stretch: Range) -> Iterator[tuple[Token, Commitment]]:
    """The complement of a listed predicate that a statement comes to, with how it stands."""
    for child, prepositions in _complements(node):
        if not stretch[0] <= child.i < stretch[1]:
            continue
        if _carries(node, child, prepositions):
            inner = next(_further(child, own, stretch), None)
            if inner is not None:
                yield inner
            continue
        kind = kind_of(child)
        found = signature(node, child, prepositions)
        light = kind == "to" and (
            _too(node) or (node.lemma_ in _LIGHT and (child.dep_ != "advcl" or node.lemma_ == "do"))
        )
        if found.tells_itself if found is not None else kind != "whether" and not light:
            continue
        astray = found is not None and child.dep_ == "compound"
        state = found.project(own) if found is not None and astray else _below(node, child, prepositions, own, own)
        if kind == "to" or state != ASSERTED:
            yield child, standing(child, state) if child.pos_ in ("VERB", "AUX") else state


def _carries(node: Token, child: Token, prepositions: tuple[Token, ...]) -> bool:
    """Whether the predicate goes on below a word: "is ready to", "stopped short of", "was on the verge of"."""
    if prepositions:
        return node.lemma_ in _SETTING and child.dep_ == "pobj" and child.pos_ == "NOUN"
    return child.dep_ == "advmod" or (child.dep_ in ("acomp", "attr", "oprd") and child.pos_ in ("ADJ", "NOUN", "VERB"))


def _complements(node: Token) -> Iterator[Edge]:
    """The words below a predicate that may be what it is about, each with its prepositions; its subject last."""
    for child in node.rights:
        if child.dep_ in ("oprd", "dobj"):  # "called the claim groundless", where the parser takes the claim to be part
            yield from ((c, ()) for c in child.lefts if c.dep_ == "compound" and is_claim(c))
        if child.dep_ in CLAUSES or child.dep_ in OBJECTS or child.dep_ in ("acomp", "advcl", "advmod"):
            yield child, ()
        elif child.dep_ == "prep":
            yield from ((c, (child,)) for c in child.rights if c.dep_ in ("pobj", "pcomp"))
    for child in node.lefts:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
            yield child, ()
