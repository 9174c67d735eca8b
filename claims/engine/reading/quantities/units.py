"""Units of measure: how they are written, and the one name that each has here.

Names are singular English words ("kilometre", "year of age", "percent"); money is named by its ISO 4217 code; a rate
is "X per Y". Nothing is converted: "5 miles" and "8 kilometres" stay what the article says, because converting would
hide the figure that a reviewer has to find in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# name: ways to write it, in lower case; a plural in -s is understood, "foot/feet" are both given.
_WORDS: Final = {
    "percentage point": "percentage point|percent point|per cent point|%-point|pp|ppt",
    "basis point": "basis point|basis-point|bps|bp",
    "percent": "%|percent|per cent|per-cent|pct|pc",
    "metre": "metre|meter",
    "kilometre": "kilometre|kilometer|kms|km",
    "centimetre": "centimetre|centimeter|cm",
    "millimetre": "millimetre|millimeter|mm",
    "micrometre": "micrometre|micrometer|micron|μm|µm",
    "nanometre": "nanometre|nanometer|nm",
    "picometre": "picometre|picometer",
    "decimetre": "decimetre|decimeter|dm",
    "mile": "mile|mi",
    "nautical mile": "nautical mile|nmi",
    "yard": "yard|yd|yds",
    "foot": "foot|feet|ft",
    "inch": "inch|inches",
    "light-year": "light-year|light year",
    "square kilometre": "square kilometre|square kilometer|sq km|sq. km|km2|km²|sq kms",
    "square metre": "square metre|square meter|sq m|sqm|sq. m|m2|m²|sq metre|sq meter",
    "square mile": "square mile|sq mi|sq mile",
    "square foot": "square foot|square feet|sq ft|sq. ft|sqft|ft2|ft²|square-foot",
    "square yard": "square yard|sq yd",
    "square inch": "square inch|square inches|sq in",
    "hectare": "hectare|ha",
    "acre": "acre",
    "cubic metre": "cubic metre|cubic meter|m3|m³|cu m",
    "cubic foot": "cubic foot|cubic feet|cu ft|ft3|ft³",
    "cubic inch": "cubic inch|cubic inches|cu in",
    "cubic centimetre": "cubic centimetre|cubic centimeter|cc",
    "litre": "litre|liter",
    "millilitre": "millilitre|milliliter|ml",
    "gallon": "gallon|gal",
    "quart": "quart",
    "pint": "pint",
    "fluid ounce": "fluid ounce|fl oz|fl. oz",
    "cup": "cup",
    "tablespoon": "tablespoon|tbsp",
    "teaspoon": "teaspoon|tsp",
    "barrel": "barrel|bbl",
    "gram": "gram|gramme",
    "kilogram": "kilogram|kilogramme|kilo|kg|kgs",
    "milligram": "milligram|milligramme|mg",
    "microgram": "microgram|microgramme|mcg|μg|µg",
    "metric ton": "metric ton|metric tonne|tonne|mt",
    "ton": "ton",
    "kiloton": "kiloton|kilotonne",
    "megaton": "megaton|megatonne",
    "gigaton": "gigaton|gigatonne",
    "pound-mass": "pound|lb|lbs",
    "ounce": "ounce|oz",
    "stone": "stone",
    "carat": "carat",
    "second": "second|sec|secs",
    "millisecond": "millisecond|ms",
    "minute": "minute|min|mins",
    "hour": "hour|hr|hrs",
    "day": "day",
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "quarter": "fiscal quarter",
    "year": "year|yr|yrs",
    "decade": "decade",
    "century": "century|centuries",
    "mile per hour": "mph|mile per hour|miles an hour|mile an hour",
    "kilometre per hour": "km/h|kmh|kph|kmph|km/hr|kilometers an hour|kilometres an hour",
    "metre per second": "m/s",
    "mile per gallon": "mpg",
    "knot": "knot",
    "celsius": "degree celsius|degrees celsius|deg celsius|celsius|celcius|centigrade|centigrate|degree centigrade"
    "|°c|° celsius|degrees c|degree c|deg c|ºc",
    "fahrenheit": "degree fahrenheit|degrees fahrenheit|deg fahrenheit|fahrenheit|farenheit|degrees farenheit"
    "|degree farenheit|°f|° fahrenheit|degrees f|degree f|deg f|ºf",
    "kelvin": "kelvin",
    "degree": "degree|deg|deg.|°|º",
    "radian": "radian|rad",
    "watt": "watt",
    "kilowatt": "kilowatt|kw",
    "megawatt": "megawatt|mw",
    "gigawatt": "gigawatt|gw",
    "terawatt": "terawatt|tw",
    "kilowatt hour": "kilowatt hour|kilowatt-hour|kwh",
    "megawatt hour": "megawatt hour|megawatt-hour|mwh",
    "gigawatt hour": "gigawatt hour|gigawatt-hour|gwh",
    "terawatt hour": "terawatt hour|terawatt-hour|twh",
    "horsepower": "horsepower|hp|bhp",
    "joule": "joule",
    "calorie": "calorie|cal",
    "kilocalorie": "kilocalorie|kcal",
    "volt": "volt",
    "ampere": "ampere|amp",
    "milliampere hour": "mah|milliamp hour",
    "farad": "farad",
    "hertz": "hertz|hz",
    "kilohertz": "kilohertz|khz",
    "megahertz": "megahertz|mhz",
    "gigahertz": "gigahertz|ghz",
    "decibel": "decibel|db",
    "pascal": "pascal",
    "kilopascal": "kilopascal|kpa",
    "megapascal": "megapascal|mpa",
    "pound per square inch": "psi",
    "kilopound per square inch": "ksi",
    "bit": "bit",
    "byte": "byte",
    "kilobyte": "kilobyte|kb",
    "megabyte": "megabyte|mb",
    "gigabyte": "gigabyte|gb",
    "terabyte": "terabyte|tb",
    "petabyte": "petabyte|pb",
    "megabit per second": "mbps|mbit/s|megabits per second",
    "gigabit per second": "gbps|gbit/s|gigabits per second",
    "megapixel": "megapixel|mp",
    "pixel": "pixel|px",
    "magnitude": "on the richter scale",
    "point": "point",
    "point per game": "ppg",
    "rebound per game": "rpg",
    "assist per game": "apg",
    "time": "times|time",
}

# Single letters and signs that mean a unit only as written, and only right behind a number in digits.
_SIGNS: Final = {
    "m": "metre",
    "g": "gram",
    "G": "generation wireless",
    "t": "metric ton",
    "l": "litre",
    "L": "litre",
    "W": "watt",
    "V": "volt",
    "F": "farad",
    "s": "second",
    "h": "hour",
    "p": "penny",
    "in": "inch",
}
_SPACED_SIGNS: Final = frozenset({"m", "W", "V", "F", "g"})
"""Signs that may also stand one space behind the number ("5 W")."""

AGES: Final = frozenset({"year", "month", "week", "day", "hour", "minute"})
DURATIONS: Final = AGES | {"second", "millisecond", "decade", "century", "fortnight", "quarter"}
_RATE_WORDS: Final = (
    "share|person|head|capita|unit|barrel|day|week|month|year|annum|hour|minute|second|night|game|pound|ounce|gallon"
    "|litre|liter|ton|tonne|mile|square foot|square metre|square meter|square mile|acre|hectare|household|student"
    "|pupil|patient|family|ticket|dozen|kilowatt hour|kilogram|kilo|gram|gramme|millisecond|bottle|vehicle|car"
    "|employee|worker|customer|user|metre|meter|kilometre|kilometer"
)
_RATE_NAMES: Final = {
    "ms": "millisecond",
    "s": "second",
    "h": "hour",
    "l": "litre",
    "annum": "year",
    "liter": "litre",
    "square meter": "square metre",
    "tonne": "metric ton",
    "gramme": "gram",
    "kilo": "kilogram",
    "meter": "metre",
    "kilometer": "kilometre",
    "pound": "pound-mass",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found in a text: its name, and where it ends."""

    name: str
    end: int


