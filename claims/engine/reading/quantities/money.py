"""Money: signs, codes and names of currencies, before and behind the number. Names are ISO 4217 codes."""

from __future__ import annotations

import re
from typing import Final

from claims.engine.reading.quantities.units import Unit, rate_at

_SIGNS: Final = {
    "$": "USD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "฿": "THB",
    "₫": "VND",
    "₴": "UAH",
    "₱": "PHP",
    "₿": "BTC",
    "₡": "CRC",
    "₾": "GEL",
    "₭": "LAK",
    "₦": "NGN",
    "元": "CNY",
    "zł": "PLN",
}
_DOLLARS: Final = {
    "us": "USD",
    "u.s.": "USD",
    "u.s": "USD",
    "usd": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "cad": "CAD",
    "hk": "HKD",
    "hkd": "HKD",
    "nz": "NZD",
    "nzd": "NZD",
    "s": "SGD",
    "sg": "SGD",
    "sgd": "SGD",
    "nt": "TWD",
    "r": "BRL",
    "mex": "MXN",
    "mx": "MXN",
    "mxn": "MXN",
}
_CODES: Final = (
    "USD",
    "EUR",
    "GBP",
    "JPY",
    "CNY",
    "RMB",
    "AUD",
    "CAD",
    "CHF",
    "HKD",
    "NZD",
    "SGD",
    "TWD",
    "INR",
    "RUB",
    "BRL",
    "MXN",
    "KRW",
    "ILS",
    "NIS",
    "TRY",
    "THB",
    "VND",
    "UAH",
    "PHP",
    "BTC",
    "ETH",
    "ZAR",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "AED",
    "SAR",
    "QAR",
    "KWD",
    "EGP",
    "NGN",
    "KES",
    "PKR",
    "BDT",
    "LKR",
    "IDR",
    "MYR",
    "ARS",
    "CLP",
    "COP",
    "PEN",
)
_LOWER_CODES: Final = frozenset(("usd", "eur", "gbp", "jpy", "cny", "rmb", "aud", "cad", "chf", "hkd", "nzd", "inr"))
"""Codes that are told also in lower case; "try", "all" and "pen" are words."""
_CODE_NAMES: Final = {"RMB": "CNY", "NIS": "ILS"}
_PREFIXES: Final = {"rm": "MYR", "rs": "INR", "rs.": "INR", "dollar": "USD", "sen": "sen", "euro": "EUR", "kr": "SEK"}

# "dollar" alone is the US dollar, and so on: the currency that news in English means when it does not say which.
_NAMES: Final = {
    "USD": "us dollar|u.s. dollar|united states dollar|american dollar|dollar|buck",
    "AUD": "australian dollar",
    "CAD": "canadian dollar",
    "HKD": "hong kong dollar",
    "NZD": "new zealand dollar",
    "SGD": "singapore dollar|singaporean dollar",
    "TWD": "taiwan dollar|new taiwan dollar",
    "EUR": "euro",
    "GBP": "pound sterling|pounds sterling|british pound|sterling|quid",
    "EGP": "egyptian pound",
    "JPY": "yen|japanese yen",
    "CNY": "yuan|renminbi|chinese yuan|kuai",
    "CHF": "swiss franc|franc",
    "FRF": "french franc",
    "BEF": "belgian franc",
    "RUB": "ruble|rouble|russian ruble|russian rouble",
    "INR": "rupee|indian rupee",
    "PKR": "pakistani rupee|pakistan rupee",
    "LKR": "sri lankan rupee",
    "UAH": "hryvnia|hryvnya|hryvnias",
    "KRW": "won|south korean won|korean won",
    "ILS": "shekel|israeli shekel|new israeli shekel",
    "TRY": "turkish lira|lira",
    "ITL": "italian lira|lire",
    "MXN": "mexican peso|peso",
    "PHP": "philippine peso|filipino peso",
    "ARS": "argentine peso",
    "BRL": "brazilian real|reais",
    "ZAR": "rand|south african rand",
    "NGN": "naira",
    "SEK": "swedish krona|swedish kronor|kronor|krona",
    "NOK": "norwegian krone|norwegian kroner",
    "DKK": "danish krone|danish kroner|kroner|krone",
    "PLN": "zloty|zlotys|polish zloty",
    "CZK": "czech crown|czech koruna|koruna",
    "HUF": "forint",
    "THB": "baht|thai baht",
    "VND": "vietnamese dong",
    "IDR": "rupiah",
    "MYR": "ringgit|malaysian ringgit",
    "SAR": "saudi riyal|riyal",
    "AED": "dirham",
    "DEM": "german mark|deutsche mark|deutschemark|d-mark|west german mark",
    "mark": "mark",
    "FIM": "finnish markka|markka|markkaa",
    "NLG": "dutch guilder|guilder",
    "ESP": "peseta|spanish peseta",
    "BTC": "bitcoin",
    "satoshi": "satoshi",
    "cent": "cent",
    "penny": "penny|pence",
}


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for code, names in _NAMES.items():
        for name in names.split("|"):
            table[name] = code
            table.setdefault(name + "s", code)
    return table


_BY_NAME: Final = _table()
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
