"""Places in an article's text: where words stand, and in which sentence."""

from __future__ import annotations

import re

from claims.engine.types import Span
from claims.errors import EditError

_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|\n")
LONGEST = 2_000
"""Characters of a mention that a person adds."""


def overlap(one: Span, other: Span) -> float:
    """Return how far two spans are one: what both cover, of what either covers; 1 for the same, 0 for apart."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def find(text: str, words: str, near: int = 0) -> Span:
    """Return where ``words`` stand in ``text``, whatever the white space between them: the place nearest to ``near``.

    Raises ``EditError`` where they stand nowhere, are none, or too many.
    """
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        raise EditError("Give the words as they stand in the article.", field="quote")
    if len(words) > LONGEST:
        raise EditError(f"Too long: at most {LONGEST} characters.", field="quote")
    found = [Span(m.start(), m.end()) for m in re.finditer(r"\s+".join(parts), text)]
    if not found:
        raise EditError("These words do not stand so in the article.", field="quote")
    return min(found, key=lambda span: (abs(span.start - near), span.start))


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends. Raises ``EditError`` for one outside the text, or of nothing."""
    if not 0 <= span.start < span.end <= len(text):
        raise EditError("There is no such place in the article.", field="end")
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - len(words) + len(words.rstrip())
    if start >= end:
        raise EditError("There are no words at this place.", field="end")
    if end - start > LONGEST:
        raise EditError(f"Too long: at most {LONGEST} characters.", field="end")
    return Span(start, end)


def sentence_around(text: str, span: Span) -> Span:
    """Return the sentence, or the sentences, that the span stands in: from one full stop or line to the next."""
    start, end = 0, len(text)
    for mark in _ENDS.finditer(text):
        if mark.end() <= span.start:
            start = mark.end()
        elif mark.start() >= span.end - 1:
            end = mark.end()
            break
    return trimmed(text, Span(start, end))
