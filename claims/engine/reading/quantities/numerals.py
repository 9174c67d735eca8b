"""Numbers in running text: digits, words, fractions, scales; where each stands and what it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SMALL: Final = {
    word: float(value)
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )
    )
}
_TENS: Final = {
    word: 10.0 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_SHORT_SCALES: Final = {
    "k": 1e3,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
}
_DENOMINATORS: Final = {
    "half": 2.0,
    "halves": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
    "hundredth": 100.0,
    "thousandth": 1000.0,
}
_VULGAR: Final = {
    "½": 0.5,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 0.25,
    "¾": 0.75,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
    "⅕": 0.2,
}

_UNITS_WORD: Final = "|".join([*_TENS, *sorted(_SMALL, key=len, reverse=True)])
_SCALE_WORD: Final = "|".join(SCALES)
_DENOMINATOR: Final = "|".join(sorted(_DENOMINATORS, key=len, reverse=True))
_ONE_WORD: Final = f"(?:{_UNITS_WORD}|{_SCALE_WORD})"

_DIGITS: Final = (
    r"\d{1,3}(?:,\s?\d{3})+(?![\d])(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
    r"|\d+\.\s\d{1,2}(?=\s?(?:%|per\s?cent|percent|[mb]illion|bn\b|trillion))|\d+(?:\.\d+)?|\.\d+"
)
_NUMERAL: Final = re.compile(
    r"(?P<couple>\b(?:a|the)\s(?:pair|couple)\sof\b)"
    rf"|(?P<vague>\b(?:tens|hundreds|thousands|millions|billions|trillions|dozens"
    rf"|scores)\b(?:\sof\s(?:thousands|millions|billions)\b)?)"
    rf"|(?P<chance>\b(?P<part>{_UNITS_WORD}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{_UNITS_WORD}|hundred"
    rf"|\d+)\b(?!\s?(?:%|percent|per\scent|million|billion|thousand|a\.m|p\.m|am\b|pm\b|years?|months?|days?"
    rf"|weeks?|hours?|minutes?|,\d)))"
    rf"|(?P<share>\b(?P<top>an?|{_UNITS_WORD})(?:(?:\s|\s?[-‐]\s?)(?P<bottom>{_DENOMINATOR})s?(?=\s(?:of|the"
    rf"|its|their|as|more|less)\b)"
    rf"|\s?[-‐]\s?(?P<joined>{_DENOMINATOR})s?\b|\s(?P<many>(?:third|fourth|fifth|sixth|seventh|eighth|ninth"
    rf"|tenth)s)\b))"
    r"|(?P<half>\bhalf\b(?<!first\shalf)(?<!second\shalf)(?<!latter\shalf)(?<!other\shalf)(?=\s(?:of|the|its"
    r"|their|his|her|all|those|a\s(?:century|mile|hour|percent|per\scent))\b))"
    rf"|(?P<words>\b(?:(?:an?|half\sa|half|a\squarter"
    rf"|quarter)\s(?={_SCALE_WORD}))?{_ONE_WORD}(?:(?:[\s-]{{1,3}}|(?:(?<=hundred)|(?<=thousand)"
    rf"|(?<=million))\s+and\s+){_ONE_WORD})*\b(?!\s?[-‐]?fold\b))"
    rf"|(?P<fold>\b(?P<times>{_UNITS_WORD}|\d+)[\s-]?fold\b)"
    r"|(?P<mixed>(?<![\w.,/⁄])(?P<int>\d+)\s(?P<above>\d{1,2})\s?[/⁄]\s?(?P<below>\d{1,3})(?![\w/⁄]))"
    r"|(?P<ratio>(?<![\w.,/⁄])(?P<over>\d{1,2})[/⁄](?P<under>\d{1,3})(?![\w/⁄]|\s?/))"
    r"|(?P<vulgar>(?<![\w])\d*\s?[½⅓⅔¼¾⅛⅜⅝⅞⅕])"
    rf"|(?P<digits>(?:(?<![\w.])|(?<=\bUSD)|(?<=\bEUR)|(?<=\bGBP)|(?<=\bRM)|(?<=\bRs)"
    rf"|(?<=\beuro))(?<!\d,)(?:{_DIGITS}))",
    re.IGNORECASE,
)
_SCALE: Final = re.compile(
    rf"[\s-]{{0,2}}(?P<long>{_SCALE_WORD})s?\b(?!\s?-?fold)|(?P<gap>\s?)(?P<short>k|mn|mln|mio|m|bn|b|tn"
    rf"|trn)(?![A-Za-z0-9'’²³/])",
    re.IGNORECASE,
)
_VAGUE: Final = {
    "tens": 10.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "dozens": 12.0,
    "scores": 20.0,
}
_MAYBE: Final = re.compile(
    rf"\d|\b(?:{_UNITS_WORD}|{_SCALE_WORD}|pair|couple|half|third|quarter|tens|scores)|[½⅓⅔¼¾⅛⅜⅝⅞⅕]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``text[start:end]``; ``kind``: "digits", "words", "share" (a part), "vague", "about" or "fold"."""

    start: int
    end: int
    value: float
    kind: str


