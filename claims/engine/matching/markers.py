"""What a statement states in so many words that keeps it apart from others: poles, numbered names, wholes, polarity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from claims.engine.lexicon.loading import words as word_list
from claims.engine.types import Mention

_SERIES = re.compile(
    r"""\b([A-Z][a-z]+|flight|article|route|room|line|group|grade|chapter|platform|gate|unit|block|reactor)
    [ -](?:No\.\ ?|number\ )?          # Flight 214, Orion-9, Route No. 7
    (\d{1,4}[A-Za-z]?|[IVX]{1,4})\b
    (?![.,:]\d|%|\ percent|\ per\ cent)  # no figure of its own""",
    re.VERBOSE,
)
_NOT_ONE = re.compile(r"\b(?:not (?:a single|one)|no one|nobody|none)\b", re.IGNORECASE)
_OF_A_WHOLE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?|dozens?|half|most|some|many"
    r"|(?:thirds?|quarters?)|\d[\d,]*)\s+(?:out\s+)?of\s+"
    r"(?:the |its |their |more than |over |about |some |nearly |at least )*(\d[\d,]*)"
)


def numbered_names(quote: str) -> Mapping[str, frozenset[str]]:
    """Return the numbers of names that bear one, by the word before: "Flight 214", "Orion 9"."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word, number in _SERIES.findall(quote):
        if word.lower() not in word_list("en/no_series") and word.lower() not in word_list("en/function_words"):
            found[word.lower()].add(number.lower())
    return {word: frozenset(numbers) for word, numbers in found.items()}


def wholes(quote: str) -> frozenset[str]:
    """Return the wholes of which a statement counts a part: "270" of "21 of the 270 girls"."""
    return frozenset(number.replace(",", "") for number in _OF_A_WHOLE.findall(quote.lower()))


def is_negated(mention: Mention) -> bool:
    """Say whether a statement says that something is not, or was not done: "none was hurt", "failed to pay"."""
    figure = mention.quantity
    none = figure is not None and figure.value == 0 and not figure.unit
    negated = mention.features.negated or none or bool(_NOT_ONE.search(mention.quote))
    return negated != (mention.features.predicate in word_list("en/failing"))
