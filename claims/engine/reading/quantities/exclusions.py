"""Numbers that are no quantities: dates, times, years, ordinals, codes, telephone numbers, addresses, labels."""

from __future__ import annotations

import re
from typing import Final

from claims.engine.lexicon.loading import words
from claims.engine.reading.quantities.context import is_bounded

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_LABELS: Final = (
    r"No|Nos|Number|Article|Chapter|Section|Sec|Route|Highway|Hwy|Interstate|Exit|Flight|Channel|Type|Phase"
    r"|Level|Page|Pages|Room|Apartment|Apt|Suite|"
    r"Unit|Figure|Fig|Table|Grade|Group|Formula|War|Platform|Gate|Pier|Runway|District|Ward|Precinct|Region"
    r"|Division|Amendment|Proposition|Prop|"
    r"Resolution|Rule|Title|Act|Scene|Episode|Season|Version|Lap|Day|Week|Round|Stage|Game|Area|Zone|Tier|Road"
    r"|Category|Class|Psalm|Verse|Catch|Top"
)
_PLACES: Final = (
    r"zone|sector|district|ward|room|gate|lane|platform|terminal|reactor|tower|block|level|phase|stage|grade"
    r"|category|type|line|pier|berth|runway|junction|mile|kilometre|kilometer|article|clause|paragraph"
)
"""Places and parts that bear a number."""
_STREETS: Final = (
    r"Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Way|Place|Pl|Court|Ct|Parkway|Pkwy|Highway|Hwy"
    r"|Square|Terrace|Circle|Trail|Loop"
)
_ZONES: Final = "|".join(sorted(words("en/time_zones"), key=len, reverse=True))
_CLOCK: Final = r"(?:[01]?\d|2[0-4])[.:h][0-5]\d"
_AT_A_TIME: Final = (
    r"(?<!\btrading\s)(?<!\btraded\s)(?<!\bpriced\s)(?<!\bsettled\s)(?<!\bvalued\s)(?<!\bquoted\s)"
    rf"\b(?:at|until|till|before|after|around|about|since)\s{_CLOCK}(?!\d)(?=\s(?:and|as|at|by|for|in|into|inside|near"
    r"|of|off|on|outside|over|that|this|to|under|when|while|yesterday|today|local|Mon|Tue|Wed|Thu|Fri|Sat|Sun)|[,.;]|\s?$)"
)
"""A time of day with a point and no zone: what follows it is neither a unit nor a thing that could be counted."""
_NOT: Final = re.compile(
    rf"(?P<day>\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b(?![.,]\d)(?:\s?[-–]\s?(?:{_MONTH}\s)?\d{{1,2}}\b)?(?:,?\s(?:19|20)\d\d\b)?|\b\d{{1,2}}(?:st|nd"
    rf"|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?\s(?:of\s)?{_MONTH}(?![a-z])"
    rf"(?:,?\s(?:19|20)\d\d\b)?|\b{_MONTH},?\s(?:of\s)?(?:1[5-9]|20)\d\d\b)"
    r"|(?P<numeric>\b\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+Z?)?|\b\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{2,4}\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d\b)"
    r"|(?P<clock>\b\d{1,2}\s?[:.]\s?\d\d(?::\s?\d\d)?(?:\s?[ap]\.?\s?m\b\.?)|\b\d{1,2}:\s?\d\d(?::\s?\d\d)?\b"
    r"|\b\d{1,2}\s?(?:a\.\s?m\.|p\.\s?m\.|am\b|pm\b)|\b\d{1,2}\so['’]\s?clock"
    rf"|(?<![\d.,])\b{_CLOCK}\s?(?:(?:{_ZONES})\b|hrs\b|hours\b|(?i:local\stime))|{_AT_A_TIME}"
    rf"|(?<![\d.,])\b\d{{4}}\s?(?:(?:{_ZONES})\b|hrs\b))"
    r"|(?P<year>\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b|['’]\d\ds?\b|\b\d{1,4}0s\b|\b(?:19"
    r"|20)\d\d(?:['’′]\s?s)\b)"
    r"|(?P<ordinal>\b\d+(?:,\d{3})*\s?(?:st|nd|rd|th)\b)"
    r"|(?P<code>\b(?!(?i:to|minus|over|under|than|around|about|nearly|a|of|and|or|the|up"
    r"|by)\b)[A-Za-z][A-Za-z]*[-‐–]\d[\w-]*|\b(?!(?i:rm|rs|euro|usd|eur|gbp|cad|aud|nzd|mxn|inr|cny|rmb|chf"
    r"|hkd)\d)[A-Za-z]+\d\w*|\b\d+[-‐]?[A-Z]\d\w*|\b\d{3,}[A-Z]\w+\b(?<![A-Z]{3})(?<!k[Ww]h))"
    r"|(?P<phone>\(?\b\d{3}\)?[-. ]+\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|\b\d{4,}-\d{4,}(?:-\d+)*"
    r"|\b0\d{2,4}[ /]\d{3,4}(?: \d{3,4})*|\b1?-?8\d\d-\d{3}-\w+)"
    r"|(?P<link>(?:https?://|\bwww\.|@)\w\S*|\b\w+\.(?:com|org|net|co\.uk)\b\S*|\B#\w+)"
    rf"|(?P<label>\b(?:{_LABELS})\.?\s(?:\d[\w.,-]*\d|\d)(?!\s?%)|\b(?i:highway|route|exit|interstate|flight"
    rf"|page|chapter|section|channel)\s\d+\b|\b(?:{_PLACES})\s\d{{1,3}}[A-Z]?\b(?!\s[a-z]+s\b|\s?%|[.,]\d)|\b(?i:9/11|(?:call(?:ed|ing)?|dial(?:ed|ing)?|to|a)\s911)\b"
    rf"|\b911(?=\s(?:call|dispatch|operator))|(?i:\b(?:picture|photo|image|slide|page|part)\s\d+\s?(?:/|of)\s?\d+\b)|(?i:\bno\.\s?\d+|\bnumber\s(?:one|two|three|\d+)\b)|\B[#§]\s?\d+)"
    rf"|(?P<address>\b\d{{1,5}}[\s-](?:block\b|(?:[NSEW]\.?\s|North\s|South\s|East\s"
    rf"|West\s)?(?:[A-Z][\w.'’]*\s){{1,3}}(?:{_STREETS})\b)|\b[A-Z]{{2}}\s\d{{5}}\b)",
)
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d$")
_YEAR_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|by|from|until|till|of|during|before|after|through|early|late|mid|year|and|to|between"
    r"|for|the|this|last)|[(,'’])\s?-?$",
    re.IGNORECASE,
)
_YEAR_LENGTH: Final = 12


def excluded(text: str) -> list[tuple[int, int]]:
    """Return the ranges of ``text`` whose numbers are no quantities: dates, times, ordinals, codes, addresses."""
    return [match.span() for match in _NOT.finditer(text)]


def is_year(text: str, start: int, end: int) -> bool:
    """Return whether the bare number ``text[start:end]`` is a year."""
    if not _YEAR.match(text[start:end]):
        return False
    before = text[max(0, start - _YEAR_LENGTH) : start]
    return _YEAR_BEFORE.search(before) is not None or not is_bounded(text, start)
