"""Which figure a statement is about; one statement for each of several."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import words
from claims.engine.reading.quantities.context import is_standard
from claims.engine.reading.statements.clauses import FIGURES, Statement
from claims.engine.reading.statements.segmentation import bare
from claims.engine.reading.syntax import Range, root_of
from claims.engine.types import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "decade", "century"})
_ATTRIBUTE = re.compile(r"[-‐‑][a-z]")
_SPAN_LENGTH = 40
_SPAN = re.compile(
    r"\b(?:in|over|during|for|from|across|throughout|within|after|before)\s(?:the|their|its|his|her|our|my|these|those)\s"
    rf"(?:{'|'.join(sorted(words('en/span_words')))})\s(?:some\s|about\s|nearly\s)?$",
    re.IGNORECASE,
)
"""What makes a number of things a span of them: "in their last five games"."""
_TIMES_AS = re.compile(r"\s(?:as|more|less|fewer|the\s\w+\sof|that|those|its|their|\w+er)\b", re.IGNORECASE)
_VAGUE = frozenset({"point", "time", "thing", "way", "reason", "side", "hand", "case", "part", "kind", "example"})
_NO_NUMBERS = frozenset({"dozens", "scores", "tens", "hundreds", "thousands", "millions", "billions", "trillions"})
"""Words that only say "many": no figure of a statement that is about something else."""
_APART = frozenset({"conj", "relcl", "acl", "advcl", "ccomp", "parataxis", "dobj"})
"""A figure gets a statement of its own where the phrase around it is joined on, or has a role of its own."""

_CLAUSES = frozenset({"relcl", "acl", "advcl", "pcomp", "ccomp"})
_MEASURES = frozenset({"since", "than", "unlike", "like", "as"})
"""What opens that by which a statement is measured."""


def per_figure(
    doc: Doc, statement: Statement, found: Sequence[Quantity]
) -> Iterator[tuple[Range, Range, Quantity | None]]:
    """(What is said, its quote, its figure) for each figure that counts something; one without, where none does."""
    start, end = statement.stretch
    last = doc[end - 1].idx + len(doc[end - 1])
    inside = [f for f in found if f.span.start >= doc[start].idx and f.span.end <= last and counts(doc, f, start, end)]
    inside = [f for f in inside if not is_standard(doc[start:end].text[: f.span.start - doc[start].idx])]
    inside = [f for f in inside if not (_is_vague(f) and _nested(doc, _anchor(doc, f, start, end), start, end))]
    anchors = [_anchor(doc, f, start, end) for f in inside]
    parts = {
        n: bare(doc, part)
        for n, anchor in enumerate(anchors[1:], 1)
        if _splits(inside[n])
        and (part := _apart(doc, anchor, {a for a in anchors if a != anchor}, start, end)) is not None
        and doc[part[0] - 1].text != "("
    }
    own = {n for n, anchor in enumerate(anchors) if not elsewhere(doc, anchor, start, end)}
    if not parts:
        yield statement.stretch, statement.quote, main([f for n, f in enumerate(inside) if n in own])
        return
    cut = min(part[0] for part in parts.values())
    closing = end - max(part[1] for part in parts.values()) < 3
    first = bare(doc, (start, cut)) if closing and cut - start >= 3 else (start, end)
    yield first, first, main([f for n, f in enumerate(inside) if n in own and n not in parts])
    for number, part in parts.items():
        if part != first:
            yield part, part, inside[number]


def elsewhere(doc: Doc, at: int, start: int, end: int) -> bool:
    """Whether a figure stands in a clause about another event: "the worst since 1998, when 31 people died".

    Such a clause hangs on a date that is past, or on what a statement is measured by ("since", "than", "unlike").
    """
    token, root = doc[at], root_of(doc, (start, end))
    clausal = False
    for _ in range(20):
        if token.i == root.i or token.head.i == token.i or not start <= token.head.i < end:
            return False
        clausal = clausal or token.dep_ in _CLAUSES
        if token.dep_ in _CLAUSES and (_dated(doc, token, start) or _opens(token, _MEASURES)):
            return True
        token = token.head
        if clausal and token.dep_ in ("prep", "mark") and token.lower_ in _MEASURES:
            return True
    return False


def is_elsewhere(doc: Doc, figure: Quantity, start: int, end: int) -> bool:
    """Return whether a figure of a stretch of words stands in a clause about another event."""
    return elsewhere(doc, _anchor(doc, figure, start, end), start, end)


def _dated(doc: Doc, verb: Token, start: int) -> bool:
    """Whether a clause with "when" tells of a day or a year named right before it."""
    i = int(verb.left_edge.i)
    if i - 1 > start and doc[i].lower_ in ("in", "on", "during") and doc[i + 1].lower_ == "which":
        return _is_date(doc[i - 1 - (doc[i - 1].text == ",")])
    if i - 1 <= start or doc[i].lower_ not in ("when", "where"):
        return False
    return _is_date(doc[i - 1 - (doc[i - 1].text == ",")])


def _is_date(token: Token) -> bool:
    return token.ent_type_ == "DATE" or (token.like_num and len(token.text) == 4)


def _opens(verb: Token, openers: frozenset[str]) -> bool:
    return any(c.dep_ in ("mark", "prep", "advmod") and c.lower_ in openers and c.i < verb.i for c in verb.lefts)


def _splits(figure: Quantity) -> bool:
    """Counts, money and shares may be claims of their own; lengths and weights beside them hardly are."""
    return bool(figure.counted) or not figure.unit or figure.unit == "percent" or figure.unit[:3].isupper()


def completed(doc: Doc, figures: Sequence[Quantity], earlier: str) -> list[Quantity]:
    """Figures that leave out what they count, given it: "two", "155 of them", "a lower figure of 155".

    ``earlier`` is what was counted last in the sentences before; only "of them" and the like reach back that far.
    """
    result: list[Quantity] = []
    for figure in figures:
        if not figure.unit and (not figure.counted or figure.counted.rsplit(" ", 1)[-1] in FIGURES):
            before = next((f.counted for f in reversed(result) if f.counted and not f.unit), "")
            token = _token_at(doc, figure)
            if not before and token is not None:
                before = earlier if _of_them(token) else _same_deed(token)
            figure = replace(figure, counted=before or figure.counted)
        result.append(figure)
    return result


def _token_at(doc: Doc, figure: Quantity) -> Token | None:
    span = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    return span[-1] if span is not None and len(span) else None


def _of_them(token: Token) -> bool:
    following = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return len(following) == 2 and following[0] == "of" and following[1] in ("them", "these", "those", "whom")


def _same_deed(token: Token) -> str:
    """ "has sent troops, and may have sent some 10,000": what the same verb had for its object."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubj", "nsubjpass") or verb.pos_ != "VERB":
        return ""
    for other in token.doc[verb.sent.start : verb.i]:
        if other.lemma_ == verb.lemma_:
            found = next((c for c in other.children if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
            if found is not None:
                return str(found.lemma_.lower())
    return ""


def counts(doc: Doc, figure: Quantity, start: int, end: int) -> bool:
    """Whether a figure may be what a statement is about: no age, no "one of the ...", no span of time or of things.

    A number that is one word with a noun describes another thing: "a three-bedroom house" counts no bedrooms. How long
    something lasted or is to last ("jailed for 30 months") is no span that only says when.
    """
    if figure.unit in _TIMES:
        return _lasts(doc, figure)
    if _SPAN.search(doc.text, max(0, figure.span.start - _SPAN_LENGTH), figure.span.start):
        return False
    if figure.unit == "time":
        return figure.text.lower().endswith(("fold", "twice", "thrice")) or bool(
            _TIMES_AS.match(doc.text, figure.span.end)
        )
    if not figure.unit and _ATTRIBUTE.match(doc.text, figure.span.end):
        return False
    if figure.unit.endswith("of age") or not math.isfinite(figure.value):
        return False
    if figure.counted.rsplit(" ", 1)[-1] in _VAGUE or figure.unit in _VAGUE:
        return False
    if figure.value == 1 and figure.text.lower().split()[-1:] == ["one"]:
        after = _anchor(doc, figure, start, end) + 1
        return after < len(doc) and doc[after].lower_ != "of" and doc[after].pos_ not in ("VERB", "AUX", "PUNCT")
    return True


def _lasts(doc: Doc, figure: Quantity) -> bool:
    """Whether a length of time is what is told: "lasted 12 days", "banned for three years", "a two-year ceasefire"."""
    span = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    at = span.root
    lasting = words("en/lasting")
    if at.dep_ in ("compound", "amod", "nummod", "npadvmod", "nmod") and at.head.lemma_.lower() in lasting:
        return True
    if any(c.lower_ == "of" and any(g.lemma_.lower() in lasting for g in c.children) for c in at.rights):
        return True
    if at.dep_ == "pobj" and at.head.lower_ in ("to", "for"):
        at = at.head
    return at.dep_ in ("dobj", "npadvmod", "prep", "dative", "attr") and at.head.lemma_.lower() in lasting


def _is_vague(figure: Quantity) -> bool:
    return bool(_NO_NUMBERS & set(figure.text.lower().split()))


def _nested(doc: Doc, at: int, start: int, end: int) -> bool:
    """Whether a figure belongs to what somebody knows or says inside a statement: "knew that dozens had fled"."""
    token, root = doc[at], root_of(doc, (start, end))
    for _ in range(12):
        if token.i == root.i or not start <= token.head.i < end or token.head.i == token.i:
            return False
        if token.dep_ in ("ccomp", "advcl"):
            return True
        token = token.head
    return False


def main(found: Sequence[Quantity]) -> Quantity | None:
    """The figure of a statement: the one that counts people or things, nearest to the front; else the first.

    How long something lasts comes after all others.
    """
    found = sorted(found, key=lambda figure: figure.unit in _TIMES)
    counting = [f for f in found if f.counted and f.value != 1 and f.unit not in _TIMES]
    return next(iter(counting), None) or next(iter(found), None)


def _anchor(doc: Doc, figure: Quantity, start: int, end: int) -> int:
    return next((i for i in range(start, end) if doc[i].idx + len(doc[i]) > figure.span.start), start)


def _apart(doc: Doc, anchor: int, others: set[int], start: int, end: int) -> Range | None:
    """The largest phrase around a figure that holds no other figure, where it can stand for a statement."""
    token, best = doc[anchor], None
    for _ in range(20):
        a, b = max(start, token.left_edge.i), min(end, token.right_edge.i + 1)
        if any(a <= other < b for other in others):
            break
        if token.dep_ in _APART and b - a >= 2:
            best = (a, b)
        if token.head.i == token.i or not start <= token.head.i < end:
            break
        token = token.head
    return best if best is not None and best[0] > start else None
