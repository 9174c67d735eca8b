"""The dateline of a report: where, when and by which agency it was filed, before its first sentence.

"PORT ARLEN, May 3 (AP) — A fire destroyed ..." states that a fire destroyed something; the dateline is no part of it.
All is told by the letters, before any parse, so that what follows is parsed as a sentence of its own. A dateline needs
a form that nothing else has: a place in capitals, a date, an agency or a country; a plain place only opens an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words

LONGEST: Final = 90
"""Characters of a dateline at most."""
_PLACE_WORD: Final = r"(?:[A-Z][\w.'’]*(?:-[\w.'’]+)*|of|the|on|upon|de|la|le|les|el|al|del|da|do|di|am|an|der|sur)"
_PLACE: Final = rf"[A-Z][\w.'’]*(?:-[\w.'’]+)*(?: {_PLACE_WORD}){{0,4}}"
_DATE: Final = r"(?:[A-Z][A-Za-z]{2,8}\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][A-Za-z]{2,8}\.?)(?:,? \d{4})?"
_AGENCY: Final = r"\((?:[A-Z][\w&.'’-]*(?: [A-Z\d][\w&.'’-]*){0,3}|dpa)(?:/[A-Z][\w.]+)*\)"
_DATELINE: Final = re.compile(
    rf"(?:(?P<place>{_PLACE}(?:/{_PLACE}){{0,2}})(?:, ?(?P<land>(?!{_DATE}){_PLACE}))?)?"
    rf"(?:,? ?(?P<date>{_DATE}))?(?: ?(?P<agency>{_AGENCY}))?"
    r"(?P<dash>\s*(?:—|--)\s*|\s+[-–―]\s+|\s?:\s+)(?=[\"'“‘«]?(?:[A-Z\d$€£]))"
)
_ASIDE: Final = re.compile(r"[^.!?]{1,120}?(?:\s[-–]|\s?—|\s?--)\s?[a-z]")
"""What a second dash closes is an apposition: "KELDEN — The City of Bridges — was closed"."""


def datelines(text: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield where the sentence behind each dateline begins; linear in the number of paragraphs."""
    for number, (start, end) in enumerate(paragraphs):
        behind = _behind(text[start : min(end, start + LONGEST + 2 * LONGEST)], opening=number < 2)
        if behind:
            yield start + behind


def _behind(text: str, *, opening: bool) -> int:
    """Return the length of the dateline with which a paragraph begins, 0 where it has none."""
    found = _DATELINE.match(text)
    if found is None or found.end() > LONGEST or not (found["place"] or found["agency"]):
        return 0
    colon = ":" in found["dash"]
    if found["agency"] is None and _ASIDE.match(text, found.end()):
        return 0
    return found.end() if _is_certain(found, colon=colon) or (opening and not colon and _is_plain(found)) else 0


def _is_certain(found: re.Match[str], *, colon: bool) -> bool:
    """Whether the form is a dateline's alone; a colon behind one word in capitals may as well open a label."""
    place, land = found["place"] or "", found["land"] or ""
    if found["agency"] is not None or _is_date(found["date"] or ""):
        return True
    return bool(place.isupper() and not colon) or bool(land and not colon and country_of(land))


def _is_plain(found: re.Match[str]) -> bool:
    return found["date"] is None and len(found["place"].split()) < 4


def _is_date(date: str) -> bool:
    """Whether what has the form of a date names a month."""
    return any(word.lower().rstrip(".") in words("en/calendar") for word in re.findall(r"[A-Za-z]{3,}", date))
