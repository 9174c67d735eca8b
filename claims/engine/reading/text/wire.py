"""Which news agency an article credits: in its dateline, its byline, or the lines that agencies end with.

To quote an agency ("told Reuters") or to cite it ("the AP reported") is not to print its report, so only fixed places
and forms count. Searches look at the head and the tail of the text: the time does not depend on its length.
"""

from __future__ import annotations

import re
from typing import Final

from claims.engine.agencies import AGENCIES, BY_WAY

HEAD: Final = 6000
TAIL: Final = 1500

_NAMES: Final = {way: agency.credit for way, agency in BY_WAY.items()} | {a.credit.lower(): a.credit for a in AGENCIES}
_WAYS: Final = sorted({way for agency in AGENCIES for way in (*agency.ways, agency.credit)}, key=lambda w: (-len(w), w))
_AGENCY: Final = rf"(?:[Tt]he )?(?P<agency>{'|'.join(map(re.escape, _WAYS))})"
_DASH: Final = r"\s*(?:[-–—―]{1,2}|:|\|)"

_DATELINE: Final = re.compile(rf"(?m)^[^\n(]{{0,70}}\({_AGENCY}\){_DASH}")
_SLASH: Final = re.compile(rf"(?m)^[A-Z][\w .,'-]{{2,40}}[/,] ?{_AGENCY}{_DASH}\s")
_BYLINE: Final = re.compile(rf"(?m)^\W{{0,3}}(?:By|BY|by|Source:?|Story by)\b[^\n.]{{0,80}}?[,|—–-]?\s*\b{_AGENCY}\W*$")
_ALONE: Final = re.compile(rf"(?m)^\W{{0,3}}{_AGENCY}\W{{0,3}}$")
_COLUMN: Final = re.compile(
    r"(?m)^(?P<agency>AP)(?:-\w+ Poll| FACT CHECK| NewsBreak| Exclusive| Interview| Explains)\b"
)
_RIGHTS: Final = re.compile(rf"(?:©|\([cC]\)|[Cc]opyright)\s*(?:\d{{4}}\s*)?(?:by\s+)?{_AGENCY}\b")
_WRITERS: Final = re.compile(
    rf"{_AGENCY}(?:['’]s?)? (?:\w+ )?(?:writers?|reporters?|correspondents?|journalists?|staff)\b"
    r"[^\n]{0,300}?\b(?:contributed|reported)\b"
)
_REPRINT: Final = re.compile(rf"\bthis {_AGENCY} (?:article|story|report)\b", re.I)
_REPORTING: Final = re.compile(r"\((?:Additional r|R)eporting by\b[^()\n]{3,500};?\s*(?:[Ww]riting|[Ee]diting) by\b")
_RULE: Final = re.compile(r"(?m)^_{2,5}\.?$")
_AP: Final = re.compile(r"\b(?:Associated Press|AP)\b")


def wire(text: str, byline: str = "") -> str:
    """The short name of the agency whose report an article is ("AP", "Reuters", ...), or ""."""
    credited = _NAMES.get(byline.strip().lower().removeprefix("by ").removeprefix("the "), "")
    if credited:
        return credited
    head, tail = text[:HEAD], text[-TAIL:] if len(text) > HEAD else text
    for pattern in (_DATELINE, _SLASH, _COLUMN):
        if found := pattern.search(head):
            return _name(found)
    if found := _BYLINE.search(head[:600]):
        return _name(found)
    for pattern in (_BYLINE, _ALONE, _RIGHTS, _WRITERS, _REPRINT):
        if found := pattern.search(tail):
            return _name(found)
    if _REPORTING.search(tail):
        return "Reuters"
    return "AP" if _RULE.search(text) and _AP.search(text) else ""


def _name(found: re.Match[str]) -> str:
    return _NAMES[found["agency"].lower()]