def _plural(alias: str) -> str:
    escaped = re.escape(alias)
    return escaped + "s?" if alias[-1].isalpha() and len(alias) > 2 and alias[-1] != "s" else escaped


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for name, aliases in _WORDS.items():
        for alias in aliases.split("|"):
            table[alias] = name
            table.setdefault(alias + "s", name)
    return table


_NAMES: Final = _table()
_ALIASES: Final = sorted((a for names in _WORDS.values() for a in names.split("|")), key=len, reverse=True)
_UNIT: Final = re.compile(
    r"(?:\s?[-‐‑]\s?|\s{0,2}[(\[{<]?)(?P<unit>"
    + "|".join(_plural(alias) for alias in _ALIASES)
    + r")(?![A-Za-z0-9²³])",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(
    r"(?P<space> ?)-?(?P<sign>" + "|".join(sorted(_SIGNS, key=len, reverse=True)) + r")(?![A-Za-z0-9'’&²³])"
)
_INCHES: Final = re.compile(r"\s?[\"″](?=\s?(?:long|wide|tall|high|deep|thick|screen|display|x\b|by\b))")
_RATE: Final = re.compile(
    r"(?:\s?/\s?|[\s-]{1,3}(?:per|an?|each|every)[\s-]{1,3})(?P<rate>"
    + _RATE_WORDS
    + r")s?(?![A-Za-z])(?!\s(?:earlier|ago|later|before|after|ahead|old|from)\b)"
    r"|\s?/\s?(?P<short>ms|s|sec|h|hr|min|kg|km|l)(?![A-Za-z])",
    re.IGNORECASE,
)
_LATER_RATE: Final = re.compile(
    r"\sof(?:\s[a-z-]+){1,3}?\s(?:an?|per)\s(?P<rate>second|minute|hour|day|week|month|year)\b(?!\s(?:earlier"
    r"|ago|later))"
)
_AGE: Final = re.compile(r"[\s-]{1,3}(?:olds?|of[\s-]age)\b", re.IGNORECASE)
_CASED: Final = {"MB": "megabyte", "Mb": "megabit", "mb": "megabit", "MW": "megawatt", "mW": "milliwatt"}


def unit_at(text: str, position: int, *, digits: bool) -> Unit | None:
    """Return the unit of measure that begins at ``position``, right behind a number, or None.

    ``digits`` says that the number is written in digits; single letters are units only then ("48m", not "five m").
    """
    found = _UNIT.match(text, position)
    if found is not None:
        written = found["unit"]
        name = _CASED.get(written) or _NAMES.get(written.lower()) or _NAMES[written.lower().rstrip("s")]
        return _with_rate(text, name, found.end())
    if not digits:
        return None
    if (inches := _INCHES.match(text, position)) is not None:
        return Unit("inch", inches.end())
    sign = _SIGN.match(text, position)
    if sign is not None and sign["sign"] == "s" and "." not in text[max(0, position - 3) : position]:
        return None
    if sign is not None and (not sign["space"] or sign["sign"] in _SPACED_SIGNS):
        return _with_rate(text, _SIGNS[sign["sign"]], sign.end())
    return None


def rate_at(text: str, name: str, position: int) -> Unit:
    """Return ``name`` with the rate that follows at ``position``: "USD" before " per share" is "USD per share"."""
    found = _RATE.match(text, position)
    if found is None:
        return Unit(name, position)
    per = (found["rate"] or found["short"]).lower()
    per = _RATE_NAMES.get(per, _NAMES.get(per, per) if found["short"] else per)
    return Unit(f"{name} per {per}", found.end())


def _with_rate(text: str, name: str, position: int) -> Unit:
    if name in AGES and (age := _AGE.match(text, position)) is not None:
        return Unit(f"{name} of age", age.end())
    rated = rate_at(text, name, position)
    later = _LATER_RATE.match(text, position) if rated.end == position else None
    return Unit(f"{name} per {later['rate']}", position) if later is not None else rated
