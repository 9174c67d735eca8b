"""An origin's evidence, folded into what the origin says: one stance, one figure, one weight.

Only the set of distinct statements counts, never how many articles carry each, so a relay changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.engine.agreement.figures import LOWER, UPPER, is_point
from claims.engine.agreement.learning.reliability import UNKNOWN, Reliability
from claims.engine.agreement.moments import moments
from claims.engine.agreement.parameters import Parameters
from claims.engine.agreement.provenance.origins import moment
from claims.engine.agreement.provenance.parties import is_accused, parties
from claims.engine.polarity import as_claimed
from claims.engine.types import Evidence, Hedge, Origin, OriginKind, Quantity, Stance

FULL_STRENGTH = 0.999
MOST_STATEMENTS = 4
FIRMNESS = (Hedge.NONE, Hedge.REPORTED, Hedge.ALLEGED, Hedge.POSSIBLE)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin says about the claim.

    ``weight`` is its strength times the factor of its hedge times log(A / (1 - A)) of its reliability A, over that
    of a source of which nothing is known: 1 is one plain witness. ``accused`` marks a denial by the party concerned.
    One that is not ``committed`` only plans, asks or supposes the claim: it is open and weighs nothing. One that is
    ``hedged`` never says it without "may have" or "allegedly". ``moments`` are those of which its figure speaks.
    """

    origin: Origin
    stance: Stance
    quantity: Quantity | None
    time: datetime | None
    weight: float
    accused: bool = False
    articles: int = 1
    committed: bool = True
    hedged: bool = False
    moments: frozenset[str] = frozenset()

    @property
    def full(self) -> bool:
        """Return whether it is a full witness, and not an outlet that only restates what others give to one."""
        return self.origin.strength >= FULL_STRENGTH

    @property
    def statements(self) -> tuple[str, ...]:
        """Return the ids of what it says, at most ``MOST_STATEMENTS``: relays say it again."""
        return self.origin.evidence[:MOST_STATEMENTS]

    @property
    def firm(self) -> bool:
        """Return whether it is a full witness who says so without a hedge."""
        return self.full and not self.hedged


def stance_of(evidence: Iterable[Evidence]) -> Stance:
    """Return the stance of an origin; one that both asserts and denies is open."""
    stances = {e.stance for e in evidence} - {Stance.OPEN}
    return stances.pop() if len(stances) == 1 else Stance.OPEN


def has_figure(evidence: Evidence) -> bool:
    """Say whether the evidence gives a figure that can be compared: a finite number, or a range of two."""
    q = evidence.quantity
    return q is not None and math.isfinite(q.value) and (q.upper is None or math.isfinite(q.upper))