def has_number(text: str) -> bool:
    """Return whether ``text`` may hold a number at all; cheap, and never wrongly False."""
    return _MAYBE.search(text) is not None


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of ``text`` in order, without scales behind digits (see ``scale_at``)."""
    for match in _NUMERAL.finditer(text):
        kind = match.lastgroup or ""
        found = _numeral(match)
        if found is not None and kind:
            yield found


def scale_at(text: str, position: int, *, money: bool) -> tuple[float, int]:
    """Return the factor of the scale word at ``position`` and where it ends; (1, position) where there is none.

    "m" may be metres: it is a million before a thing that is counted and in amounts of ``money``.
    """
    found = _SCALE.match(text, position)
    if found is None:
        return 1.0, position
    if found["long"]:
        return SCALES[found["long"].lower()], found.end()
    short = found["short"]
    if found["gap"] and not money:
        return 1.0, position
    if short in ("m", "b", "B", "M") and not money and not _counts(text, found.end(), short):
        return 1.0, position
    return _SHORT_SCALES[short.lower()], found.end()


_MEASURED: Final = re.compile(
    r"\s(?:is|are|was|were|has|had|the|for|on|as|with|who|that|which|when|while|before|after|per|tall|long"
    r"|high|wide|deep|away|from|north|south|east|west|above|below|off|in|at|of|to|and|or|by|x|across|apart"
    r"|sprint|race|final|freestyle|"
    r"butterfly|hurdles|relay|dash|swim|underwater|thick)\b",
    re.IGNORECASE,
)


def _counts(text: str, position: int, short: str) -> bool:
    """Whether a noun that can be counted follows "1.2m" ("tons", "people"), not the end or a word of measuring."""
    if short in ("b", "B"):
        return False
    follows = re.match(r"\s[A-Za-z]{2,}", text[position : position + 20]) is not None
    return follows and _MEASURED.match(text, position) is None


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["couple"]:
        return Numeral(start, end, 2.0, "words" if "pair" in match["couple"].lower() else "about")
    if match["vague"]:
        parts = match["vague"].lower().split(" of ")
        value = _VAGUE[parts[0]] * (_VAGUE[parts[1]] if len(parts) > 1 else 1.0)
        return Numeral(start, end, value, "vague")
    if match["chance"]:
        return _share(start, end, _word_value(match["part"]), _word_value(match["whole"]))
    if match["share"]:
        top = 1.0 if match["top"].lower() in ("a", "an") else _word_value(match["top"])
        bottom = (match["bottom"] or match["joined"] or match["many"]).lower()
        return _share(start, end, top, _DENOMINATORS.get(bottom) or _DENOMINATORS[bottom.rstrip("s")])
    if match["half"]:
        return Numeral(start, end, 0.5, "share")
    if match["words"]:
        value_of = words_value(match["words"])
        return None if value_of is None else Numeral(start, end, value_of, "words")
    if match["fold"]:
        return Numeral(start, end, _word_value(match["times"]), "fold")
    return _figures(match, start, end)


def _figures(match: re.Match[str], start: int, end: int) -> Numeral | None:
    if match["mixed"]:
        below = float(match["below"])
        return Numeral(start, end, float(match["int"]) + float(match["above"]) / below, "digits") if below else None
    if match["ratio"]:
        return _share(start, end, float(match["over"]), float(match["under"]))
    if match["vulgar"]:
        whole = match["vulgar"][:-1].strip()
        return Numeral(start, end, (float(whole) if whole else 0.0) + _VULGAR[match["vulgar"][-1]], "digits")
    written = re.sub(r"[,\s]", "", match["digits"])
    return Numeral(start, end, float(written), "digits") if len(written) <= 24 else None


def _share(start: int, end: int, part: float, whole: float) -> Numeral | None:
    return Numeral(start, end, part / whole, "share") if whole and part < whole else None


def _word_value(word: str) -> float:
    lower = word.lower()
    if lower in _SMALL:
        return _SMALL[lower]
    return _TENS.get(lower) or SCALES.get(lower) or float(lower)


def words_value(words: str) -> float | None:
    """Return what number words are worth ("two hundred and five thousand" is 205,000), or None where they make none."""
    parts = [part for part in re.split(r"[\s-]+", words.lower()) if part not in ("and", "a", "an")]
    total, current, last = 0.0, 0.0, 0.0
    for part in parts:
        if part == "half":
            current = 0.5
        elif part == "quarter":
            current = 0.25
        elif part in SCALES:
            scale = SCALES[part]
            if scale >= 1000:
                total, current = total + (current or 1.0) * scale, 0.0
            else:
                current = (current or 1.0) * scale
            last = scale
        else:
            value = _SMALL.get(part, _TENS.get(part, 0.0))
            if last and last < 100 and not (last >= 20 and value < 10):
                return None
            current += value
            last = value
    return total + current
