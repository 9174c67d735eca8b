"""What a scraped plain text says about itself: its title, outlet and date. Each is "" or None where it does not say.

HTML pages carry the same in their markup (``reading.html``); this is for text whose markup is gone. Only strong signs
count, because a wrong outlet is worse than none: a publisher named in embedded JSON-LD, a copyright line, or the
sentence in which a newsroom says that *it* has asked for comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

HEAD = 4000
"""Characters at the top in which a date is looked for."""

TITLE_LENGTH = 300

_QUOTE = "[\"“”″']"
_NAME = r"(?P<name>[A-Z][\w.&'’-]*(?: (?:of |the )?[A-Z][\w.&'’-]*){0,4})"
_COPYRIGHT = re.compile(r"(?:©|\(c\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?\s*,?\s*)?" + _NAME)
_PUBLISHER = re.compile(
    _QUOTE
    + r"publisher"
    + _QUOTE
    + r"\s*:\s*\{[^{}]{0,300}?"
    + _QUOTE
    + r"name"
    + _QUOTE
    + r"\s*:\s*"
    + _QUOTE
    + r"(?P<name>[^\"“”″]{2,80})"
)
_VIDEO_OWNER = re.compile(
    _QUOTE + r"name" + _QUOTE + r"\s*:\s*" + _QUOTE + r"(?P<name>[\w-]{2,40}(?:\.[a-z]{2,6}){1,2})" + _QUOTE
)
_ASKED = re.compile(
    r"(?:^|(?<=[.!?]\s)|(?<=\n))"
    + _NAME
    + r" (?:has|have) (?:contacted|approached|reached out to)\b[^.\n]{0,160}\bcomment"
)
_DATE_LINE = re.compile(
    r"(?:^|\n)\s*(?:date|published|published on|posted|updated)\s*:?\s*(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2}(?::\d{2})?))?",
    re.IGNORECASE,
)
_LD_DATE = re.compile(_QUOTE + r"datePublished" + _QUOTE + r"\s*:\s*" + _QUOTE + r"(?P<date>\d{4}-\d{2}-\d{2})")
_NOT_OUTLETS = frozenset(
    {"getty images", "getty", "reuters", "afp", "ap", "all rights reserved", "the author", "editorial"}
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; ``published`` is aware (UTC where the text names no zone)."""

    title: str = ""
    outlet: str = ""
    published: datetime | None = None


def find(text: str) -> Metadata:
    """Return the title, outlet and date that ``text`` itself names."""
    return Metadata(title=_title(text), outlet=_outlet(text), published=_published(text[:HEAD]))


def _title(text: str) -> str:
    """The first line that has words, cut at a word's end: for a text that begins with its story, its first words."""
    lines = [_DATE_LINE.sub("", line).strip() for line in text.split("\n", 40)[:40]]
    lines = [line for line in lines if any(c.isalpha() for c in line)]
    for number, line in enumerate(lines):
        if len(line) <= TITLE_LENGTH:
            # A scraper glues the site's menu to the headline; the headline alone follows on a line of its own.
            repeats = [other for other in lines[number + 1 :] if len(other) >= 20 and line.endswith(other)]
            return repeats[0] if repeats else line
        sentence = re.split(r"(?<=[.!?])\s", line, maxsplit=1)[0]
        cut = sentence if len(sentence) <= TITLE_LENGTH else sentence[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
        return cut.strip()
    return ""


def _outlet(text: str) -> str:
    for pattern in (_PUBLISHER, _COPYRIGHT, _VIDEO_OWNER, _ASKED):
        for match in pattern.finditer(text):
            name = match.group("name").strip(" .,-")
            if len(name) >= 2 and name.casefold() not in _NOT_OUTLETS:
                return name
    return ""


def _published(head: str) -> datetime | None:
    match = _DATE_LINE.search(head) or _LD_DATE.search(head)
    if match is None:
        return None
    time = match.groupdict().get("time") or "00:00"
    try:
        return datetime.fromisoformat(f"{match.group('date')}T{time}").replace(tzinfo=UTC)
    except ValueError:
        return None
