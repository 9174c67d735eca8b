"""What the fitted model looks at in a candidate: names of the features that hold, each worth its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.engine.reading.attribution.candidates import Candidate
from claims.engine.reading.syntax import root_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LENGTHS = (1, 2, 4, 8, 16, 32, 64)
_MARKS = frozenset('“”"„«»‘’')


def features(doc: Doc, candidate: Candidate, quoted: Sequence[int]) -> Iterator[str]:
    """The features of one candidate. ``quoted[i]`` is the number of the quotation of token i, or -1."""
    cue = doc[candidate.cue]
    kind, lemma = candidate.kind, cue.lemma_.lower()
    who = _who(doc, candidate.head)
    first, last = candidate.content[0], candidate.content[-1]
    opening, closing = doc[first[0]], doc[last[1] - 1]
    marks = (opening.text in _MARKS) + 2 * (closing.text in _MARKS)
    inside = quoted[cue.i] >= 0
    within = quoted[first[0]] >= 0 and not inside
    length = sum(b - a for a, b in candidate.content)
    bucket = sum(length > x for x in _LENGTHS)
    yield "k=" + kind
    yield "l=" + lemma
    yield f"kl={kind}|{lemma}"
    yield "s=" + who
    yield f"ks={kind}|{who}"
    yield f"t={cue.tag_}|{_auxiliary(cue)}"
    yield f"kq={kind}|{marks}|{int(inside)}|{int(within)}"
    yield f"q={marks}|{int(inside)}|{int(within)}"
    yield f"kn={kind}|{bucket}"
    yield f"o={kind}|{opening.lower_}" if opening.is_stop else f"o={kind}|*{opening.pos_}"
    yield f"d={kind}|{cue.dep_}"
    if cue.dep_ in ("xcomp", "ccomp", "conj", "pcomp", "relcl", "acl", "advcl"):
        yield f"g={cue.dep_}|{cue.head.lemma_.lower()}"
    if candidate.head is not None:
        yield "sl=" + doc[candidate.head].lemma_.lower()
        if who in ("PRON", "PERSON"):
            yield "sp=" + lemma
    inner = root_of(doc, first)
    yield f"c={kind}|{inner.tag_}"
    yield "cl=" + inner.lemma_.lower()
    yield f"lcl={lemma}|{inner.pos_}"
    if cue.i + 1 < len(doc):
        yield f"n={kind}|{doc[cue.i + 1].tag_}"


def _who(doc: Doc, head: int | None) -> str:
    if head is None:
        return "none"
    token = doc[head]
    if token.ent_type_:
        return str(token.ent_type_)
    if token.pos_ == "PRON":
        return "it" if token.lower_ in ("it", "this", "that", "which", "there") else "PRON"
    return str(token.pos_)


def _auxiliary(cue: Token) -> str:
    for child in cue.lefts:
        if child.dep_ == "neg" or child.tag_ == "MD" or child.dep_ == "auxpass":
            return str(child.lemma_.lower())
    return ""
