"""Scraped plain text -> the paragraphs of the article itself, with offsets into the text as given.

Text that lost its markup carries the page along: menus glued to headlines, scripts, share buttons, image credits, links
to other stories, comment forms. What is left out is named in ``Cleaned.dropped`` with the reason, so that an editor
can see it and a test can count it. The rules are general (``boilerplate``, ``captions``, ``headlines``); each line is
looked at a fixed number of times, so time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from claims.engine.reading.text.boilerplate import (
    SHORT,
    is_code,
    is_foreign,
    is_post,
    is_prose,
    line_reason,
    notices,
    opens_list,
    opens_tail,
    trim,
)
from claims.engine.reading.text.boilerplate_rules import Reason
from claims.engine.reading.text.captions import is_caption, is_credit
from claims.engine.reading.text.headlines import compact, find_headline, is_repeat
from claims.engine.reading.text.notices import corrected_parts, correction_label, is_consent, is_correction, stamp
from claims.engine.types import Place, Span

_LINE: Final = re.compile(r"[^\n\r\v\f\x00\x1c-\x1e\x85\u2028\u2029]+")
_BLANK: Final = " \t\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"

HEAD_LINES: Final = 12
"""How many lines at the top may be the headline or a copy of it."""

TAIL_SHARE: Final = 1 / 3
"""A comment form ends the article only where at least this share of its prose stands above it."""

REPEAT_LENGTH: Final = 40
"""Shortest line, in letters and digits, whose second copy is dropped as a duplicate."""


TEASER_LENGTH: Final = 20
"""The same for a line that repeats the beginning of the one before it and breaks off."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the article: ``text[span.start:span.end]``, never blank at its ends."""

    span: Span
    kind: Place = Place.BODY


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the text that is not the article's, and why."""

    span: Span
    reason: Reason


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Paragraphs and dropped stretches, each in the order of the text; they never overlap."""

    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    kind: Place = Place.BODY
    reason: Reason | None = None


def clean(text: str, title: str = "") -> Cleaned:
    """Split ``text`` into the article's paragraphs; ``title`` helps to recognise the headline where it is known.

    Any string is accepted. A text without a single kept line gives no paragraphs.
    """
    lines = [_judge(line) for line in _lines(text)]
    lines = _drop_foreign(lines)
    lines = _mark_headline(_mark_captions(lines), title)
    lines = _drop_repeats(_drop_lists(_cut_tail(lines)))
    paragraphs = [Paragraph(Span(ln.start, ln.end), ln.kind) for ln in lines if ln.reason is None]
    dropped = [Dropped(Span(ln.start, ln.end), ln.reason) for ln in lines if ln.reason is not None]
    return Cleaned(tuple(paragraphs), tuple(dropped))


def _lines(text: str) -> Iterator[_Line]:
    """Yield the non-blank lines, stripped, with fixed notices ("enable JavaScript") and glued furniture split off."""
    position = 0
    for start, end in notices(text):
        yield from _split(text, position, start)
        yield _Line(start, end, text[start:end], reason=Reason.NOTICE)
        position = end
    yield from _split(text, position, len(text))


def _split(text: str, start: int, end: int) -> Iterator[_Line]:
    for match in _LINE.finditer(text, start, end):
        raw = match.group()
        body = raw.strip(_BLANK + " ")
        if not body.strip():
            continue
        at = match.start() + raw.index(body)
        left, right = trim(body)
        if left:
            yield _stripped(body, at, 0, left, Reason.NAVIGATION)
        elif left := stamp(body):
            yield _stripped(body, at, 0, left, Reason.TIMESTAMP)
        elif left := correction_label(body):
            yield _stripped(body, at, 0, left, Reason.CORRECTION)
        if right > left and is_correction(body[left:right]):
            for begin, end, withdrawn in corrected_parts(body[left:right]):
                yield _stripped(body, at, left + begin, left + end, Reason.CORRECTION if withdrawn else None)
        elif right > left:
            yield _stripped(body, at, left, right, None)
        if right < len(body):
            yield _stripped(body, at, right, len(body), Reason.SHARING)


def _stripped(body: str, at: int, left: int, right: int, reason: Reason | None) -> _Line:
    piece = body[left:right]
    left += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    return _Line(at + left, at + left + len(piece), piece, reason=reason)


def _judge(line: _Line) -> _Line:
    """Give ``line`` the reason that its own words give for dropping it, if there is one."""
    if line.reason is not None:
        return line
    if is_code(line.text):
        return replace(line, reason=Reason.CODE)
    if is_post(line.text):
        return replace(line, reason=Reason.POST)
    if is_credit(line.text):
        return replace(line, reason=Reason.CREDIT)
    if is_consent(line.text):
        return replace(line, reason=Reason.NOTICE)
    return replace(line, reason=line_reason(line.text))


def _drop_foreign(lines: list[_Line]) -> list[_Line]:
    """Drop short lines in another script, where the article is written in Latin letters."""
    prose = "".join(line.text[:80] for line in lines if line.reason is None)[:4000]
    latin = sum(c.isascii() for c in prose if c.isalpha())
    if 2 * latin < sum(c.isalpha() for c in prose):
        return lines
    return [
        replace(line, reason=Reason.FOREIGN) if line.reason is None and is_foreign(line.text) else line
        for line in lines
    ]


def _mark_headline(lines: list[_Line], title: str) -> list[_Line]:
    """Mark one line as the headline and drop its copies among the lines at the top."""
    head = [i for i, line in enumerate(lines) if line.reason is None and line.kind is Place.BODY][:HEAD_LINES]
    found = find_headline([lines[index].text for index in head], title)
    if found is None:
        return lines
    chosen = head[found.line]
    line = lines[chosen]
    result = list(lines)
    result[chosen] = replace(
        line,
        start=line.start + found.start,
        end=line.start + found.end,
        text=line.text[found.start : found.end],
        kind=Place.HEADLINE,
    )
    for index in head:
        if index != chosen and is_repeat(lines[index].text, result[chosen].text):
            result[index] = replace(lines[index], reason=Reason.DUPLICATE)
    return result


def _cut_tail(lines: list[_Line]) -> list[_Line]:
    """Drop everything from the comment form on, where most of the article stands above it."""
    weights = [len(line.text) if line.reason is None and is_prose(line.text) else 0 for line in lines]
    total, above = sum(weights), 0
    for index, line in enumerate(lines):
        if total and above >= TAIL_SHARE * total and opens_tail(line.text):
            return lines[:index] + [_with_reason(rest, Reason.TAIL) for rest in lines[index:]]
        above += weights[index]
    return lines


def _with_reason(line: _Line, reason: Reason) -> _Line:
    return line if line.reason is not None else replace(line, reason=reason, kind=Place.BODY)


def _drop_lists(lines: list[_Line]) -> list[_Line]:
    """Drop the links under "Related stories" and the like: the lines up to the next prose."""
    result: list[_Line] = []
    inside = False
    for line in lines:
        if opens_list(line.text):
            inside = True
            line = _with_reason(line, Reason.RELATED)
        elif line.reason is None and inside:
            inside = not is_prose(line.text)
            line = replace(line, reason=Reason.RELATED) if inside else line
        result.append(line)
    return result


def _drop_repeats(lines: Iterable[_Line]) -> list[_Line]:
    """Drop the second copy of a long line, and the beginning of the line before, cut off with an ellipsis."""
    seen: set[str] = set()
    result: list[_Line] = []
    before = ""
    for line in lines:
        if line.reason is None:
            key = compact(line.text)
            cut = line.text.endswith(("...", "…")) and len(key) >= TEASER_LENGTH and key in before
            if cut or (len(key) >= REPEAT_LENGTH and key in seen):
                line = replace(line, reason=Reason.DUPLICATE)
            seen.add(key)
            before = key[: 2 * SHORT]
        result.append(line)
    return result


def _mark_captions(lines: list[_Line]) -> list[_Line]:
    """Mark captions: by their own words, or by the image credit that follows them."""
    result: list[_Line] = []
    for index, line in enumerate(lines):
        follower = lines[index + 1] if index + 1 < len(lines) else None
        credited = follower is not None and follower.reason is Reason.CREDIT
        if line.reason is None and line.kind is Place.BODY and is_caption(line.text, credited=credited):
            line = replace(line, kind=Place.CAPTION)
        result.append(line)
    return result
