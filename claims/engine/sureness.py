"""Whether two statements of one claim surely say the same: asked before they are held to corroborate each other.

A claim may hold statements that merely come close. Two of them corroborate only where the pair by itself, without its
story, is well over the threshold of matching (``SURE``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from claims.engine.matching.claims import may_reach
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.comparisons.entities import predicate
from claims.engine.matching.comparisons.figures import one_measure
from claims.engine.matching.prepared import prepared
from claims.engine.matching.weights import shipped
from claims.engine.types import Mention

SURE = 5.25
"""Log-odds from which on two statements surely say the same; a mention joins a claim from less than half of that on."""

Same = Callable[[str, str], bool]


def surely_same(mention: Callable[[str], Mention]) -> Same:
    """Return a function that says of two ids whether their mentions surely state the same; ``mention`` looks one up."""
    context = ComparisonContext(shipped().background)

    def same(one: str, other: str) -> bool:
        left, right = mention(one), mention(other)
        if may_be_any(left) or may_be_any(right) or counts_others(left) != counts_others(right):
            return False
        if not one_deed(left, right, context):
            return False
        return may_reach(left, right, SURE, context)

    return same


def one_deed(left: Mention, right: Mention, context: ComparisonContext) -> bool:
    """Return whether the verb of one stands in the other, in any form, or both give one figure of one thing."""
    a, b = prepared(left), prepared(right)
    found = predicate(a, b, context).score
    if any(a.poles[axis] & b.poles[axis] for axis in a.poles.keys() & b.poles.keys()):  # one pole: admitted, confessed
        return True
    return found is None or found > 0 or one_measure(a, b, context)


def counts_others(mention: Mention) -> bool:
    """Return whether a figure counts those beside others: "two other houses", "another 20 people"."""
    figure = mention.quantity
    if figure is None or not figure.text:
        return False
    number, quote = re.escape(figure.text.lower()), mention.quote.lower()
    beside = rf"\b(?:another|further|additional) {number}|{number} (?:others?|more|further|additional)\b"
    return re.search(beside, quote) is not None


def may_be_any(mention: Mention) -> bool:
    """Return whether a statement tells of one of many without a name or a number: "a protester threw a stone"."""
    features, figure = mention.features, mention.quantity
    if not features.subject or features.entities or (figure is not None and figure.value > 1):
        return False
    one_of_many = rf"\b(?:an?|one|another)\s+(?:\w+\s+)?{re.escape(features.subject)}"
    return re.search(one_of_many, mention.quote.lower()) is not None
