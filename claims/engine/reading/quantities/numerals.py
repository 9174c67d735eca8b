"""Numbers in running text: digits, words, fractions, scales; where each stands and what it is worth.

Digits are read in the ways that newspapers group them: 1,250,000 and 1.250.000, 60 000 and 12'500, 12,34,567, with a
decimal point or comma. ``lexicon/en/numbers.csv`` holds the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from claims.engine.lexicon.loading import table


def _of_kind(*kinds: str) -> dict[str, float]:
    return {row["word"]: float(row["value"]) for row in table("en/numbers") if row["kind"] in kinds}


_SMALL: Final = _of_kind("small")
_TENS: Final = _of_kind("tens")
SCALES: Final = _of_kind("scale")
_SHORT_SCALES: Final = _of_kind("abbreviation", "money abbreviation")
_OF_MONEY: Final = frozenset(_of_kind("money abbreviation"))
_DENOMINATORS: Final = _of_kind("denominator")
_VAGUE: Final = _of_kind("vague")
_VULGAR: Final = _of_kind("vulgar")
_EXPONENTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _either(words: dict[str, float]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_UNITS_WORD: Final = "|".join([*_TENS, *sorted(_SMALL, key=len, reverse=True)])
_SCALE_WORD: Final = _either(SCALES)
_DENOMINATOR: Final = _either(_DENOMINATORS)
_ONE_WORD: Final = f"(?:{_UNITS_WORD}|{_SCALE_WORD})"
_VULGAR_SIGNS: Final = "".join(_VULGAR)
_LISTED: Final = r"(?!\s?(?:,|and|or|&)\s?\d)"  # "5,10 and 15" is a list

_EUROPEAN: Final = r"\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?![\d,])"
_SPACED: Final = r"\d{1,3}(?:\s\d{3})+(?!\d|-\w|[.,:]\d{3})(?:[.,]\d{1,2}(?!\d))?"
_APOSTROPHES: Final = r"\d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?"
_ENGLISH: Final = r"\d{1,3}(?:,\s?\d{3})+(?!\d)(?:\.\d+)?"
_INDIAN: Final = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?"
_COMMA: Final = rf"0,\d+(?!,?\d){_LISTED}|\d{{1,6}},\d{{1,2}}(?!,?\d){_LISTED}"
_GAPPED: Final = r"\d+\.\s\d{1,2}(?=\s?(?:%|per\s?cent|percent|[mb]illion|bn\b|trillion))"
_DIGITS: Final = "|".join(
    (_EUROPEAN, _SPACED, _APOSTROPHES, _ENGLISH, _INDIAN, _COMMA, _GAPPED, r"\d+(?:\.\d+)?", r"\.\d+")
)
_NUMERAL: Final = re.compile(
    rf"(?P<several>\b(?:a\s)?couple\s(?:of\s)?(?P<scale>{_SCALE_WORD})\b)"
    r"|(?P<couple>\b(?:a|the)\s(?:pair|couple)\sof\b)"
    rf"|(?P<vague>\b(?:{_either(_VAGUE)})\b(?:\sof\s(?:thousands|millions|billions)\b)?)"
    rf"|(?P<chance>\b(?P<part>{_UNITS_WORD}|\d+)\s(?:in|out\sof)\s(?:every\s)?(?P<whole>{_UNITS_WORD}|hundred"
    rf"|\d+)\b(?!\s?(?:%|percent|per\scent|million|billion|thousand|hundred|and\s|a\.m|p\.m|am\b|pm\b"
    rf"|years?|months?|days?|weeks?|hours?|minutes?|[,. -]\d)|[\s-]{_ONE_WORD}\b))"
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
    r"|(?P<multiple>\b(?:twice|thrice)\b(?=\s(?:as\s(?:many|much|likely|high|large|big|fast|long|often)|the\s\w+\sof)\b))"
    r"|(?P<power>(?<![\w.,])(?:(?P<mantissa>\d+(?:\.\d+)?)\s?[×x]\s?)?10(?P<exponent>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
    r"|(?P<mixed>(?<![\w.,/⁄])(?P<int>\d+)\s(?P<above>\d{1,2})\s?[/⁄]\s?(?P<below>\d{1,3})(?![\w/⁄]))"
    r"|(?P<ratio>(?<![\w.,/⁄])(?P<over>\d{1,2})[/⁄](?P<under>\d{1,3})(?![\w/⁄]|\s?/))"
    rf"|(?P<vulgar>(?<![\w])\d*\s?[{_VULGAR_SIGNS}])"
    rf"|(?P<digits>(?:(?<![\w.])|(?<=\bUSD)|(?<=\bEUR)|(?<=\bGBP)|(?<=\bRM)|(?<=\bRs)"
    rf"|(?<=\beuro))(?<!\d,)(?:{_DIGITS}))",
    re.IGNORECASE,
)
_POINT: Final = re.compile(rf"[\s-]point(?P<digits>(?:[\s-](?:{_either(_SMALL)}|\d+))+)\b", re.IGNORECASE)
"""The decimals of a spoken number: "three point seven"."""
_MORE: Final = re.compile(
    rf"[\s-]and[\s-](?P<top>an?|one|two|three)[\s-](?P<bottom>{_DENOMINATOR})s?\b"
    r"(?!\s(?:dozen|hundred|thousand|million|billion)s?\s(?:of|more)\b)",
    re.IGNORECASE,
)
"""What a mixed number adds to its whole: "and a half", "and three-quarters"."""
_SCALE: Final = re.compile(
    rf"[\s-]{{0,2}}(?P<long>{_SCALE_WORD})s?\b(?!\s?-?fold)"
    rf"|(?P<gap>\s?)(?P<short>{_either(_SHORT_SCALES)})(?![A-Za-z0-9'’²³/])",
    re.IGNORECASE,
)
_MAYBE: Final = re.compile(
    rf"\d|\b(?:{_UNITS_WORD}|{_SCALE_WORD}|pair|couple|half|third|quarter|tens|scores|twice|thrice)|[{_VULGAR_SIGNS}]",
    re.IGNORECASE,
)
_LONGEST: Final = 24


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
    behind = 0
    for match in _NUMERAL.finditer(text):
        if match.start() < behind or (found := _numeral(match)) is None:
            continue
        if found.kind in ("digits", "words"):
            found = _with_rest(text, found)
        behind = found.end
        yield found


def times(value: float, factor: float) -> float:
    """Return the product as it is written in decimals: 2.07 times a billion is 2,070,000,000, not a little less."""
    return float(Decimal(repr(value)) * Decimal(repr(factor)))


def scale_at(text: str, position: int, *, money: bool) -> tuple[float, int]:
    """Return the factor of the scale word at ``position`` and where it ends; (1, position) where there is none.

    "m" may be metres: it is a million before a thing that is counted and in amounts of ``money``.
    """
    found = _SCALE.match(text, position)
    if found is None:
        return 1.0, position
    if found["long"]:
        return SCALES[found["long"].lower()], found.end()
    short = found["short"].lower()
    if not money and (found["gap"] or short in _OF_MONEY):
        return 1.0, position
    if short in ("m", "b") and not money and not _counts(text, found.end(), short):
        return 1.0, position
    return _SHORT_SCALES[short], found.end()


_MEASURED: Final = re.compile(
    r"\s(?:is|are|was|were|has|had|the|for|on|as|with|who|that|which|when|while|before|after|per|tall|long"
    r"|high|wide|deep|away|from|north|south|east|west|above|below|off|in|at|of|to|and|or|by|x|across|apart|underwater"
    r"|thick)\b",
    re.IGNORECASE,
)


def _counts(text: str, position: int, short: str) -> bool:
    """Whether a noun that can be counted follows "1.2m" ("tons", "people"), not the end or a word of measuring."""
    if short == "b":
        return False
    follows = re.match(r"\s[A-Za-z]{2,}", text[position : position + 20]) is not None
    return follows and _MEASURED.match(text, position) is None


def _with_rest(text: str, number: Numeral) -> Numeral:
    """Return a number with its spoken decimals and the fraction that follows: "three point five", "six and a half"."""
    said = text[number.start : number.end].lower()
    if (point := _POINT.match(text, number.end)) is not None and not text.lower().endswith("at ", 0, number.start):
        decimals = "".join(str(int(_word_value(word))) for word in re.split(r"[\s-]+", point["digits"].strip(" -")))
        return replace(number, end=point.end(), value=float(f"{number.value:.0f}.{decimals}"))
    if (more := _MORE.match(text, number.end)) is None:
        return number
    top = 1.0 if more["top"].lower() in ("a", "an") else _word_value(more["top"])
    last = re.split(r"[\s-]+", said)[-1]
    part = top / _DENOMINATORS[more["bottom"].lower()] * (SCALES[last] if SCALES.get(last, 1.0) >= 1000 else 1.0)
    return replace(number, end=more.end(), value=number.value + part)


def _numeral(match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if match["several"]:
        return Numeral(start, end, 2 * SCALES[match["scale"].lower()], "about")
    if match["couple"]:
        return Numeral(start, end, 2.0, "words" if "pair" in match["couple"].lower() else "about")
    if match["vague"]:
        parts = match["vague"].lower().split(" of ")
        value = _VAGUE[parts[0]] * (_VAGUE[parts[1]] if len(parts) > 1 else 1.0)
        return Numeral(start, end, value, "vague")
    if match["chance"]:
        return share(start, end, _word_value(match["part"]), _word_value(match["whole"]))
    if match["share"]:
        top = 1.0 if match["top"].lower() in ("a", "an") else _word_value(match["top"])
        bottom = (match["bottom"] or match["joined"] or match["many"]).lower()
        return share(start, end, top, _DENOMINATORS.get(bottom) or _DENOMINATORS[bottom.rstrip("s")])
    if match["half"]:
        return Numeral(start, end, 0.5, "share")
    if match["words"]:
        value_of = words_value(match["words"])
        return None if value_of is None else Numeral(start, end, value_of, "words")
    if match["fold"]:
        return Numeral(start, end, _word_value(match["times"]), "fold")
    if match["multiple"]:
        return Numeral(start, end, 2.0 if match["multiple"].lower() == "twice" else 3.0, "fold")
    return _figures(match, start, end)


def _figures(match: re.Match[str], start: int, end: int) -> Numeral | None:
    if match["power"]:
        power = 10.0 ** int(match["exponent"].translate(_EXPONENTS))
        return Numeral(start, end, times(float(match["mantissa"] or 1), power), "digits")
    if match["mixed"]:
        below = float(match["below"])
        return Numeral(start, end, float(match["int"]) + float(match["above"]) / below, "digits") if below else None
    if match["ratio"]:
        return share(start, end, float(match["over"]), float(match["under"]))
    if match["vulgar"]:
        whole = match["vulgar"][:-1].strip()
        return Numeral(start, end, (float(whole) if whole else 0.0) + _VULGAR[match["vulgar"][-1]], "digits")
    written = match["digits"]
    return Numeral(start, end, digits_value(written), "digits") if len(written) <= _LONGEST else None


_DECIMAL_COMMA: Final = re.compile(rf"(?:{_COMMA}|\d{{1,3}}(?:[.\s]\d{{3}})+,\d{{1,2}})$")
_POINTS_GROUP: Final = re.compile(r"\d{1,3}(?:\.\d{3}){2,}$")


def digits_value(written: str) -> float:
    """Return what a number in digits is worth, in whichever way its digits are grouped."""
    if _DECIMAL_COMMA.match(written):
        return float(re.sub(r"[.\s]", "", written).replace(",", "."))
    if _POINTS_GROUP.match(written):
        return float(written.replace(".", ""))
    return float(re.sub(r"[,\s'’]", "", written))


def share(start: int, end: int, part: float, whole: float) -> Numeral | None:
    """Return the number that a part of a whole makes, or None where the part is not the smaller of the two."""
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
