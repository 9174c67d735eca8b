"""A claim's evidence -> the score: the sum of one line for the prior and one for each origin.

The weight of an origin follows ACCU (Dong, Berti-Equille and Srivastava, VLDB 2009), with origins for sources; what
all of them together say is the Beta-binomial stance channel (``stance``). ``docs/scoring.md`` has the formulae as they
stand here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from claims.engine.agreement.explanation import explain, outlook
from claims.engine.agreement.figures import interval, is_point
from claims.engine.agreement.learning.fitting import Case
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import ALGORITHM, DEFAULT, Parameters
from claims.engine.agreement.provenance.origins import trace
from claims.engine.agreement.stance_channel import portions
from claims.engine.agreement.voices import Voice, join_copiers, voices
from claims.engine.agreement.weighing import Tally, asserting, clashing, compete, denying
from claims.engine.polarity import negative_claim
from claims.engine.types import (
    Assessment,
    Contribution,
    Evidence,
    Figure,
    Origin,
    Quantity,
    Stance,
    Suggestion,
)

PRIOR = ""


def assess(
    evidence: Sequence[Evidence],
    *,
    reliability: Mapping[str, Reliability] | None = None,
    parameters: Parameters = DEFAULT,
    groups: Mapping[str, str] | None = None,
    origins: Sequence[Origin] | None = None,
) -> Assessment:
    """Return the pre-score of the claim that ``evidence`` states.

    ``reliability`` is by source, or by origin key for origins that are no outlet; unknown ones have the prior's.
    ``groups`` names the copy group of sources that were found to copy each other. ``origins`` are found by
    ``provenance.trace`` where not given. The order of the evidence does not matter.
    """
    found = tuple(join_copiers(trace(evidence), evidence, groups or {}) if origins is None else origins)
    speaking = voices(found, evidence, reliability or {}, parameters)
    tally = compete(speaking, parameters)
    contributions = lines(speaking, tally, parameters)
    log_odds = math.fsum(c.log_odds for c in contributions)
    suggested = suggest(speaking, tally, log_odds, parameters)
    return Assessment(
        algorithm=ALGORITHM,
        parameters=parameters.as_mapping(),
        probability=sigmoid(log_odds),
        log_odds=log_odds,
        independent_origins=standing(v for v in speaking if v.stance is not Stance.OPEN),
        suggested=suggested,
        contributions=contributions,
        origins=found,
        explanation=explain(speaking, clashing(speaking, tally), len({e.article for e in evidence})),
        figure=agreed_figure(speaking, tally, parameters),
        outlook=outlook(speaking, tally, suggested, parameters),
        negative=negative_claim(evidence),
    )


def case(
    evidence: Sequence[Evidence],
    holds: bool,
    *,
    reliability: Mapping[str, Reliability] | None = None,
    parameters: Parameters = DEFAULT,
) -> Case:
    """Return a decided claim as ``fitting`` learns from it: the weights that its score is made of."""
    speaking = voices(tuple(trace(evidence)), evidence, reliability or {}, parameters)
    tally = compete(speaking, parameters)
    return Case(math.fsum(asserting(speaking, tally)), tuple(denying(speaking, tally, parameters)), holds)


def sigmoid(log_odds: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    return math.exp(log_odds) / (1.0 + math.exp(log_odds))


def lines(speaking: Sequence[Voice], tally: Tally, parameters: Parameters) -> tuple[Contribution, ...]:
    """Return the lines whose sum is the log-odds of the claim, with its best figure where it has one."""
    shares = portions(asserting(speaking, tally), denying(speaking, tally, parameters), parameters)
    scale = 1.0 / parameters.temperature
    prior = Contribution(PRIOR, "before any evidence", parameters.prior_log_odds * scale)
    return (
        prior,
        *(
            Contribution(
                voice.origin.key,
                voice.origin.label,
                share * scale,
                voice.stance,
                voice.quantity.value if voice.quantity else None,
                voice.accused,
            )
            for voice, share in zip(speaking, shares, strict=True)
        ),
    )


def standing(speaking: Iterable[Voice]) -> int:
    """Return how many witnesses there are: the origins of full strength, and at least one where any speaks."""
    full = [v.full for v in speaking]
    return max(sum(full), min(len(full), 1))


def suggest(speaking: Sequence[Voice], tally: Tally, log_odds: float, parameters: Parameters) -> Suggestion:
    """Return what the machine suggests; from fewer than two independent origins it suggests nothing."""
    holding = standing(v for v in speaking if v.stance is Stance.ASSERTS)
    against = standing(v for v in speaking if v.stance is Stance.DENIES)
    if holding + against < 2:
        return Suggestion.UNVERIFIED
    if (holding and against) or clashing(speaking, tally):
        return Suggestion.DISPUTED
    if holding >= 2 and sigmoid(log_odds) >= parameters.corroborated_from:
        return Suggestion.CORROBORATED
    return Suggestion.UNVERIFIED


def agreed_figure(speaking: Sequence[Voice], tally: Tally, parameters: Parameters) -> Figure | None:
    """Return the best value with the interval that the statements of it leave open."""
    if tally.best is None:
        return None
    value = tally.candidates[tally.best].value
    stating = [v.quantity for v in speaking if v.quantity is not None and v.quantity.value == value]
    exact = [q for q in stating if is_point(q)] or stating
    closest = min(exact, key=lambda q: (_width(q, parameters), q.comparator.value, q.unit, q.counted))
    low, high = interval(closest, parameters)
    return Figure(
        value=value,
        low=None if math.isinf(low) else low,
        high=None if math.isinf(high) else high,
        unit=closest.unit,
        counted=closest.counted,
    )


def _width(quantity: Quantity, parameters: Parameters) -> float:
    low, high = interval(quantity, parameters)
    return high - low