def latest_figure(evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the evidence with the figure that the origin came to: the value it named last, of equals the larger.

    A figure's time is that of the first article that gave it, so a late relay of an early figure is no news. A
    bound ("more than 150") counts only where it excludes the value, or where no value was named.
    """
    if len(evidence) == 1:
        return evidence[0] if has_figure(evidence[0]) else None
    first: dict[tuple[float, float, str], Evidence] = {}
    for item in sorted(evidence, key=lambda e: (moment(e), e.id)):
        q = item.quantity
        if q is not None and has_figure(item) and item.stance is Stance.ASSERTS:
            first.setdefault((q.value, q.value if q.upper is None else q.upper, q.comparator.value), item)
    dated = [e for e in first.values() if e.published is not None] or list(first.values())
    point = max((e for e in dated if e.quantity and is_point(e.quantity)), key=_currency, default=None)
    later = [e for e in dated if point is None or _overrules(e, point)]
    return max(later, key=_currency, default=point)


def _overrules(bound: Evidence, point: Evidence) -> bool:
    if bound.quantity is None or point.quantity is None or is_point(bound.quantity):
        return False
    q, value = bound.quantity, point.quantity.value
    above = q.comparator in LOWER and value < q.value
    below = q.comparator in UPPER and value > q.value
    return (above or below) and moment(bound) > moment(point)


def _currency(evidence: Evidence) -> tuple[datetime, float, str]:
    quantity = evidence.quantity
    return moment(evidence), quantity.value if quantity else 0.0, quantity.comparator.value if quantity else ""


def hedge_weight(evidence: Sequence[Evidence], parameters: Parameters) -> float:
    """Return the factor of the hedge with which the origin first spoke; of several at once the firmest."""
    hedges = {e.hedge for e in evidence}
    if len(hedges) > 1:
        start = min(moment(e) for e in evidence)
        hedges = {e.hedge for e in evidence if moment(e) == start}
    firmest = next(h for h in FIRMNESS if h in hedges)
    factors = {
        Hedge.NONE: 1.0,
        Hedge.REPORTED: parameters.hedge_reported,
        Hedge.ALLEGED: parameters.hedge_alleged,
        Hedge.POSSIBLE: parameters.hedge_possible,
    }
    return factors[firmest]


def witness(origin: Origin, evidence: Sequence[Evidence]) -> str:
    """Return the name under which the origin's reliability is kept: its own, or that of the outlet it began in."""
    if origin.kind in (OriginKind.OUTLET, OriginKind.COPY):
        if len(evidence) == 1:
            return evidence[0].source
        return min(evidence, key=lambda e: (moment(e), e.source)).source
    return origin.key


def join_copiers(
    origins: Sequence[Origin], evidence: Sequence[Evidence], groups: Mapping[str, str]
) -> tuple[Origin, ...]:
    """Return the origins with the own reports of sources of one copy group made one."""
    sources = {e.id: e.source for e in evidence}
    gathered: dict[str, list[Origin]] = {}
    for origin in sorted(origins, key=lambda o: o.key):
        names = {groups.get(sources[i], "") for i in origin.evidence} if origin.kind is OriginKind.OUTLET else {""}
        name = names.pop() if len(names) == 1 else ""
        gathered.setdefault(f"copies:{name}" if name else origin.key, []).append(origin)
    return tuple(_joined(key, members) for key, members in sorted(gathered.items()))


def _joined(key: str, members: Sequence[Origin]) -> Origin:
    if len(members) == 1:
        return members[0]
    labels = [o.label for o in members]
    return Origin(
        key=key,
        kind=OriginKind.COPY,
        label=" and ".join((", ".join(labels[:-1]), labels[-1])),
        evidence=tuple(sorted(i for o in members for i in o.evidence)),
        reason="these sources give the same rare values too often to be independent",
        strength=max(o.strength for o in members),
    )


def witnesses(origins: Sequence[Origin], evidence: Sequence[Evidence]) -> dict[str, str]:
    """Return, for each origin's key, the name under which its reliability is kept."""
    by_id = {e.id: e for e in evidence}
    return {o.key: witness(o, [by_id[i] for i in o.evidence]) for o in origins}


def voices(
    origins: Sequence[Origin],
    evidence: Sequence[Evidence],
    reliability: Mapping[str, Reliability],
    parameters: Parameters,
) -> list[Voice]:
    """Return one voice for each origin, ordered by the origin's key."""
    evidence = as_claimed(evidence)
    by_id = {e.id: e for e in evidence}
    denied = any(e.stance is Stance.DENIES for e in evidence)
    quotes = (e.quote for e in evidence if denied and e.stance is not Stance.DENIES)
    subjects = frozenset().union(*map(parties, quotes))
    plain = UNKNOWN.log_odds(parameters)
    result = []
    for origin in sorted(origins, key=lambda o: o.key):
        own = [by_id[i] for i in origin.evidence]
        told = [e for e in own if e.factuality.committed]
        committed, stance = bool(told), stance_of(told)
        figure = latest_figure(told) if stance is Stance.ASSERTS else None
        known = [e for e in own if e.published is not None]
        result.append(
            Voice(
                origin=origin,
                stance=stance,
                quantity=figure.quantity if figure else None,
                time=moment(figure) if figure and figure.published else min(map(moment, known), default=None),
                weight=committed
                * origin.strength
                * hedge_weight(own, parameters)
                * reliability.get(witness(origin, own), UNKNOWN).log_odds(parameters)
                / plain,
                accused=stance is Stance.DENIES and any(is_accused(e, subjects) for e in own),
                articles=len({e.article for e in own}),
                committed=committed,
                moments=moments(figure.sentence or figure.quote) if figure else frozenset(),
                hedged=all(e.hedge is not Hedge.NONE for e in own),
            )
        )
    return result
