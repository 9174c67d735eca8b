"""Which tokens stand inside quotation marks, of whatever kind, over sentences and paragraphs.

A mark that can open and close (``"`` and ``'``) is read by the space around it. A paragraph that opens with a mark
continues a quotation that the paragraph before left open, as newspapers set long quotations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.reading.text.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPENING = {
    "“": '”"＂',
    "„": "“”",
    "«": "»",
    "‹": "›",
    "‘": "’'",
    "``": "''",
    "「": "」",
    "『": "』",
    "‚": "‘’",
    "‟": "”",
}
CLOSING = frozenset("”»›’」』") | {"''"}
STRAIGHT = frozenset({'"', "'", "＂"})
OPENING_MARKS = frozenset(OPENING) | STRAIGHT
_MIXED = frozenset({("”", '"'), ("’", "'")})
"""Closing marks that careless typing pairs with a straight opening one."""
LONGEST = 600
"""Tokens after which an open mark is taken for a stray one."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: token indices of its marks (``end`` is one past the closing one); marks included."""

    start: int
    end: int
    closed: bool = True


def quotations(parsed: Parsed) -> list[Quoted]:
    """The outermost quotations of a document, in order; linear in its tokens."""
    doc = parsed.doc
    found: list[Quoted] = []
    opened: int | None = None
    mark = ""
    depth = 0
    paragraph = 0
    for token in doc:
        here = parsed.paragraph(token.idx) if token.is_sent_start else paragraph
        if here != paragraph and opened is not None:
            found.extend(_left_open(opened, token.i, token.text, mark))
            opened = None
        paragraph = here
        text = token.text
        if opened is None:
            if _opens(doc, token.i):
                opened, mark, depth = token.i, text, 0
        elif token.i - opened > LONGEST:
            opened = None
        elif text == mark and text not in STRAIGHT:
            depth += 1
        elif _closes(doc, token.i, mark):
            if depth:
                depth -= 1
            else:
                found.append(Quoted(opened, token.i + 1))
                opened = None
    return found


def _left_open(opened: int, end: int, following: str, mark: str) -> list[Quoted]:
    """A quotation that its paragraph leaves open counts where the next paragraph opens with the same mark."""
    return [Quoted(opened, end, closed=False)] if following == mark and end - opened > 3 else []


def _opens(doc: Doc, i: int) -> bool:
    text = doc[i].text
    if text not in OPENING and text not in STRAIGHT:
        return False
    if i + 1 >= len(doc) or doc[i].whitespace_:
        return False
    if text in STRAIGHT or text == "‘":
        return i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].text in "([—–-:“"
    return True


def _closes(doc: Doc, i: int, mark: str) -> bool:
    text = doc[i].text
    if mark in STRAIGHT:
        if text != mark and (text, mark) not in _MIXED:
            return False
        return text not in "'’" or _ends_word(doc, i)
    return text in OPENING.get(mark, "") and (text not in "’'" or _ends_word(doc, i))


def _ends_word(doc: Doc, i: int) -> bool:
    """An apostrophe closes a quotation where punctuation stands before it, or nothing but a space after it."""
    token, before = doc[i], doc[i - 1]
    if token.tag_ == "POS" and not before.is_punct:
        return False
    return before.is_punct or bool(token.whitespace_) or i + 1 == len(doc) or doc[i + 1].is_punct
