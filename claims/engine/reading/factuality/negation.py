"""Where a negation counts: on the verb, its subject, object or complement, and in a few phrases; nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = lexicon("not n't never no neither nor nobody none nothing without")
_ADVERBS = lexicon("never neither nor hardly scarcely barely nowhere")
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "expl", "acomp"})
_PRONOUNS = lexicon("none nobody nothing neither no-one")
_ONLY = lexicon("only just merely simply solely alone least")
"""Not only X but Y: both are so."""
_COMPARING = lexicon("fewer less more later longer sooner other worse better different")
_NO_DOUBT = lexicon("doubt wonder secret surprise mistake stranger denying question matter coincidence accident")
_CIRCUMSTANCES = lexicon("way circumstance account point time stage mean event case")


def negated(token: Token) -> bool:
    """Return whether the clause of a verb is negated, by itself or through a "no" on its subject, object or complement.

    The parser may hang either on the auxiliary. Two negations cancel out. "No injuries were reported" is negated; "with
    no warning" negates nothing.
    """
    borne = (c for aux in token.lefts if aux.dep_ in ("aux", "auxpass") for c in aux.children)
    count = sum(_negates(child) for child in (*token.children, *borne)) + (_yet_to(token) or _neither(token))
    return count % 2 == 1


def _negates(child: Token) -> bool:
    if child.dep_ == "neg" or (child.lower_ == "not" and child.dep_ in ("advmod", "preconj")):
        return not is_only(child)
    if child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in _ADVERBS:
        return child.dep_ != "cc" or not _neither(child.head)
    if child.dep_ in ("acomp", "oprd") and any(c.dep_ == "neg" and not is_only(c) for c in child.lefts):
        return True  # "pleaded not guilty", "was found not eligible"
    if child.dep_ == "dobj" and child.lemma_ == "innocence":
        return True  # "protested his innocence": it was not so
    if child.dep_ == "advmod" and child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
        return child.nbor(-1).head.i == child.i  # else the "no" hangs on the verb, and is counted there
    if child.dep_ in _ARGUMENTS:
        return empty(child) or (child.dep_ == "dobj" and child.lower_ == "little" and child.head.lemma_ == "do")
    if child.dep_ == "prep":
        return any(c.dep_ == "pobj" and c.lemma_ in _CIRCUMSTANCES and empty(c) for c in child.children)
    return False


def is_only(word: Token) -> bool:
    """Return whether a "not" stands in "not only", "not just", "not least"."""
    following = word.nbor() if word.i + 1 < len(word.doc) else None
    return following is not None and following.lower_ in _ONLY


def _neither(verb: Token) -> bool:
    """ "neither confirmed nor denied": the second verb is negated by the first's "neither"."""
    return verb.dep_ == "conj" and any(child.lower_ in ("neither", "nor") for child in verb.head.children)


def _yet_to(verb: Token) -> bool:
    """ "has yet to publish", "is yet to be seen": what it has yet to do, it has not done."""
    if verb.lemma_ not in ("have", "be", "remain"):
        return False
    return any(child.lower_ == "yet" for child in verb.children) and any(
        child.dep_ in ("xcomp", "ccomp", "advcl") and any(c.tag_ == "TO" for c in child.lefts) for child in verb.rights
    )


def empty(noun: Token) -> bool:
    """Return whether a noun stands for nobody and nothing: "no soldier", "neither driver nor guard", "nobody".

    Not "no doubt", "no fewer than 40", "no-fly zone", "nothing less than".
    """
    if noun.lower_ in _PRONOUNS or (noun.lower_ == "one" and any(c.lower_ == "no" for c in noun.lefts)):
        return not any(child.lower_ in ("less", "short", "but") for child in noun.children)
    if noun.lemma_.lower() in _NO_DOUBT:
        return False
    return has_no(noun)


def has_no(noun: Token) -> bool:
    """Return whether a noun has a "no" before it, also where that says nothing against the clause ("no doubt")."""
    return any(_no(child) for child in noun.lefts) or any(
        child.dep_ == "nummod" and any(_no(c) for c in child.lefts) for child in noun.lefts
    )


def _no(word: Token) -> bool:
    if word.lower_ == "neither":
        return word.dep_ in ("det", "neg", "preconj", "cc", "advmod")
    if word.lower_ != "no" or word.dep_ not in ("det", "neg"):
        return False
    following = word.nbor()
    return following.lower_ not in _COMPARING and not following.text.startswith("-") and following.text != "."
