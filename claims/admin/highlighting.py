"""An article's text cut at the offsets of its mentions, so that a template can mark them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Highlight:
    """A mention to mark: half-open offsets into the text, its key and its stance."""

    key: int
    start: int
    end: int
    stance: str = "asserts"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the mentions that cover it, and those that begin here (for anchors)."""

    text: str
    covered: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    stance: str = ""


def cut(text: str, highlights: Iterable[Highlight]) -> list[Piece]:
    """The text in pieces that joined give the text again; spans may overlap, and are clipped to the text."""
    spans = [h for h in highlights if 0 <= h.start < min(h.end, len(text))]
    edges = sorted({0, len(text), *(h.start for h in spans), *(min(h.end, len(text)) for h in spans)})
    pieces = []
    for start, end in pairwise(edges):
        over = [h for h in spans if h.start <= start and end <= h.end]
        stances = {h.stance for h in over}
        stance = "denies" if "denies" in stances else stances.pop() if len(stances) == 1 else "asserts" if over else ""
        begins = tuple(h.key for h in over if h.start == start)
        pieces.append(Piece(text[start:end], tuple(h.key for h in over), begins, stance))
    return pieces
