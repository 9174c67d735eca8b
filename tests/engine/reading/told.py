"""What the reader makes of a text: its mentions, and the one that is about some words."""

from __future__ import annotations

from claims.engine.reading.mentions import read
from claims.engine.types import Document, Mention


def mentions(text: str, title: str = "") -> tuple[Mention, ...]:
    return next(iter(read([Document("a", "gazette", text, title)]))).mentions


def about(text: str, words: str) -> Mention:
    """The mention whose quote holds these words; the shortest of several."""
    found = [m for m in mentions(text) if words in m.quote]
    assert found, [m.quote for m in mentions(text)]
    return min(found, key=lambda m: len(m.quote))
