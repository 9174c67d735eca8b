"""The policy of matching on one screen: what is compared, what each score is worth, and on what that rests.

The worths are few, round and set, not fitted: on events that were left out, a plain sum of terms of about equal spread
does better than weights that were fitted on the others (docs/matching.md). Fitted are only the base and the thresholds,
in ``weights/matching.json``. The docs' table, the benchmark and the fitting script follow from this table. What keeps
two statements apart whatever their score stands in ``vetoes.RULES``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from claims.engine.matching.comparing import Comparing
from claims.engine.matching.comparisons import context, entities, figures, lexical


@dataclass(frozen=True, slots=True)
class Curve:
    """Log-odds by score: straight lines between ``(knots[i], values[i])``; ``missing`` where nothing is compared."""

    knots: tuple[float, ...]
    values: tuple[float, ...]
    missing: float = 0.0

    @property
    def most(self) -> float:
        """Return the highest log-odds that any score, or none, is worth."""
        return max(*self.values, self.missing)

    @property
    def least(self) -> float:
        """Return the lowest log-odds that any score, or none, is worth."""
        return min(*self.values, self.missing)

    def at(self, score: float | None) -> float:
        """Return the log-odds that ``score`` in [0, 1] is worth."""
        if score is None:
            return self.missing
        right = min(max(bisect_right(self.knots, score), 1), len(self.knots) - 1)
        low, high = self.knots[right - 1], self.knots[right]
        share = min(max((score - low) / (high - low), 0.0), 1.0)
        return self.values[right - 1] + share * (self.values[right] - self.values[right - 1])


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison of the policy, what its score is worth in log-odds (natural logarithm), and on what that rests."""

    function: Comparing
    curve: Curve
    basis: str

    @property
    def name(self) -> str:
        """Return the name under which the comparison is shown and documented."""
        return str(getattr(self.function, "__name__", ""))


def _line(worth: float, missing: float = 0.0) -> Curve:
    return Curve((0.0, 1.0), (0.0, worth), missing)


_SPREAD = "set: worth by its spread over the pairs of the nine events"
_HALF = "set: half the worth by its spread"
_MEASURE = "set: of the pairs of the nine events that measure one thing with one value, 9 of 10 are one claim"
_REASON = "set: by reason, figures are rare in the pair sets"

POLICY: tuple[Term, ...] = (
    Term(lexical.meanings, _line(6.5), _SPREAD),
    Term(lexical.words, _line(3.25), _HALF),
    Term(lexical.order, _line(2.5), _HALF),
    Term(lexical.nothing_alone, _line(1.25), _SPREAD),
    Term(lexical.residual_overlap, _line(2.0), _HALF),
    Term(entities.predicate, _line(1.25), _HALF),
    Term(entities.participants, _line(1.75, missing=0.25), _HALF),
    Term(figures.same_figure, Curve((0, 0.3, 1), (0, 2, 6)), _MEASURE),
    Term(figures.counted, Curve((0, 0.1, 0.3, 0.5, 0.7, 0.95, 1), (-6, -3, -2, 0, 0.5, 2.5, 6.5)), _REASON),
    Term(figures.outcomes, Curve((0, 0.4, 0.75, 1), (-9, -2.5, -2, 1.5)), _REASON),
    Term(
        context.document_context,
        Curve((0, 0.3, 0.5, 0.75, 1), (-8, -6, -3, 0, 2)),
        "set: after a fit on ecbplus_pairs",
    ),
)

CURVES: Mapping[str, Curve] = {term.name: term.curve for term in POLICY}
