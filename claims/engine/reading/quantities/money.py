"""Money: signs, codes and names of currencies, before and behind the number. Names are ISO 4217 codes."""

from __future__ import annotations

import re
from typing import Final

from claims.engine.lexicon.loading import table
from claims.engine.reading.quantities.units import Unit, rate_at

_SIGNS: Final = {row["sign"]: row["code"] for row in table("en/currency_signs")}
_DOLLARS: Final = {row["before"]: row["code"] for row in table("en/dollars")}
_CODE_NAMES: Final = {row["written"]: row["code"] for row in table("en/currency_codes")}
_CODES: Final = tuple(_CODE_NAMES)
_LOWER_CODES: Final = frozenset(row["written"].lower() for row in table("en/currency_codes") if row["lower"] == "yes")
_PREFIXES: Final = {"rm": "MYR", "rs": "INR", "rs.": "INR", "dollar": "USD", "sen": "sen", "euro": "EUR", "kr": "SEK"}

_NAMES: Final = {row["code"]: row["names"] for row in table("en/currencies")}


def _by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, names in _NAMES.items():
        for name in names.split("|"):
            codes[name] = code
            codes.setdefault(name + "s", code)
    return codes


_BY_NAME: Final = _by_name()
_NAME: Final = "|".join(re.escape(n) for n in sorted(_BY_NAME, key=len, reverse=True))
_SIGN: Final = "[" + "".join(s for s in _SIGNS if len(s) == 1) + "]"
_BEFORE: Final = re.compile(
    r"(?:(?<![A-Za-z])(?P<land>(?:"
    + "|".join(re.escape(d) for d in sorted(_DOLLARS, key=len, reverse=True) if len(d) > 1)
    + r")\s?|(?-i:[ACSR](?=\$)|c\s?))(?=\$))?"
    rf"(?P<sign>{_SIGN})\s?$"
    r"|(?<![A-Za-z])(?P<code>" + "|".join(_CODES) + r")[\s]?$"
    r"|(?<![A-Za-z])(?P<prefix>"
    + ""
    r"|".join(re.escape(p) for p in sorted(_PREFIXES, key=len, reverse=True))
    + r")\s?$",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    rf"(?P<gap>[\s-]{{0,2}})(?:(?P<name>{_NAME})(?![A-Za-z])|(?P<land>US|HK|A|C|NZ)?(?P<sign>{_SIGN})(?!\s?\d)|"
    r"(?P<code>" + "|".join(_CODES) + r")(?![A-Za-z]))",
    re.IGNORECASE,
)
_MILLIONS: Final = re.compile(r"\s?M(?P<code>USD|EUR|GBP|AUD|CAD|SEK|NOK|DKK|CHF|JPY)(?![A-Za-z])")
_WEIGHED: Final = re.compile(r"\s?pounds?(?![A-Za-z])", re.IGNORECASE)
_FORCE: Final = re.compile(
    r"\s?of\s(?:\w+\s)?(?:thrust|force|pressure|lift|payload|cargo|weight|explosives?|cocaine|heroin|marijuana|cannabis"
    r"|drugs?|meat|beef|pork|food|fuel|sugar|grain|rice|steel|dynamite)\b",
    re.IGNORECASE,
)
_MONEY_WORDS: Final = re.compile(
    r"\b(?:pay|paid|pays|cost|costs|worth|price|priced|profit|loss|losses|tax|fine|fined|salary|wages?|budget"
    r"|fund|funding|funds|earn|earned|"
    r"earnings|spend|spent|spending|revenue|sales|debt|loan|bid|deal|sterling|bank|million|billion|invest"
    r"|investment|cash|money|bill|fee)\b",
    re.IGNORECASE,
)
LOOKBACK: Final = 12


def money_before(text: str, position: int, behind: int = 0) -> tuple[str, int] | None:
    """Return the currency written right before ``position`` and where it starts ("US$", "EUR ", "Rs."), or None.

    Nothing before ``behind`` is looked at: it belongs to the number before.
    """
    start = max(0, position - LOOKBACK, behind)
    found = _BEFORE.search(text[start:position])
    if found is None:
        return None
    at = start + found.start()
    if found["code"]:
        code = found["code"]
        known = code.isupper() or code in _LOWER_CODES
        return (_CODE_NAMES.get(code.upper(), code.upper()), at) if known else None
    if found["prefix"]:
        return _PREFIXES[found["prefix"].lower()], at
    if found["sign"] == "$" and found["land"]:
        return _DOLLARS[found["land"].lower().strip()], at
    return _SIGNS[found["sign"]], at


def money_at(text: str, position: int) -> Unit | None:
    """Return the currency that begins at ``position``, right behind a number, with its rate, or None."""
    found = _BEHIND.match(text, position)
    if found is None:
        return _pounds(text, position)
    if found["name"]:
        name = _BY_NAME[found["name"].lower()]
    elif found["sign"]:
        if found["gap"] and found["gap"] != " ":
            return None
        name = _DOLLARS[found["land"].lower()] if found["land"] else _SIGNS[found["sign"]]
    elif found["code"].isupper() or found["code"] in _LOWER_CODES:
        name = _CODE_NAMES.get(found["code"].upper(), found["code"].upper())
    else:
        return None
    return rate_at(text, name, found.end())


def millions_at(text: str, position: int) -> Unit | None:
    """Return the currency of bankers' shorthand behind a number ("30 MUSD"), which means millions, or None."""
    found = _MILLIONS.match(text, position)
    return Unit(found["code"], found.end()) if found is not None else None


def _pounds(text: str, position: int) -> Unit | None:
    """ "Pounds" are money where the words around speak of money, else a weight."""
    found = _WEIGHED.match(text, position)
    if found is not None and _FORCE.match(text, found.end()):
        return None
    if found is None or not _MONEY_WORDS.search(text[max(0, position - 60) : position + 40]):
        return None
    return rate_at(text, "GBP", found.end())


def is_money(unit: str) -> bool:
    """Return whether ``unit`` is a currency, not a rate in one."""
    return len(unit) == 3 and unit.isupper()
