"""The dependency parse as every room of reading walks it: the root of a stretch, a verb's subject, a noun's phrase.

Dependency labels and tags are those of spaCy's English pipelines (ClearNLP labels, Penn Treebank tags).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]
"""Tokens of a document, from the first to the one behind the last."""

RELATIVE = frozenset({"WP", "WDT", "WP$"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
"""Labels of a subject, an expletive ("there") among them."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "MD"})
"""Tags of finite verbs, modals, and participles, which stand for a finite verb where an auxiliary is left out."""

VERBAL = frozenset({"VERB", "AUX"})
"""Parts of speech of verbs."""

ADDING = frozenset({"say", "add", "note", "claim", "argue", "insist", "warn", "tell", "write", "explain", "call"})
"""Verbs that, as "saying" behind an object, go on with the subject: "Bell played down the fire, saying ..."."""


def root_of(doc: Doc, stretch: Range) -> Token:
    """Return the token of a stretch whose head lies outside it: looked for from the left, thirty tokens at most."""
    start, end = stretch
    for i in range(start, min(end, start + 30)):
        head = doc[i].head.i
        if head == i or not start <= head < end:
            return doc[i]
    return doc[start]


def subject_of(token: Token) -> Token | None:
    """Return who does what a verb says: its subject, that of the verb it hangs on, or the noun it describes."""
    seen = 0
    verb = _goes_on_from(token)
    while seen < 4:
        passive = None
        for child in verb.children:
            if child.dep_ in ("nsubj", "csubj", "expl"):
                return child
            if child.dep_ == "agent":
                for grandchild in child.children:
                    if grandchild.dep_ == "pobj":
                        return grandchild
            if child.dep_ == "nsubjpass":
                passive = child
        if passive is not None:
            return passive
        if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.dep_ == "dobj" and verb.lemma_ in ADDING:
            verb = verb.head.head
            seen += 1
            continue
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep") or verb.head.i == verb.i:
            return None
        verb = verb.head
        seen += 1
    return None


def _goes_on_from(verb: Token) -> Token:
    """The verb whose subject goes on with "adding": of "Bell said prices would fall, adding that ..." not "fall"."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.lemma_ not in ADDING:
        return verb
    inner = verb.head
    by = own_subject(inner)
    if inner.dep_ != "ccomp" or inner.head.i > inner.i or by is None or by.ent_type_ or by.tag_ not in ("NN", "NNS"):
        return verb
    return inner.head


def span_of(token: Token) -> Range:
    """Return the noun phrase that a token heads, without what follows it as a clause of its own."""
    end = token.right_edge.i + 1
    for child in token.rights:
        if child.dep_ == "relcl":
            end = min(end, child.left_edge.i)
    return trimmed(token, token.left_edge.i, end)


def trimmed(token: Token, start: int, end: int) -> Range:
    """Return the range without punctuation and space at its edges; quotation marks stay."""
    doc = token.doc
    while end > start + 1 and (doc[end - 1].text in ",;:—–-." or doc[end - 1].is_space):
        end -= 1
    while start + 1 < end and (doc[start].text in ",;:—–-" or doc[start].is_space):
        start += 1
    return start, end


def own_subject(verb: Token) -> Token | None:
    """Return the subject of a verb itself, also where the parser hangs it on the auxiliary."""
    found = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if found is None:
        borne = (c for aux in verb.lefts if aux.dep_ in ("aux", "auxpass") for c in aux.lefts if c.dep_ in SUBJECTS)
        found = next(borne, None)
    return found


def borrowed_subject(verb: Token) -> Token | None:
    """Return the subject that a verb without one shares with the verb it is joined to, or the noun that it describes.

    None where another clause stands between the two: then the second verb may as well belong to that clause.
    """
    seen, last = 0, verb
    while seen < 6:
        by = own_subject(verb)
        if by is not None:
            return antecedent(by) if is_next(verb, last) else None
        if verb.dep_ in ("relcl", "acl") and verb.head.i < verb.i:
            return verb.head if is_next(verb, last) else None
        if verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
        seen += 1
    return None


def is_next(first: Token, second: Token) -> bool:
    """Return whether no other finite clause with a subject of its own stands between two verbs."""
    doc = first.doc
    for i in range(first.i + 1, second.i):
        verb = doc[i].head
        if (doc[i].dep_ == "mark" and doc[i].lower_ != "that") or doc[i].tag_ == "WRB" or doc[i].lower_ == "as":
            return False
        if doc[i].dep_ in SUBJECTS and first.i < verb.i < second.i and verb.tag_ in FINITE:
            return False
    return True


def antecedent(by: Token) -> Token:
    """The noun that a relative pronoun stands for, also in "which police believe were stolen"; else the word itself."""
    verb = by.head
    while by.tag_ in RELATIVE and verb.dep_ == "ccomp" and verb.head.dep_ in ("relcl", "ccomp") and verb.head.i > by.i:
        verb = verb.head
    return verb.head if by.tag_ in RELATIVE and verb.dep_ == "relcl" and verb.head.i < by.i else by
