"""How much of one article is read. Time and memory of a reading are bounded, however its text is made.

Each bound lies far above any article that a newspaper prints. What is beyond is not read; ``Reading.partly`` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.parsing import LONGEST_TEXT, Parsed, prepare
from claims.engine.types import Span

MOST_TOKENS = 20_000
"""Tokens of one article that are parsed: some 15,000 words. The parser takes about 17 KB for each."""
MOST_SENTENCES = 2_000
MOST_MENTIONS = 600
"""Mentions that are kept: each is later compared with the claims of its story."""


def first_part(text: str, paragraphs: Sequence[Paragraph], model: str) -> tuple[Parsed, str]:
    """Return the paragraphs tokenised, as far as they are read, and what is not read of them ("": nothing)."""
    whole = prepare(text, paragraphs, model)
    if len(whole.doc) <= MOST_TOKENS:
        too_long = len(text) > LONGEST_TEXT
        return whole, f"only the first {LONGEST_TEXT:,} characters were read" if too_long else ""
    last = whole.doc[MOST_TOKENS - 1]
    end = whole.locate(last.idx, last.idx + len(last)).end
    kept = [replace(p, span=Span(p.span.start, min(p.span.end, end))) for p in paragraphs if p.span.start < end]
    return prepare(text, kept, model), f"only the first {MOST_TOKENS:,} words and marks were read"


def beyond(sentences: int, mentions: int) -> str:
    """Return what of a parsed article is not kept, for its numbers of sentences and mentions ("": nothing)."""
    if sentences > MOST_SENTENCES:
        return f"only the first {MOST_SENTENCES:,} sentences were read"
    return f"only the first {MOST_MENTIONS:,} statements were kept" if mentions > MOST_MENTIONS else ""
