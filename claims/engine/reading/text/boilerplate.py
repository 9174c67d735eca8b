"""What a page puts around an article: each kind of line, as a rule over one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from claims.engine.reading.text.boilerplate_rules import LINES, LISTS, LONG_LINES, TAILS, Reason

SHORT: Final = 220
"""Furniture comes in short lines; a longer one is judged by its first words only."""

_I: Final = re.IGNORECASE
_Q: Final = "[\"'“”‘’″`]"

_CODE: Final = re.compile(
    "|".join(
        (
            rf"[\[{{]+\s*{_Q}@?[\w:$-]+{_Q}\s*:",
            rf"{_Q}@?[\w:$-]+{_Q}\s*:\s*(?:[\[{{]|{_Q}.*{_Q},?$|[\d.]+,?$|true|false|null)",
            r"(?:var|let|const)\s+[\w$]+\s*=",
            r"(?:async\s+)?function\b\s*[\w$]*\s*\(",
            r"return\b[^.]{0,80};$",
            r"(?:if|for|while|switch)\s?\(.*[{;)]\s*$",
            r"\}?\s*(?:else|catch|finally)\b.{0,60}\{",
            r"(?:try|do)\s*\{",
            r"(?:window|document|jQuery|googletag|dataLayer|console)\s*[.(\[]",
            r"\$\(|\(?function\s*\(|\(\s*\(?\w*\)?\s*=>",
            r"[\w$]+(?:\.[\w$]+)+\s*(?:\(.*|=\s?[^=].*;?)$",
            r"[\w$]+\([^)]*\)\s*;$",
            r"@media|@import|@font-face|<!--|<!\[CDATA|//\s?<",
            r"[.#]?[\w-]+(?:[ ,>.#][\w.#-]+){0,6}\s*\{",
            r"[\w-]+\s*:\s*[^;.]{1,80};$",
            r"[\]\[(){}<>;,:/*\s]+$",
            r"(?:<[^<>]{1,400}>\s*)+$",
        )
    )
)
_PROSE_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$|[\"”][.!?]?$")

_RULES: Final = tuple((reason, re.compile("|".join(rules), _I)) for reason, rules in LINES.items())
_LONG: Final = tuple((reason, re.compile("|".join(rules), _I)) for reason, rules in LONG_LINES.items())
_LIST: Final = re.compile("(?:" + "|".join(LISTS) + r")\s*:?", _I)
_TAIL: Final = re.compile("(?:" + "|".join(TAILS) + r")\s*:?", _I)
_BULLET: Final = re.compile(r"[►•●▪*+»>■–—-]+\s*")
_POST: Final = re.compile(
    r"(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)\s(?![^—–]{0,60}[—–-] ?[^—–]{1,80}\(@\w{1,30}\)).{0,90}\d{4}\b"
    r"|\bA post shared by .{1,80}\(@",
    re.DOTALL,
)
_NOTICE: Final = re.compile(
    r"To\s+(?:view|watch|see|play|hear)\s+(?:this|the)\s+(?:video|clip|audio|content|page),?\s+please\s+enable\s+JavaScript,?"
    r"(?:\s+and\s+(?:consider\s+upgrading|upgrade)\s+to\s+a\s+(?:web\s+)?browser\s+that\s+supports\s+HTML5\s+(?:video|audio))?\.?",
    _I,
)
_PREFIX: Final = re.compile(
    r"(?:(?:date|published|posted)[: ]+\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d\S*)?|close|skip in(?: skip)?|skip|x"
    r"|embed|share"
    r"|tweet|video|advertisement|continue reading the main story|enlarge this image|toggle caption|story highlights"
    r"|media caption)(?=\s)\s+",
    _I,
)
_STRONG_PREFIX: Final = re.compile(
    r"date|published|posted|close|advertisement|continue|enlarge|toggle|story"
    r"|media",
    _I,
)
_SUFFIX: Final = re.compile(
    r"\s(?:read more|view full caption(?: .{1,40})?|advertisement continue reading the main story|\[ ?edit ?\]"
    r"|share this (?:story|article)\S*|(?:posted|published|updated):? (?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day, .{6,90})$",
    _I,
)
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")


def trim(line: str) -> tuple[int, int]:
    """Return the range of ``line`` without furniture glued to its ends ("date 2025-04-10 ...", "... Read more")."""
    start = 0
    strong = False
    while match := _PREFIX.match(line, start):
        strong = strong or bool(_STRONG_PREFIX.match(match.group()))
        start = match.end()
    if not strong or line[start : start + 1].islower():
        start = 0
    tail = _SUFFIX.search(line, max(start, len(line) - 110))
    return start, tail.start() if tail else len(line)


def notices(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of fixed notices that may run over several lines."""
    for match in _NOTICE.finditer(text):
        yield match.span()


def is_code(line: str) -> bool:
    """Return whether ``line`` is script, style, JSON or bare markup (with straight or curly quotation marks)."""
    return bool(_CODE.match(line if len(line) <= SHORT else line[:SHORT]))


def is_post(line: str) -> bool:
    """Return whether ``line`` is a post of a social network that says not whose it is: a picture link and a date."""
    return bool(_POST.search(line[-220:]))


def is_prose(line: str) -> bool:
    """Return whether ``line`` looks like a sentence or more: long enough, and closed by a mark."""
    words = line.count(" ") + 1
    if words >= 12 and line.endswith((":", ";")):
        return True
    return words >= 6 and bool(_PROSE_END.search(line[-12:]))


def opens_list(line: str) -> bool:
    """Return whether ``line`` announces links to other pages on the lines below."""
    return len(line) <= 80 and bool(_LIST.fullmatch(_unbulleted(line)))


def opens_tail(line: str) -> bool:
    """Return whether ``line`` begins the comments or whatever else follows an article."""
    return len(line) <= SHORT and bool(_TAIL.fullmatch(line))


def _unbulleted(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet is not None and bullet.end() < len(line) else line


def is_foreign(line: str) -> bool:
    """Return whether a short ``line`` has letters but none of the Latin script (an image's label, a tag)."""
    return len(line) <= 60 and not _LATIN.search(line) and any(c.isalpha() for c in line)


def line_reason(line: str) -> Reason | None:
    """Return why ``line`` is furniture by its own words, or None."""
    if not any(c.isalnum() for c in line[:400]):
        return Reason.SYMBOLS
    line = _unbulleted(line)
    head = line[:SHORT]
    for reason, rule in _LONG:
        if rule.match(head):
            return reason
    if len(line) > SHORT:
        return None
    for reason, rule in _RULES:
        if rule.fullmatch(line):
            return reason
    return None
