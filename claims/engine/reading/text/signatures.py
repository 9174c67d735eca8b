"""Quotations that are signed behind a dash: "“...” — Rosa Ibarra, teacher", and posts set into the page.

A post carries a handle: "... — Tomas Rehn (@example) May 10, 2025"; then what stands before it needs no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claims.engine.lexicon.loading import words
from claims.engine.reading.text.spelling import NAME_WORD, capitals_as_name

Stretch = tuple[int, int]
Signed = tuple[int, int, int, str, tuple[Stretch, ...]]
"""Where a signature stands, its dash, the name, what is signed."""

_HANDLE = re.compile(r"\(@\w{2,30}\)")
_SIGNATURE = re.compile(
    rf"(?P<dash>[—–―‒]|--?)\s*(?P<who>(?:[A-Za-z][\w.'’-]*,? ){{0,5}}?{NAME_WORD}(?: [\w.'’-]+){{0,4}}?)"
    r"(?P<rest>(?:\s*[,(|].{0,120}|\s+on (?:X|Twitter|Facebook|Instagram)\b.{0,60})?)\s*$"
)
_LINK = re.compile(r"\s*(?:pic\.twitter\.com/|https?://)\S+\s*$|\s*(?:pic\.twitter\.com/|https?://t\.co/)\S+")
"""The link to the picture of a post, which nobody says."""
_NAME = re.compile(rf"{NAME_WORD}(?: (?:{NAME_WORD}|van|der|von|de|da|dos|bin|al|del|la|le|ter))*$")
_CLOSING = "”\"’»'"
_OPENING = "“\"‘«'"
LONGEST = 25
"""Words of a signature at most."""


def signed(text: str, paragraphs: Sequence[Stretch]) -> Iterator[Signed]:
    """Yield every signed quotation or post of a text, in order."""
    for number, (start, end) in enumerate(paragraphs):
        dash = _dash(text, start, end)
        if dash is None:
            continue
        match = _SIGNATURE.match(text, dash, end)
        if match is None or len(match[0].split()) > LONGEST:
            continue
        name = _signer(match["who"])
        handle = _HANDLE.search(match["rest"]) is not None
        if not name or (" " not in name and not handle):
            continue
        content = _content(text, paragraphs, number, dash, post=handle)
        if content is not None:
            yield match.start("who"), end, dash, name, (content,)


def _dash(text: str, start: int, end: int) -> int | None:
    """Where the signature of a paragraph begins: at its start, behind a closing mark, or before a handle."""
    if re.match(r"(?:[—–―‒]|--?)\s*[A-Za-z]", text[start : start + 5]):
        return start
    tail = max(start, end - 240)
    for match in re.finditer(r"(?<=[”\"’'».!?])\s*(?:[—–―‒]|--?)\s*(?=[A-Za-z])", text[tail:end]):
        at = tail + match.start() + len(match[0]) - len(match[0].lstrip())
        if text[tail + match.start() - 1] in _CLOSING or _HANDLE.search(text, at, end):
            return at
    found = re.search(r"(?:—|–|--)\s*[^—–\n]{2,60}\(@\w{2,30}\)[^—–\n]{0,40}$", text[tail:end])
    return tail + found.start() if found else None


def _signer(who: str) -> str:
    """The name at the end of "Commissioner Hal Brandt", without what stands before it; "" where there is none."""
    found = _NAME.search(who.strip())
    if found is None:
        return ""
    name = found[0].split()
    if {word.lower().rstrip(".") for word in name} & words("en/label_nouns"):
        return ""
    return capitals_as_name(" ".join(name))


def _content(text: str, paragraphs: Sequence[Stretch], number: int, dash: int, *, post: bool) -> Stretch | None:
    """What is signed: the rest of the paragraph, or the paragraph before; only a post may be without marks."""
    start, _ = paragraphs[number]
    if dash > start:
        body = (start, dash)
    elif number:
        body = paragraphs[number - 1]
    else:
        return None
    words_of = text[body[0] : body[1]].strip()
    quoted = words_of[:1] in _OPENING and words_of[-1:] in _CLOSING
    if not quoted and dash > start and words_of[-1:] in _CLOSING:
        opening = max(text.rfind(mark, body[0], body[1] - 2) for mark in '“"«')
        return (opening, body[1]) if opening > 0 else None
    link = _LINK.search(text, *body) if post else None
    return (body[0], link.start() if link is not None else body[1]) if quoted or post else None
