"""The figures of a sentence: value, comparator, unit, and what is counted."""

from __future__ import annotations

import re
from typing import Final

import spacy.tokens

from claims.engine.types import Comparator, Quantity, Span

_NUMBER: Final = re.compile(
    r"(?<![\w.,-])(?P<money>[$£€])?(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale> (?:million|billion|thousand))?(?P<percent>%| per ?cent)?(?![\w-])"
)
_SCALES: Final = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_MONEY: Final = {"$": "dollar", "£": "pound sterling", "€": "euro"}


def find(sent: spacy.tokens.Span) -> list[Quantity]:
    """Return the quantities of ``sent`` in order, with offsets into the text of its Doc."""
    text, base = sent.text, sent.start_char
    result: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        value = float(match["value"].replace(",", "")) * _SCALES[(match["scale"] or "").strip()]
        unit = _MONEY.get(match["money"] or "", "percentage" if match["percent"] else "")
        if not unit and value in range(1900, 2100):
            continue
        token = sent.doc.char_span(base + match.start("value"), base + match.end("value"), alignment_mode="expand")
        head = token.root.head if token is not None else None
        if not unit and (head is None or head.pos_ not in ("NOUN", "PROPN")):
            continue
        counted = head.lemma_.lower() if head is not None and head.pos_ == "NOUN" else ""
        before = text[max(0, match.start() - 14) : match.start()].lower()
        comparator = (
            Comparator.GE
            if "at least" in before
            else Comparator.GT
            if re.search(r"over|more than", before)
            else Comparator.EQ
        )
        span = Span(base + match.start(), base + match.end())
        result.append(Quantity(value, comparator, unit, counted, None, span, match.group()))
    return result
