"""What each voice weighs for and against a claim, once the figures that it names have competed.

Outlets that state without a source what others give to one restate it, as far as can be seen: each is a quarter of a
witness. But a further witness must never make a claim weaker, and the first who is named turns outlets into restaters.
So those who restate never weigh less, together with those who are named, than if nobody had been named.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.engine.agreement.figures import Candidate, is_point, supports, unit_of_last_digit
from claims.engine.agreement.moments import one_moment, one_thing, rounds_to
from claims.engine.agreement.parameters import Parameters
from claims.engine.agreement.voices import Voice
from claims.engine.types import OriginKind, Stance

MOST_CANDIDATES = 200
NAMED = (OriginKind.SPEAKER, OriginKind.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures that compete: ``support[i][j]`` is how far voice i speaks for candidate j, from 0 to 1."""

    candidates: tuple[Candidate, ...]
    support: tuple[tuple[float, ...], ...]
    best: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """The weight of those who say one thing: who are ``named``, who ``restate`` (as if they did not, and as they do),
    and all others."""

    named: float
    restated: float
    restating: float
    others: float

    @classmethod
    def of(cls, speaking: Sequence[Voice], weights: Sequence[float]) -> Side:
        """Return the side of the voices that have a weight."""
        named: list[float] = []
        others: list[float] = []
        restated, restating = [], []
        for voice, weight in zip(speaking, weights, strict=True):
            if voice.full:
                (named if voice.origin.kind in NAMED else others).append(weight)
            elif weight:
                restated.append(weight / voice.origin.strength)
                restating.append(weight)
        return cls(math.fsum(named), math.fsum(restated), math.fsum(restating), math.fsum(others))

    @property
    def total(self) -> float:
        """Return what the side weighs together."""
        return self.others + max(self.restated, self.named + self.restating)

    @property
    def bare(self) -> float:
        """Return what the side weighs together where those who restate count as such."""
        return self.others + self.named + self.restating

    @property
    def raised(self) -> float:
        """Return the factor by which the weights of those who restate are raised."""
        return max(self.restated - self.named, self.restating) / self.restating if self.restating > 0 else 1.0

    def with_named(self, count: float) -> Side:
        """Return the side with so many more named witnesses."""
        return Side(self.named + count, self.restated, self.restating, self.others)


def asserting(speaking: Sequence[Voice], tally: Tally) -> list[float]:
    """Return the weight with which each voice asserts the claim: all of it, or as far as its figure fits the best."""
    weights = [_asserted(voice, i, tally) for i, voice in enumerate(speaking)]
    return _raised(speaking, weights)


def asserting_side(speaking: Sequence[Voice], tally: Tally) -> Side:
    """Return the side of those who assert the claim."""
    return Side.of(speaking, [_asserted(voice, i, tally) for i, voice in enumerate(speaking)])


def denying(speaking: Sequence[Voice], tally: Tally, parameters: Parameters) -> list[tuple[float, float]]:
    """Return the weight with which each voice speaks against the claim, and its factor by what it is.

    A third party's denial counts in full; that of the accused party, who would deny it either way, another figure and
    an undecided answer count in part.
    """
    against = [_denied(voice, i, tally, parameters) for i, voice in enumerate(speaking)]
    third = [
        w if v.stance is Stance.DENIES and not v.accused else 0.0 for v, (w, _) in zip(speaking, against, strict=True)
    ]
    raised = _raised(speaking, third)
    return [(r if t > 0 else weight, factor) for (weight, factor), t, r in zip(against, third, raised, strict=True)]


def _raised(speaking: Sequence[Voice], weights: Sequence[float]) -> list[float]:
    factor = Side.of(speaking, weights).raised
    return [w if v.full else w * factor for v, w in zip(speaking, weights, strict=True)]


def _asserted(voice: Voice, i: int, tally: Tally) -> float:
    if voice.stance is not Stance.ASSERTS:
        return 0.0
    fit = 1.0 if voice.quantity is None or tally.best is None else tally.support[i][tally.best]
    return voice.weight * fit


def _denied(voice: Voice, i: int, tally: Tally, parameters: Parameters) -> tuple[float, float]:
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
    """Weigh the candidate figures. The best is the strongest; of equals the one with fewer that only restate, then the
    one stated last, then the larger."""
    competing = candidates(speaking)
    holders = {c.value: [v for v in speaking if v.quantity and v.quantity.value + 0.0 == c.value] for c in competing}
    fits = tuple(_reconciled(v, _fits(v, competing, parameters), holders, parameters) for v in speaking)
    counted = [i for i, fit in enumerate(fits) if any(fit)]
    stating = [speaking[i] for i in counted]
    sides = [Side.of(stating, [speaking[i].weight * fits[i][j] for i in counted]) for j in range(len(competing))]

    def rank(j: int) -> tuple[float, float, float, float]:
        return round(sides[j].total, 9), round(sides[j].bare, 9), _stated(competing[j]), competing[j].value

    return Tally(competing, fits, max(range(len(competing)), key=rank, default=None))


def _stated(candidate: Candidate) -> float:
    return -math.inf if candidate.time is None else candidate.time.timestamp()


def _fits(voice: Voice, competing: Sequence[Candidate], parameters: Parameters) -> tuple[float, ...]:
    if voice.quantity is None or voice.stance is not Stance.ASSERTS:
        return (0.0,) * len(competing)
    return supports(voice.quantity, voice.time, competing, parameters)


def _reconciled(
    voice: Voice, fits: Sequence[float], holders: Mapping[float, Sequence[Voice]], parameters: Parameters
) -> tuple[float, ...]:
    """Return the fits with ``reconciled_support`` for values that differ from the voice's and do not contradict it.

    That is a value which is the voice's own said less exactly, or which is stated of other moments or things only.
    """
    figure = voice.quantity
    if figure is None or voice.stance is not Stance.ASSERTS or not parameters.reconciled_support or all(fits):
        return tuple(fits)
    result = []
    for value, fit in zip(holders, fits, strict=True):
        others = [(v.moments, v.quantity) for v in holders[value] if v.quantity is not None]
        apart = not any(one_moment(voice.moments, when) and one_thing(figure, other) for when, other in others)
        less_exact = is_point(figure) and rounds_to(figure, value, unit_of_last_digit(value))
        result.append(parameters.reconciled_support if not fit and ((others and apart) or less_exact) else fit)
    return tuple(result)


def opposes(tally: Tally, i: int) -> bool:
    """Say whether voice i states a figure that does not fit the best one."""
    fit = tally.support[i]
    return tally.best is not None and fit[tally.best] == 0.0 and any(fit)


def clashing(speaking: Sequence[Voice], tally: Tally) -> tuple[Voice, ...]:
    """Return the voices whose figure contradicts the best one."""
    return tuple(v for i, v in enumerate(speaking) if opposes(tally, i))
