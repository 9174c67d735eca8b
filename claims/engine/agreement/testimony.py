"""What a claim teaches about its sources: its evidence as items that the estimation takes (``learning.items``).

A claim with figures is an item whose values are the figures. Whether a claim holds is an item too, but only where
origins contradict each other or people have decided: what nobody denies is no sign of being right, because news
reports what is asserted. Origins are traced anew and copy groups left aside, so nothing that was learned before
comes back as evidence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine.agreement.figures import Candidate, is_point, supports
from claims.engine.agreement.learning.items import Item, Pair
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.provenance.origins import trace
from claims.engine.agreement.voices import Voice, voices, witnesses
from claims.engine.types import Evidence, Quantity, Stance

YES, NO = "yes", "no"
HOLDS = " holds"
"""Ends the key of the item "does the claim hold?"; the item of its figure has the claim's own key."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people decided about a claim, with the right figure where it is known."""

    holds: bool
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one witness says: a voice under the name by which its reliability is kept."""

    witness: str
    voice: Voice

    @property
    def figure(self) -> Quantity | None:
        """Return the value that it names; a bound or a range names none."""
        quantity = self.voice.quantity
        return quantity if quantity is not None and is_point(quantity) else None


def items_of(
    key: str, evidence: Sequence[Evidence], verdict: Verdict | None = None, parameters: Parameters = DEFAULT
) -> list[Item]:
    """Return the items of a claim, none where it teaches nothing.

    Without a verdict only full witnesses count: who restates what others say agrees with them by nature. Of several
    origins that began in one outlet the first by key speaks for it.
    """
    said = testimonies(evidence, parameters, only_full=verdict is None)
    figures = [t for t in said if t.figure is not None]
    refuted = verdict is not None and not verdict.holds
    value = None if verdict is None else verdict.value
    found = [] if refuted else figure_items(key, figures, value, parameters)
    judged = [t for t in said if t.figure is None] if value is not None else said
    return found + holding_items(key, judged, verdict)


def testimonies(evidence: Sequence[Evidence], parameters: Parameters, *, only_full: bool) -> list[Testimony]:
    """Return what each witness says that asserts or denies, one for each name."""
    origins = trace(evidence)
    names = witnesses(origins, evidence)
    found: dict[str, Testimony] = {}
    for voice in voices(origins, evidence, {}, parameters):
        if voice.committed and voice.stance is not Stance.OPEN and (voice.full or not only_full):
            name = names[voice.origin.key]
            found.setdefault(name, Testimony(name, voice))
    return list(found.values())


def figure_items(key: str, said: Sequence[Testimony], known: float | None, parameters: Parameters) -> list[Item]:
    """Return the item of a claim's figure, in the unit that most use; two must name one, or people know it."""
    units = Counter(t.figure.unit for t in said if t.figure)
    unit = min(units, key=lambda u: (-units[u], u), default="")
    stated = [(t, t.figure) for t in said if t.figure is not None and t.figure.unit == unit]
    if len(stated) < (2 if known is None else 1):
        return []
    values = {quantity.value + 0.0 for _, quantity in stated}
    truth = () if known is None else tuple((v, float(math.isclose(v, known, rel_tol=1e-9))) for v in sorted(values))
    return [
        Item(
            key=key,
            stated=tuple((t.witness, quantity.value + 0.0) for t, quantity in stated),
            kind=f"figure {unit}",
            wrong=math.inf,
            compatible=tuple(compatible(stated, parameters)),
            known=truth,
        )
    ]


def compatible(stated: Sequence[tuple[Testimony, Quantity]], parameters: Parameters) -> list[Pair]:
    """Return the pairs of different values of which the first does not contradict the second: it is rounded, or an
    early count that the second has overtaken. A value is as old as its first statement."""
    first: dict[float, tuple[Testimony, Quantity]] = {}
    for one in stated:
        value, time = one[1].value + 0.0, one[0].voice.time
        known = first.get(value)
        if known is None or (time is not None and (known[0].voice.time is None or time < known[0].voice.time)):
            first[value] = one
    candidates = [Candidate(value, one[0].voice.time) for value, one in sorted(first.items())]
    return [
        (value, candidate.value)
        for value, (testimony, quantity) in sorted(first.items())
        for candidate, support in zip(
            candidates, supports(quantity, testimony.voice.time, candidates, parameters), strict=True
        )
        if support > 0 and candidate.value != value
    ]


def holding_items(key: str, said: Sequence[Testimony], verdict: Verdict | None) -> list[Item]:
    """Return the item "does the claim hold?"; none where nobody has decided and nobody contradicts.

    The accused party would deny it either way, so without a verdict its denial is left out.
    """
    judged = [t for t in said if verdict is not None or not t.voice.accused]
    stated = tuple((t.witness, YES if t.voice.stance is Stance.ASSERTS else NO) for t in judged)
    if not stated or (verdict is None and len({value for _, value in stated}) < 2):
        return []
    known = () if verdict is None else ((YES, float(verdict.holds)), (NO, float(not verdict.holds)))
    return [Item(key=key + HOLDS, stated=stated, kind="holds", wrong=1.0, known=known)]
