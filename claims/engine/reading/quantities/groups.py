"""Counted groups: "eight out of 10", "62% of drivers", "almost 300 traders".

Who is counted as saying or wishing something is no speaker whose words are quoted: the count is what is stated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from claims.engine.reading.quantities.numerals import has_number, numerals

if TYPE_CHECKING:
    from spacy.tokens import Token

MANY: Final = 10
"""So many people are counted, fewer are given as the source ("two officials said")."""
_NEAR: Final = 24
_PERCENT: Final = re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)


def is_counted(head: Token) -> bool:
    """Return whether the noun phrase of ``head`` counts people: by a share of them, or as ten or more."""
    if head.pos_ in ("PROPN", "PRON") or head.ent_type_ in ("ORG", "PERSON", "GPE"):
        return False
    doc, start = head.doc, head.left_edge.i
    text = doc[start : min(head.right_edge.i + 1, start + 12)].text
    if not has_number(text):
        return False
    number = next(iter(numerals(text)), None)
    if number is None or number.start > _NEAR or "," in text[: number.start]:
        return False
    if number.kind == "share" or _PERCENT.match(text, number.end):
        return True
    before = head.idx + len(head) - doc[start].idx >= number.end
    definite = any(child.lower_ in ("the", "these", "those", "his", "her", "its", "their") for child in head.lefts)
    return before and not definite and head.tag_ == "NNS" and number.value >= MANY
