"""The figures of a sentence: value, comparator, unit, and what is counted.

Numbers are found in the text by their form (``numerals``), read together with the currency, scale and unit
around them (``money``, ``units``), joined into ranges, and kept unless their surroundings say
that they are no quantity (``exclusions``). The parse is asked only for what is counted
(``context``). Ages have the unit "year of age"; a bare count has the unit "".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

import spacy.tokens

from claims.engine.lexicon.loading import words
from claims.engine.reading.quantities.context import comparator, counted
from claims.engine.reading.quantities.exclusions import excluded, is_year
from claims.engine.reading.quantities.money import is_money, millions_at, money_at, money_before
from claims.engine.reading.quantities.numerals import SCALES, Numeral, has_number, numerals, scale_at, times
from claims.engine.reading.quantities.ranges import Draft, currency_of_range, joined
from claims.engine.reading.quantities.units import DURATIONS, Unit, rate_at, unit_at
from claims.engine.types import Comparator, Quantity, Span

_MINUS: Final = re.compile(r"(?:(?:^|(?<=[\s(]))[-−–]|\bminus[\s-])$")
_FROST: Final = re.compile(r"\d+(?:\.\d+)?\s?(?:deg|°)", re.IGNORECASE)
_MONEY_MINUS: Final = re.compile(r"[-−–]$")
_AGE_BEFORE: Final = re.compile(r"\b(?:aged?|ages|age of|aged between)\s$", re.IGNORECASE)
_AGE_BEHIND: Final = re.compile(r"\s?y\.?/?o\.?(?=[\s,])", re.IGNORECASE)
_APPOSITION_BEFORE: Final = re.compile(r"\w, $|\w \($")
_APPOSITION_BEHIND: Final = re.compile(r"\s?(?:[,.;)]|and from\b|from\b|of\b|who\b|was\b|and\b)")
_PERSON_WORDS: Final = words("en/kin")
_LAND: Final = re.compile(r"\s(?:U\.S\.|US)(?=\s(?:per|a|an)\s|[,.;)]|\s?$)")
_DASH: Final = re.compile(r"\d\s?[-–—‐]\s?\d")
_TRAILING_SCALE: Final = re.compile(r"\b(?:hundred|thousand|million|billion|trillion|dozen)$", re.IGNORECASE)
_LETTER: Final = re.compile(r"[A-Za-z]")
_POINTED: Final = re.compile(r"(?<![\d.,])(?P<whole>[1-9]\d{0,2})\.(?P<part>\d{3})(?![\d.,])")
_OLDEST: Final = 115
_LEADS_TO: Final = re.compile(r"\b(?:to|at)\s$")
_CHANGED: Final = re.compile(r",?\s(?:up|down|off|plus|minus)\s(?:by\s|about\s|nearly\s)?")


def find(sent: spacy.tokens.Span) -> list[Quantity]:
    """Return the quantities of ``sent`` in order of appearance, with offsets into the text of its Doc."""
    text = sent.text
    if not has_number(text):
        return []
    drafts = joined(list(_drafts(text, sent)), text)
    found = [quantity for draft in drafts if (quantity := _finished(draft, text, sent)) is not None]
    return _with_levels(found, text, sent.start_char)


def _with_levels(found: list[Quantity], text: str, base: int) -> list[Quantity]:
    """The level that a change leads to, in the points of the change: "fell 162 points to 7,425", "16,369, up 58"."""
    result, points = list(found), False
    for i, (one, other) in enumerate(pairwise(found)):
        gap = text[one.span.end - base : other.span.start - base]
        points = one.unit == "point" or (points and one.unit == "percent")
        if points and not (other.unit or other.counted) and _LEADS_TO.search(gap):
            result[i + 1] = replace(other, unit="point")
        if other.unit == "point" and not (one.unit or one.counted) and _CHANGED.fullmatch(gap):
            result[i] = replace(one, unit="point")
    return result


def _drafts(text: str, sent: spacy.tokens.Span) -> Iterator[Draft]:
    barred = excluded(text)
    starts = [start for start, _ in barred]
    behind, last = 0, None
    for number in numerals(text):
        place = bisect_right(starts, number.start) - 1
        inside = place >= 0 and number.start < barred[place][1]
        reaching = place + 1 < len(barred) and barred[place + 1][0] < number.end
        if inside or reaching or number.start < behind:
            continue
        draft = _draft(text, number, behind, currency_of_range(text, last, number.start))
        if draft is None:
            continue
        if not draft.unit and _is_age(text, draft, sent):
            draft = replace(draft, unit="year of age")
        if (
            not draft.unit
            and last is not None
            and last.unit == "year of age"
            and text[last.end : draft.start] in (", ", " and ")
        ):
            draft = replace(draft, unit="year of age")
        behind, last = draft.end, draft
        yield draft


def _draft(text: str, number: Numeral, behind: int, shared: str = "") -> Draft | None:
    """Read the sign, currency, scale and unit around ``number``; None where it turns out to be part of a code.

    ``shared`` is the currency of the number before, where the two are a range ("$3-5 million").
    """
    start, value = number.start, number.value
    digits = number.kind == "digits"
    if (
        digits
        and (sign := _MINUS.search(text, max(behind, start - 7), start))
        and not _ends_number(text, sign.start(), behind)
    ):
        start, value = sign.start(), -value
    elif (
        digits
        and text.endswith("- ", max(0, start - 2), start)
        and _FROST.match(text, start)
        and not _ends_number(text, start - 2, behind)
    ):
        start, value = start - 2, -value
    money = money_before(text, start, behind) if number.kind != "share" else None
    if money is None and digits and _MONEY_MINUS.search(text, max(0, start - 1), start):
        money = money_before(text, start - 1, behind)
        value = -value if money else value
    if money is None and shared:
        money = shared, start
    factor, end = 1.0, number.end
    if number.kind in ("digits", "words"):
        factor, end = scale_at(text, end, money=money is not None)
        if factor != 1.0:
            more, end = scale_at(text, end, money=True) if text[end : end + 1] == " " else (1.0, end)
            factor *= more
        value = times(value, factor)
    if factor == 1.0 and number.kind == "words" and (trailing := _TRAILING_SCALE.search(text, start, end)):
        factor = SCALES[trailing.group().lower()]
    unit, more = _unit(text, end, money, digits=digits)
    if unit is None:
        if digits and end < len(text) and _LETTER.match(text, end):
            return None
        unit = Unit("time" if number.kind == "fold" else "", end)
    begin = money[1] if money is not None else start
    return Draft(
        begin,
        unit.end,
        (number.start, number.end),
        times(value, more),
        number.kind,
        unit.name,
        None,
        factor,
        is_money(unit.name),
    )


def _ends_number(text: str, position: int, behind: int) -> bool:
    """Whether a number ends right before ``position``, so that the dash there joins two numbers."""
    before = text[max(0, position - 2) : position].rstrip()
    return before[-1:].isdigit() or (behind == position and behind > 0)


def _unit(text: str, end: int, money: tuple[str, int] | None, *, digits: bool) -> tuple[Unit | None, float]:
    """Return the unit at ``end`` and a factor that came with it ("75 USD million")."""
    if money is not None:
        again = money_at(text, end) if money[0] != "sen" else None
        if again is not None and again.name.split(" per ")[0] in (money[0], "USD"):
            return replace(again, name=again.name.replace("USD", money[0])), 1.0
        land = _LAND.match(text, end)
        return rate_at(text, money[0], land.end() if land else end), 1.0
    if (shorthand := millions_at(text, end)) is not None:
        return shorthand, 1e6
    if (found := money_at(text, end)) is not None:
        factor, behind = scale_at(text, found.end, money=False)
        return (Unit(found.name, behind), factor) if factor >= 1e3 else (found, 1.0)
    if text.startswith(" of ", end) and (found := money_at(text, end + 3)) is not None:
        return found, 1.0
    return unit_at(text, end, digits=digits), 1.0


def _is_age(text: str, draft: Draft, sent: spacy.tokens.Span) -> bool:
    """Whether the bare number is an age: "aged 6", "87 yo", "Ann Lee, 34, said", "a boy, eight,"."""
    if not 0 < draft.value <= _OLDEST or draft.kind not in ("digits", "words") or draft.value != int(draft.value):
        return False
    before = text[max(0, draft.start - 14) : draft.start]
    if _AGE_BEFORE.search(before) or _AGE_BEHIND.match(text, draft.end):
        return True
    token = sent.doc.char_span(
        sent.start_char + draft.inner[0], sent.start_char + draft.inner[1], alignment_mode="expand"
    )
    if token is None or token.start <= sent.start:
        return False
    doc = sent.doc
    previous = doc[token.start - 1]
    if _APPOSITION_BEFORE.search(before) and (draft.end == len(text) or _APPOSITION_BEHIND.match(text, draft.end)):
        named = doc[max(token.start - 2, sent.start)]
        if draft.kind == "words" and named.lower_ not in _PERSON_WORDS:
            return False
        return named.ent_type_ == "PERSON" or named.pos_ == "PROPN" or named.lower_ in _PERSON_WORDS
    follows = doc[token.end] if token.end < sent.end else None
    return (
        previous.ent_type_ == "PERSON"
        and follows is not None
        and follows.pos_ in ("VERB", "AUX")
        and draft.kind == "digits"
    )


def _finished(draft: Draft, text: str, sent: spacy.tokens.Span) -> Quantity | None:
    base = sent.start_char
    number = sent.doc.char_span(base + draft.inner[0], base + draft.inner[1], alignment_mode="expand")
    tail = sent.doc.char_span(base + draft.start, base + draft.end, alignment_mode="expand")
    if number is None or tail is None:
        return None
    if draft.unit in ("", "stone") and draft.upper is None and is_year(text, *draft.inner):
        return None
    what, behind = counted(tail, sent.start, sent.end)
    if not _is_quantity(draft, number, what, behind, text):
        return None
    unit = draft.unit
    bound = comparator(text, draft.start, draft.end, duration=unit in DURATIONS)
    value = draft.value
    if draft.kind == "vague":
        value = 2 * value
        bound = Comparator.GE if bound is Comparator.EQ else bound
    if bound is Comparator.EQ and draft.kind == "about":
        bound = Comparator.APPROX
    span = Span(base + draft.start, base + draft.end)
    written = text[draft.start : draft.end]
    if _is_grouped(draft, what, written):
        value = times(value, 1000)
    return Quantity(value, bound, unit, what, draft.upper, span, written)


def _is_grouped(draft: Draft, what: str, written: str) -> bool:
    """Whether the one point of a number divides thousands: "12.500 people", "€45.000".

    Nobody counts half a person, and money has two decimals; rates, units and scales have as many as they like.
    """
    number = _POINTED.search(written)
    if draft.kind != "digits" or number is None or draft.factor != 1.0 or draft.upper is not None:
        return False
    return (
        bool(what)
        if not draft.unit
        else draft.money_unit and (len(number["whole"]) > 1 or number["part"].endswith("00"))
    )


def _is_quantity(draft: Draft, number: spacy.tokens.Span, what: str, behind: int, text: str) -> bool:
    """Whether a bare number is a count and not a name's number ("Falcon 9"), a score or a pronoun ("the one who")."""
    if draft.unit or draft.kind in ("share", "vague", "fold"):
        return True
    doc = number.doc
    written = text[draft.start : draft.end].lower()
    if written == "one":
        return bool(what) and number[0].tag_ == "CD" and number[0].pos_ == "NUM"
    if draft.upper is not None and not what and _DASH.search(written):
        return False
    if number.start == 0:
        return True
    previous = doc[number.start - 1]
    if draft.kind != "digits" or not previous.whitespace_:
        return True
    if behind > 0 and _labels(doc, previous, number, behind):
        return False
    if previous.pos_ == "PROPN" and (number.root.head.i < number.start or _names(previous, number)):
        return False
    return bool(what) or previous.pos_ not in ("NOUN", "PROPN")


def _labels(doc: spacy.tokens.Doc, previous: spacy.tokens.Token, number: spacy.tokens.Span, behind: int) -> bool:
    """Whether a number with an article names one thing, which stands in the singular: "a 40 zone", "the 10 bus"."""
    noun = doc[behind - 1]
    if previous.tag_ != "DT" or previous.lower_ in ("all", "both", "some", "any", "no") or number.text in ("0", "1"):
        return False
    headed = noun.tag_ in ("NN", "NNP") and behind == number.end + 1 and noun.dep_ not in ("compound", "nmod")
    return headed and noun.lemma_.lower() not in words("en/collectives")


def _names(previous: spacy.tokens.Token, number: spacy.tokens.Span) -> bool:
    """Whether name and number both belong to the noun behind: "a Falcon 9 rocket", not "in Oslo 12 people"."""
    return previous.dep_ in ("nmod", "compound") and previous.head.i >= number.end
