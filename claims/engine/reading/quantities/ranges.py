"""Neighbouring numbers that are one figure: ranges ("$3-5 million"), parts of a whole ("14 out of 1,200"), cents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from claims.engine.reading.quantities.numerals import share, times

_TO: Final = re.compile(r"\s?(?:-|‐|–|—|−)\s?|\s(?:to|or|and)[\s-]|\sto\s?-\s?|\s?-\s?to\s?-?\s?", re.IGNORECASE)
_CHANGE_BEFORE: Final = re.compile(
    r"\b(?:by|up|down|rose|rise|fell|gained|lost|added|dropped|climbed|increased|decreased|jumped|slid|slipped"
    r"|grew|advanced|declined)\s$",
    re.IGNORECASE,
)
_BETWEEN_BEFORE: Final = re.compile(r"\bbetween\s$", re.IGNORECASE)
_FROM_BEFORE: Final = re.compile(r"\bfrom\s$", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s?[(\[][^()\[\]\d]{0,30}$")
_CENTS: Final = re.compile(r",?\s(?:and\s)?")
_HANGING: Final = re.compile(r"-\s(?:or|and|to)\s")
_OUT_OF: Final = re.compile(r"\sout\sof\s(?:an?\s|the\s|every\s|all\s|some\s|a\stotal\sof\s)?", re.IGNORECASE)
_SCALE_FOLLOWS: Final = re.compile(
    r"\d[\d.,]*\s?(?:[kmb]n?\b|mm\b|tn\b|cr\b|\w*(?:illion|thousand|hundred|lakh|crore)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A number with its surroundings, offsets into the sentence's text; ``inner`` is where the number itself stands."""

    start: int
    end: int
    inner: tuple[int, int]
    value: float
    kind: str
    unit: str = ""
    upper: float | None = None
    factor: float = 1.0
    money_unit: bool = False


def currency_of_range(text: str, last: Draft | None, start: int) -> str:
    """Return the currency that the number at ``start`` shares as the upper end of a range ("$3 to 5 million").

    "" where it has none: "paid $300 to 5 people" is no range.
    """
    if last is None or not last.money_unit or last.upper is not None:
        return ""
    gap = text[last.end : start]
    if not _TO.fullmatch(gap):
        return ""
    bounded = _BETWEEN_BEFORE if gap.strip().lower() == "and" else _FROM_BEFORE
    if not gap.strip().isalpha() or bounded.search(text, max(0, last.start - 12), last.start):
        return last.unit
    return last.unit if last.factor == 1.0 and _SCALE_FOLLOWS.match(text, start) else ""


def joined(drafts: list[Draft], text: str) -> list[Draft]:
    """Join ranges ("5 to 7 percent"), parts of a whole, dollars and cents; drop a converted sum in brackets."""
    result: list[Draft] = []
    for draft in drafts:
        last = result.pop() if result else None
        result += [draft] if last is None else _pair(last, draft, text)
    return result


def _pair(last: Draft, draft: Draft, text: str) -> list[Draft]:
    """Return what two neighbouring numbers make: one figure, two, or none where they are a score or a code."""
    gap = text[last.end : draft.start]
    if not last.unit and draft.unit and _HANGING.fullmatch(gap):
        return [replace(last, unit=draft.unit), draft]
    bare_digits = not last.unit and not draft.unit and last.kind == draft.kind == "digits"
    if bare_digits and gap in ("-", "–") and draft.value <= last.value:
        return []
    if last.upper is None and (one := _range(last, draft, gap, text)) is not None:
        return [one]
    if not last.unit and _OUT_OF.fullmatch(gap) and (one := _part(last, draft)) is not None:
        return [one]
    if last.money_unit and draft.unit == "cent" and _CENTS.fullmatch(gap):
        return [replace(last, value=last.value + draft.value / 100, end=draft.end)]
    if last.money_unit and draft.money_unit and last.unit != draft.unit and _BRACKET.fullmatch(gap):
        return [last]
    return [last, draft]


def _part(one: Draft, whole: Draft) -> Draft | None:
    """Return "14 out of 1,200" as the share that it is."""
    part = share(one.start, whole.end, one.value, whole.value)
    if part is None:
        return None
    return replace(whole, start=one.start, value=part.value, kind="share", inner=(one.inner[0], whole.inner[1]))


def _range(one: Draft, other: Draft, gap: str, text: str) -> Draft | None:
    """Return the range that two neighbouring numbers make, or None where they are two quantities."""
    if not _TO.fullmatch(gap) or "share" in (one.kind, other.kind):
        return None
    before = text[max(0, one.start - 12) : one.start]
    word = gap.strip().lower()
    if word == "and" and not _BETWEEN_BEFORE.search(before):
        return None
    if not _same_measure(one, other):
        return None
    if word == "to" and one.unit and _CHANGE_BEFORE.search(before):
        return None
    low, high = one.value, other.value
    if one.factor == 1.0 and other.factor > 1.0 and low < high / other.factor and low >= 1:
        low = times(low, other.factor)
    if word != "to" and word != "and" and high <= low:
        return None
    if word == "to" and high <= low and not _FROM_BEFORE.search(before):
        return None
    unit = one.unit if one.unit == "year of age" else other.unit
    return replace(
        other,
        unit=unit,
        start=one.start,
        value=min(low, high),
        upper=max(low, high),
        inner=(one.inner[0], other.inner[1]),
        kind=one.kind,
    )


def _same_measure(one: Draft, other: Draft) -> bool:
    """Whether two numbers may be the ends of a range: the first may leave out the unit or the rate."""
    if one.unit in ("", other.unit) or (one.unit == "year of age" and not other.unit):
        return True
    return other.unit.startswith(f"{one.unit} per ")
