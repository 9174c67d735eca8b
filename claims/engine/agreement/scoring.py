"""A claim's evidence -> the score: the sum of one line for the prior and one for each origin.

The weight of an origin follows ACCU (Dong, Berti-Equille and Srivastava, VLDB 2009), with origins for sources; what
all of them together say is the Beta-binomial stance channel (``stance``). ``docs/scoring.md`` has the formulae as they
stand here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.engine.agreement.explanation import FULL_STRENGTH, explain, outlook
from claims.engine.agreement.figures import Candidate, interval, is_point, supports
from claims.engine.agreement.fitting import Case
from claims.engine.agreement.parameters import ALGORITHM, DEFAULT, Parameters
from claims.engine.agreement.provenance import trace
from claims.engine.agreement.reliability import Reliability
from claims.engine.agreement.stance import portions
from claims.engine.agreement.voices import Voice, join_copiers, voices
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
MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures that compete: ``support[i][j]`` is how far voice i speaks for candidate j, from 0 to 1."""

    candidates: tuple[Candidate, ...]
    support: tuple[tuple[float, ...], ...]
    best: int | None


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
        outlook=outlook(speaking, clashing(speaking, tally), log_odds, suggested, parameters),
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
    asserting = math.fsum(asserted(v, i, tally, parameters) for i, v in enumerate(speaking))
    denying = tuple(denied(v, i, tally, parameters) for i, v in enumerate(speaking))
    return Case(asserting, denying, holds)


def sigmoid(log_odds: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    return math.exp(log_odds) / (1.0 + math.exp(log_odds))


def lines(speaking: Sequence[Voice], tally: Tally, parameters: Parameters) -> tuple[Contribution, ...]:
    """Return the lines whose sum is the log-odds of the claim, with its best figure where it has one."""
    asserting = [asserted(voice, i, tally, parameters) for i, voice in enumerate(speaking)]
    denying = [denied(voice, i, tally, parameters) for i, voice in enumerate(speaking)]
    shares = portions(asserting, denying, parameters)
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


def asserted(voice: Voice, i: int, tally: Tally, parameters: Parameters) -> float:
    """Return the weight with which a voice asserts the claim: all of it, or as far as its figure fits the best."""
    if voice.stance is not Stance.ASSERTS:
        return 0.0
    fit = 1.0 if voice.quantity is None or tally.best is None else tally.support[i][tally.best]
    return voice.weight * fit


def denied(voice: Voice, i: int, tally: Tally, parameters: Parameters) -> tuple[float, float]:
    """Return the weight with which a voice speaks against the claim, and its factor by what it is.

    A third party's denial counts in full; that of the accused party, who would deny it either way, another figure and
    an undecided answer count in part.
    """
    if voice.stance is Stance.DENIES:
        return voice.weight, parameters.accused_denial_weight if voice.accused else parameters.denial_weight
    if voice.stance is Stance.OPEN:
        return voice.weight, parameters.open_weight
    return (voice.weight, parameters.rival_weight) if opposes(tally, i) else (0.0, 0.0)


def candidates(speaking: Sequence[Voice]) -> tuple[Candidate, ...]:
    """Return the values that compete: every value stated outright; bounds only where there is none."""
    quoted = [(v.quantity, v) for v in speaking if v.quantity is not None]
    points = [(q, v) for q, v in quoted if is_point(q)] or quoted
    first: dict[float, Candidate] = {}
    weight: dict[float, float] = {}
    for quantity, voice in points:
        value = quantity.value + 0.0
        known = first.get(value)
        if known is None or (voice.time is not None and (known.time is None or voice.time < known.time)):
            first[value] = Candidate(value, voice.time)
        weight[value] = weight.get(value, 0.0) + voice.weight
    strongest = sorted(first, key=lambda value: (-weight[value], value))[:MOST_CANDIDATES]
    return tuple(first[value] for value in sorted(strongest))


def compete(speaking: Sequence[Voice], parameters: Parameters) -> Tally:
    """Weigh the candidate figures. The best is the strongest; of equals the one stated last, then the larger."""
    competing = candidates(speaking)
    fits = tuple(_fits(voice, competing, parameters) for voice in speaking)
    weights = [
        math.fsum(voice.weight * fit[j] for voice, fit in zip(speaking, fits, strict=True))
        for j in range(len(competing))
    ]
    order = sorted(
        range(len(competing)), key=lambda j: (round(weights[j], 9), _stated(competing[j]), competing[j].value)
    )
    return Tally(competing, fits, order[-1] if order else None)


def _stated(candidate: Candidate) -> float:
    return -math.inf if candidate.time is None else candidate.time.timestamp()


def _fits(voice: Voice, competing: Sequence[Candidate], parameters: Parameters) -> tuple[float, ...]:
    if voice.quantity is None or voice.stance is not Stance.ASSERTS:
        return (0.0,) * len(competing)
    return supports(voice.quantity, voice.time, competing, parameters)


def opposes(tally: Tally, i: int) -> bool:
    """Say whether voice i states a figure that does not fit the best one."""
    fit = tally.support[i]
    return tally.best is not None and fit[tally.best] == 0.0 and any(fit)


def clashing(speaking: Sequence[Voice], tally: Tally) -> tuple[Voice, ...]:
    """Return the voices whose figure contradicts the best one."""
    return tuple(v for i, v in enumerate(speaking) if opposes(tally, i))


def standing(speaking: Iterable[Voice]) -> int:
    """Return how many witnesses there are: the origins of full strength, and at least one where any speaks."""
    strengths = [v.origin.strength for v in speaking]
    return max(sum(s >= FULL_STRENGTH for s in strengths), min(len(strengths), 1))


def suggest(speaking: Sequence[Voice], tally: Tally, log_odds: float, parameters: Parameters) -> Suggestion:
    """Return what the machine suggests; from fewer than two independent origins it suggests nothing."""
    asserting = standing(v for v in speaking if v.stance is Stance.ASSERTS)
    denying = standing(v for v in speaking if v.stance is Stance.DENIES)
    if asserting + denying < 2:
        return Suggestion.UNVERIFIED
    if (asserting and denying) or clashing(speaking, tally):
        return Suggestion.DISPUTED
    if asserting >= 2 and sigmoid(log_odds) >= parameters.corroborated_from:
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
