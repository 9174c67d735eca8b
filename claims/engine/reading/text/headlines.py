"""Which of the lines at the top is the headline, and which are copies of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 250
GLUE: Final = 60
"""How many letters and digits of a menu or of an image's label may be glued to a copy of the headline."""

SHORTEST: Final = 12
"""Fewer letters and digits than this are not compared: "News" is part of many lines."""

_ENDS: Final = (".", "!", ":", ";", ",", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline is ``lines[line][start:end]``."""

    line: int
    start: int
    end: int


def compact(text: str) -> str:
    """Return the letters and digits of ``text``, lower case: what is left of two copies that differ in marks."""
    return "".join(c for c in text.casefold() if c.isalnum())


def is_repeat(line: str, headline: str) -> bool:
    """Return whether ``line`` is the headline again, with at most a menu or a label glued to it."""
    if len(line) > LONGEST + 2 * GLUE:
        return False
    one, other = compact(line), compact(headline)
    if len(other) < SHORTEST:
        return one == other
    return len(one) <= len(other) + GLUE and (one.endswith(other) or one.startswith(other))


def find_headline(lines: Sequence[str], title: str = "") -> Headline | None:
    """Return the headline among the kept ``lines`` at the top of the article, or None where there is none.

    With a ``title`` it is the line that repeats it. Without one it is a short line that another repeats, else the
    first line, if that reads like a headline.
    """
    if not lines:
        return None
    if title and (found := _by_title(lines, title)) is not None:
        return found
    for index, line in enumerate(lines):
        if not _is_short(line) or len(compact(line)) < SHORTEST:
            continue
        others = (other for at, other in enumerate(lines) if at != index)
        if any(is_repeat(other, line) for other in others):
            return Headline(index, 0, len(line))
    if len(lines) > 1 and _reads_like_headline(lines[0]):
        return Headline(0, 0, len(lines[0]))
    return None


def _by_title(lines: Sequence[str], title: str) -> Headline | None:
    wanted = compact(title)
    glued: Headline | None = None
    for index, line in enumerate(lines):
        if wanted and compact(line[: 2 * LONGEST]) == wanted:
            return Headline(index, 0, len(line))
        if glued is None and len(line) <= LONGEST + 2 * GLUE and line.endswith(title) and is_repeat(line, title):
            glued = Headline(index, len(line) - len(title), len(line))
    return glued


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST and not line.endswith(_ENDS)


def _reads_like_headline(line: str) -> bool:
    words = line.split()
    if not 3 <= len(words) <= 30 or len(line) > LONGEST:
        return False
    if _is_short(line):
        return True
    long_words = [word for word in words if len(word) > 3]
    capital = sum(word[:1].isupper() for word in long_words)
    return bool(long_words) and len(words) <= 20 and capital >= 0.8 * len(long_words)
