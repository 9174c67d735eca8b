"""What a predicate says about the proposition that it takes, and how that composes with what is said of itself.

A signature has two values: what becomes of the proposition where the predicate holds, and where it does not. "Managed
to" is asserted, denied; "failed to" denied, asserted; "knows that" asserted both ways; "hopes to" without commitment.
The table is ``lexicon/en/predicates.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claims.engine.lexicon.loading import table
from claims.engine.types import Factuality

_COMMITTED = {Factuality.ASSERTED: 1, Factuality.DENIED: -1}
_OF_SIGN = {1: Factuality.ASSERTED, -1: Factuality.DENIED}


@dataclass(frozen=True, slots=True)
class Commitment:
    """How a proposition stands in its text. ``lean`` is 1 or -1: which way it would go if it had to go one way.

    ``predicted``: somebody says for certain that it will be, or will not be. That takes a side, but is no fact yet.
    """

    factuality: Factuality
    lean: int
    predicted: bool = False

    @property
    def committed(self) -> bool:
        """Return whether the text says that it is so, or that it is not."""
        return self.factuality in _COMMITTED

    def negated(self) -> Commitment:
        """Return how the negation of a proposition that stands so stands."""
        factuality = _OF_SIGN[-self.lean] if self.committed else self.factuality
        return Commitment(factuality, -self.lean, self.predicted)

    def within(self, outer: Commitment) -> Commitment:
        """Return how a proposition of this standing stands where all of it is said under ``outer``."""
        if not outer.committed:
            return self.weakened(outer)
        return self if outer.lean > 0 else self.negated()

    def weakened(self, by: Commitment) -> Commitment:
        """Return how a proposition of this standing stands under an operator without commitment."""
        stronger = by if self.committed else self
        return Commitment(stronger.factuality, self.lean * by.lean, stronger.predicted)


ASSERTED = Commitment(Factuality.ASSERTED, 1)
DENIED = Commitment(Factuality.DENIED, -1)
HYPOTHETICAL = Commitment(Factuality.HYPOTHETICAL, 1)
COUNTERFACTUAL = Commitment(Factuality.HYPOTHETICAL, -1)
PLANNED = Commitment(Factuality.PLANNED, 1)
PREDICTED = Commitment(Factuality.PLANNED, 1, predicted=True)
ASKED = Commitment(Factuality.ASKED, 1)


@dataclass(frozen=True, slots=True)
class Signature:
    """What becomes of a complement where its predicate holds, and where it does not.

    ``tells_itself``: a clause with the predicate tells an event of its own ("agreed to sell"), and not the complement.
    """

    positive: Commitment
    negative: Commitment
    tells_itself: bool = False

    def project(self, predicate: Commitment) -> Commitment:
        """Return how the complement stands where the predicate stands so.

        Where nobody commits to the predicate, only what is presupposed either way is committed to.
        """
        if self.positive == self.negative:
            return self.positive
        if predicate.committed:
            return self.positive if predicate.lean > 0 else self.negative
        return self.positive.weakened(predicate) if self.positive.committed else self.positive


DEFAULTS = {
    "that": Signature(ASSERTED, COUNTERFACTUAL),
    "to": Signature(ASSERTED, DENIED),
    "ing": Signature(ASSERTED, DENIED),
    "np": Signature(ASSERTED, DENIED),
    "claim": Signature(ASSERTED, ASSERTED),
}
"""For predicates that the table does not name: most verbs with an infinitive or a gerund say that it came to that."""


def commitment_of(cell: str) -> Commitment:
    """Return the commitment that a cell names: "denied", "planned+". Raises ``ValueError`` for anything else."""
    factuality = Factuality(cell.rstrip("+-"))
    lean = -1 if cell.endswith("-") or factuality is Factuality.DENIED else 1
    return Commitment(factuality, lean)


@cache
def signatures() -> dict[tuple[str, str], Signature]:
    """Return the signatures by predicate and kind of complement. Raises ``ValueError`` where one stands there twice."""
    found: dict[tuple[str, str], Signature] = {}
    for row in table("en/predicates"):
        values = commitment_of(row["positive"]), commitment_of(row["negative"])
        signature = Signature(*values, tells_itself=row["tells"] == "itself")
        for complement in row["complements"].split("|"):
            for predicate in row["predicates"].split("|"):
                if (predicate, complement) in found:
                    raise ValueError(f"en/predicates.csv: {predicate} with {complement} stands there twice")
                found[predicate, complement] = signature
    return found


def listed(predicates: Iterable[str], complement: str) -> Signature | None:
    """Return the signature of the first of ``predicates`` that the table has with such a complement."""
    known = signatures()
    kinds = ("claim", "np") if complement == "claim" else (complement,)
    found = (known.get((predicate, kind)) for predicate in predicates for kind in kinds)
    return next((signature for signature in found if signature is not None), None)
