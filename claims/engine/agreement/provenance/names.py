"""Names that stand for the same root: agencies by their credits and domains, outlets by their domains, states."""

from __future__ import annotations

import re
from functools import lru_cache

from claims.engine import names
from claims.engine.agencies import BY_FORM

REMEMBERED = 4096
"""Names whose form is kept: one claim's evidence names the same few speakers and outlets again and again."""

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
_NAMELESS = re.compile(
    r"(?:(?:an?|the|his|her|its|their|this|that|official|written|short|brief|joint) )*"
    r"(?:statement|comment|remark|press release|announcement|communiqu[eé]|post|message|tweet)s?"
)
_ENDING = re.compile(r"(?<=[a-z])(?:yy|iy|ij|yj)\b")


@lru_cache(maxsize=REMEMBERED)
def squeezed(name: str) -> str:
    """Return the name without case, article, spaces and punctuation."""
    return names.squeezed(name)


@lru_cache(maxsize=REMEMBERED)
def agency(name: str) -> str:
    """Return the agency that a credit, a speaker's name or a domain stands for, or ""."""
    found = BY_FORM.get(squeezed(name)) or BY_FORM.get(_site(name))
    return found.key if found is not None else ""


@lru_cache(maxsize=REMEMBERED)
def outlet(name: str) -> str:
    """Return one form for an outlet's name and its domain: "www.kyivindependent.com" and "The Kyiv Independent"."""
    form = _site(name) or squeezed(name)
    return _OUTLET.get(form, form)


@lru_cache(maxsize=REMEMBERED)
def nameless(document: str) -> bool:
    """Say whether a document is only called what it is ("a statement"): it speaks for whoever issued it."""
    return _NAMELESS.fullmatch(document.lower()) is not None


@lru_cache(maxsize=REMEMBERED)
def plain(name: str) -> str:
    """Return the name in lower case without accents, spelled one way: "Zelenskyy" and "Zelensky" are one."""
    return _ENDING.sub("y", names.bare(name))


def _site(name: str) -> str:
    """The site's own label of a domain ("metro" of "metro.co.uk"), or "" where the name is not a domain."""
    labels = names.fold(name).removeprefix("www.").split(".")
    if len(labels) < 2 or any(not label or " " in label for label in labels):
        return ""
    own = labels[:-2] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[:-1]
    return squeezed(own[-1])
