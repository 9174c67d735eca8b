"""A claim's evidence -> the score: the sum of one line for the prior and one for each origin.

The weight of an origin follows ACCU (Dong, Berti-Equille and Srivastava, VLDB 2009), with origins for sources; what
all of them together say is the Beta-binomial stance channel (``stance``). ``docs/scoring.md`` has the formulae as they
stand here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from claims.engine.agreement.explanation import explain, outlook
from claims.engine.agreement.figures import interval, is_point
from claims.engine.agreement.learning.fitting import Case
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import ALGORITHM, DEFAULT, FIRST_ALGORITHM, Parameters
from claims.engine.agreement.provenance.origins import trace
from claims.engine.agreement.provenance.roots import DENYING
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
MOST_COMPARED = 12
"""Firm witnesses of which two are sought that surely say the same."""
Same = Callable[[str, str], bool]


def assess(
    evidence: Sequence[Evidence],
    *,
    reliability: Mapping[str, Reliability] | None = None,
    parameters: Parameters = DEFAULT,
    groups: Mapping[str, str] | None = None,
    origins: Sequence[Origin] | None = None,
    same: Same | None = None,
    algorithm: str = ALGORITHM,
) -> Assessment:
    """Return the pre-score of the claim that ``evidence`` states.

    ``reliability`` is by source, or by origin key for origins that are no outlet; unknown ones have the prior's.
    ``groups`` names the copy group of sources that were found to copy each other. ``origins`` are found by
    ``provenance.trace`` where not given. ``same`` says of two ids of evidence whether they surely state the same
    (all do where it is not given). ``algorithm`` is one of ``parameters.ALGORITHMS``. The order of the evidence
    does not matter.
    """
    found = tuple(join_copiers(trace(evidence), evidence, groups or {}) if origins is None else origins)
    speaking = voices(found, evidence, reliability or {}, parameters)
    tally = compete(speaking, parameters)
    contributions = lines(speaking, tally, parameters)
    log_odds = math.fsum(c.log_odds for c in contributions)
    suggested = suggest(speaking, tally, log_odds, parameters, same=same, algorithm=algorithm)
    return Assessment(
        algorithm=algorithm,
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


def suggest(
    speaking: Sequence[Voice],
    tally: Tally,
    log_odds: float,
    parameters: Parameters,
    *,
    same: Same | None = None,
    algorithm: str = ALGORITHM,
) -> Suggestion:
    """Return what the machine suggests; from fewer than two independent origins it suggests nothing.

    Two full origins corroborate that say so without a hedge and surely say the same, and only figures of full witnesses
    make a dispute. The first algorithm asked for neither.
    """
    first = algorithm == FIRST_ALGORITHM
    holding = standing(v for v in speaking if v.stance is Stance.ASSERTS)
    against = standing(v for v in speaking if v.stance is Stance.DENIES)
    if holding + against < 2 or (len(parties(speaking)) < 2 and not first):
        return Suggestion.UNVERIFIED
    if (holding and against) or disputing(speaking, tally, first=first):
        return Suggestion.DISPUTED
    agreeing = holding >= 2 if first else agree(speaking, same)
    if agreeing and sigmoid(log_odds) >= parameters.corroborated_from:
        return Suggestion.CORROBORATED
    return Suggestion.UNVERIFIED


def agree(speaking: Sequence[Voice], same: Same | None) -> bool:
    """Say whether two firm witnesses surely say the same: any two, where it is not known how to tell."""
    firm = [v for v in speaking if v.stance is Stance.ASSERTS and v.firm]
    if same is None:
        return len(firm) >= 2
    pairs = combinations(firm[:MOST_COMPARED], 2)
    return any(same(a, b) for one, other in pairs for a in one.statements for b in other.statements)


def disputing(speaking: Sequence[Voice], tally: Tally, *, first: bool = False) -> bool:
    """Say whether figures conflict: one full witness at least on either side (in the first algorithm: any voice)."""
    clash = clashing(speaking, tally)
    if first:
        return bool(clash)
    against = [v for v in clash if v.full]
    fits = (v for i, v in enumerate(speaking) if tally.best is not None and tally.support[i][tally.best] > 0)
    return bool(against) and any(v.full for v in fits)


def parties(speaking: Iterable[Voice]) -> set[str]:
    """Return the origins of full strength that take a side; who asserts and denies one thing is one of them."""
    return {v.origin.key.removesuffix(DENYING) for v in speaking if v.full and v.stance is not Stance.OPEN}


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
