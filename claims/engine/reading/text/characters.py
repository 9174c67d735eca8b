"""Characters as the parser sees them: one way to write a digit, a space or a quotation mark, and nothing invisible.

Pages write one number in many ways: full-width digits, digits of other scripts, a zero-width space inside "12000", a
raised "1" behind it that points to a footnote. The parser, the figures and the names see the plain form; offsets lead
back to the text as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_MARKS = str.maketrans("«»‹›＂", '“”‘’"')
_LOW_MARKS = str.maketrans("«»‹›＂“„", '“”‘’"”“')
"""Quotation marks as the language model knows them; where a text opens with low marks, the raised one closes."""
_ODD = re.compile(r"[^\x20-\x7e]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INVISIBLE = r"\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_LEFT_OUT = re.compile(
    rf"(?<=[^\S\n])(?:[^\S\n]|[{_INVISIBLE}])+"  # spaces behind a space: two would part a name in two
    rf"|[{_INVISIBLE}]"
    rf"|(?<=[^\s{_RAISED}])[{_RAISED}]+"  # raised digits, of which some are notes
)
_EXPONENT = re.compile(r"(?<![\w.,])10$|(?<![^\W\d_])(?:[kcdmµ]?m|ft|yd|in|mi|s)$")
"""What a raised digit raises: the base ten, or a unit of length ("km²"). Behind anything else it points to a note."""
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_TO_ASCII = 0xFEE0


def as_parsed(text: str) -> tuple[str, list[int]]:
    """Return ``text`` as the parser sees it, and before which offset of that each left-out character stood."""
    kept, left_out, at, length = [], [], 0, 0
    for found in _LEFT_OUT.finditer(text):
        start, end = found.span()
        if text[start] in _RAISED and _EXPONENT.search(text, max(0, start - 8), start):
            continue
        kept.append(text[at:start])
        length += start - at
        left_out += [length] * (end - start)
        at = end
    kept.append(text[at:])
    plain = "".join(kept)
    return _ODD.sub(_plain, plain.translate(_LOW_MARKS if "„" in plain else _MARKS)), left_out


def _plain(found: re.Match[str]) -> str:
    return _plain_character(found.group())


@cache
def _plain_character(char: str) -> str:
    """Return one character for one: ASCII for spaces, controls, digits of any script and full-width forms."""
    code, category = ord(char), unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp", "Cc", "Cs"):
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return chr(code - _TO_ASCII) if code in _FULL_WIDTH else char
