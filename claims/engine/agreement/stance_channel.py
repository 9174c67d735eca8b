"""What assertions and denials together say about a claim: the Beta-binomial stance channel.

Let n be the weight of the origins that assert a claim and m that of those that deny it. For a true claim the share of
assertions is itself unknown, Beta(a1, b1); for a false one it is Beta(a0, b0). The log likelihood ratio is

    L(n, m) = log B(a1 + n, b1 + m) / B(a1, b1) - log B(a0 + n, b0 + m) / B(a0, b0)

(the Beta-binomial's coefficients cancel). It says three things that a plain sum of log(A / (1 - A)) does not: each
further assertion adds a little less, because origins that look independent are never quite; one denial outweighs
several assertions; and a second denial adds less than the first. With a1 >= a0 and b0 >= b1 it rises with n and falls
with m, whatever the other is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from claims.engine.agreement.parameters import Parameters


def log_beta(a: float, b: float) -> float:
    """Return log B(a, b)."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def evidence(asserting: float, denying: float, parameters: Parameters) -> float:
    """Return L(n, m) in log-odds; 0 where nobody says anything."""
    p = parameters
    true = log_beta(p.true_asserted + asserting, p.true_denied + denying) - log_beta(p.true_asserted, p.true_denied)
    false = log_beta(p.false_asserted + asserting, p.false_denied + denying) - log_beta(
        p.false_asserted, p.false_denied
    )
    return true - false


def stances(asserting: float, denying: Sequence[tuple[float, float]], parameters: Parameters) -> float:
    """Return what all that is said adds, in log-odds: the sum of ``portions``."""
    return math.fsum((evidence(asserting, 0.0, parameters), *(x for _, _, x in _steps(asserting, denying, parameters))))


def portions(asserting: Sequence[float], denying: Sequence[tuple[float, float]], parameters: Parameters) -> list[float]:
    """Return each origin's line, given its weight for, and its weight against with a factor in [0, 1].

    The origins that assert share what the assertions add without the denials, L(n, 0), by their weights. The denials
    follow in falling order of their factors, those of one factor f together: they share f (L(n, m') - L(n, m)), with
    m and m' the weight against before and after them. A full denial has factor 1, one by the accused party less.
    """
    n = math.fsum(asserting)
    alone = evidence(n, 0.0, parameters)
    result = [alone * a / n if n > 0 else 0.0 for a in asserting]
    for factor, weight, added in _steps(n, denying, parameters):
        for i, (d, f) in enumerate(denying):
            if f == factor:
                result[i] += added * d / weight
    return result


def _steps(
    asserting: float, denying: Sequence[tuple[float, float]], parameters: Parameters
) -> Iterator[tuple[float, float, float]]:
    """Yield each factor, falling, with the weight against that has it and what that weight adds."""
    before, level = 0.0, evidence(asserting, 0.0, parameters)
    for factor in sorted({f for d, f in denying if d > 0}, reverse=True):
        weight = math.fsum(d for d, f in denying if f == factor)
        after = evidence(asserting, before + weight, parameters)
        yield factor, weight, factor * (after - level)
        before, level = before + weight, after
