"""Names that stand for the same root: agencies by their credits and domains, outlets by their domains, states."""

from __future__ import annotations

import re

_AGENCIES = {
    "ap": ("ap", "apnews", "associatedpress", "aparchive"),
    "reuters": ("reuters", "thomsonreuters", "reutersnews"),
    "afp": ("afp", "agencefrancepresse", "francepresse", "agencefrance"),
    "upi": ("upi", "unitedpressinternational"),
    "dpa": ("dpa", "deutschepresseagentur", "germanpressagency"),
    "efe": ("efe", "agenciaefe"),
    "ansa": ("ansa",),
    "xinhua": ("xinhua", "xinhuanet", "xinhuanewsagency", "newscn"),
    "tass": ("tass", "itartass"),
    "ria novosti": ("ria", "rianovosti", "rianovostinewsagency"),
    "interfax": ("interfax", "interfaxnewsagency"),
    "interfax-ukraine": ("interfaxukraine",),
    "ukrinform": ("ukrinform",),
    "anadolu": ("aa", "anadolu", "anadoluagency", "aacomtr"),
    "pti": ("pti", "presstrustofindia", "ptinews"),
    "ani": ("ani", "asiannewsinternational", "aninews"),
    "ians": ("ians", "indoasiannewsservice"),
    "kyodo": ("kyodo", "kyodonews"),
    "yonhap": ("yonhap", "yna", "yonhapnewsagency"),
    "pa": ("pa", "pamedia", "pressassociation"),
    "canadian press": ("canadianpress", "thecanadianpress"),
    "aap": ("aap", "australianassociatedpress"),
    "irna": ("irna",),
    "kcna": ("kcna", "koreancentralnewsagency"),
}
_AGENCY = {written: name for name, forms in _AGENCIES.items() for written in forms}
_OUTLET = {
    "nytimes": "newyorktimes",
    "nyt": "newyorktimes",
    "wsj": "wallstreetjournal",
    "wapo": "washingtonpost",
    "ft": "financialtimes",
    "latimes": "losangelestimes",
    "sky": "skynews",
    "bbcnews": "bbc",
    "cnnnews": "cnn",
    "foxnews": "foxnewschannel",
    "scmp": "southchinamorningpost",
}
_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "edu"))
_STATES = {
    "Ukraine": "ukraine ukrainian kyiv kiev sbu",
    "Russia": "russia russian moscow kremlin fsb",
    "China": "china chinese beijing",
    "the United States": "us u.s american washington pentagon",
    "the United Kingdom": "uk u.k british downing whitehall",
    "North Korea": "pyongyang dprk",
    "South Korea": "seoul",
    "Israel": "israel israeli jerusalem idf",
    "Iran": "iran iranian tehran irgc",
    "France": "france french paris elysee élysée",
    "Germany": "germany german berlin",
    "Turkey": "turkey turkish türkiye ankara",
    "India": "india indian delhi",
    "Pakistan": "pakistan pakistani islamabad",
    "Japan": "japan japanese tokyo",
    "Syria": "syria syrian damascus",
    "Belarus": "belarus belarusian minsk",
    "Poland": "poland polish warsaw",
    "Nigeria": "nigeria nigerian abuja",
    "Greece": "greece greek athens",
}
_STATE = {word: state for state, words in _STATES.items() for word in words.split()}
_SEATS = frozenset(
    """kyiv kiev sbu moscow kremlin fsb beijing washington pentagon downing whitehall pyongyang seoul jerusalem idf
    tehran irgc elysee élysée ankara islamabad damascus minsk abuja""".split()  # noqa: SIM905
)
_OFFICE = re.compile(
    r"\b(?:president|presidency|prime minister|premier|government|govt|ministry|ministers?|army|military|forces|troops|"
    r"intelligence|security service|spokes(?:man|woman|person)|embassy|ambassador|parliament|general staff|navy|"
    r"air force|officials?|authorities|administration|state department|leader|leadership|commander|chancellor)\b"
)
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_NOT_WORD = re.compile(r"[\W_]+")


def squeezed(name: str) -> str:
    """A name without case, article, spaces and punctuation."""
    return _NOT_WORD.sub("", name.lower().removeprefix("the "))


def agency(name: str) -> str:
    """The agency that a credit, a speaker's name or a domain stands for, or ""."""
    return _AGENCY.get(squeezed(name)) or _AGENCY.get(_site(name)) or ""


def outlet(name: str) -> str:
    """One form for an outlet's name and its domain: "www.kyivindependent.com" and "The Kyiv Independent"."""
    form = _site(name) or squeezed(name)
    return _OUTLET.get(form, form)


def government(text: str) -> str:
    """The state whose government speaks, as far as the words show it ("Ukrainian president", "Kyiv"), or ""."""
    words = [word.lower() for word in _WORD.findall(text) if word != "us"]
    states = {_STATE[word] for word in words if word in _STATE}
    if len(states) != 1:
        return ""
    official = _OFFICE.search(text.lower()) is not None or any(word in _SEATS for word in words)
    return states.pop() if official or len(words) == 1 else ""


def _site(name: str) -> str:
    """The site's own label of a domain ("metro" of "metro.co.uk"), or "" where the name is not a domain."""
    labels = name.lower().strip().removeprefix("www.").split(".")
    if len(labels) < 2 or any(not label or " " in label for label in labels):
        return ""
    own = labels[:-2] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[:-1]
    return squeezed(own[-1])
