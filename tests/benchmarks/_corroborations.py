"""Which claims are suggested as corroborated that a strict fact-checker would not sign.

``gold/corroborations/EVENT.json`` holds, for each claim that was read by hand, its places by their true origin, and
those that state something else. A suggestion is false where its full witnesses have one true origin, or where one of
them states something else; it is left out where the marks say too little of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.data import starter
from claims.engine.agreement.provenance.affiliations import affiliated, affiliations
from claims.engine.agreement.provenance.leaders import led
from claims.engine.agreement.scoring import assess
from claims.engine.agreement.voices import FULL_STRENGTH
from claims.engine.pipeline import evidence_of
from claims.engine.sureness import surely_same
from claims.engine.types import Assessment, Mention, Reading, Stance, Suggestion
from tests.benchmarks._events import Event, Place, judged_pairs, nearly

MARKS = Path(__file__).parent / "gold" / "corroborations"
APART = -1
"""The origin of a place that states something else than the others of its claim."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Suggestions of ``corroborated``: those that hold, that are false, that nobody has judged; and marks that hold."""

    right: int = 0
    false: int = 0
    unjudged: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the sums."""
        return Tally(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def false_share(self) -> float:
        """Return the share of the judged suggestions that is false."""
        return self.false / max(self.right + self.false, 1)

    @property
    def kept(self) -> float:
        """Return how many hold, as a share of the judged claims that deserve it."""
        return self.right / max(self.wanted, 1)

    @property
    def judged(self) -> float:
        """Return the share of the suggestions of which the marks say enough."""
        return (self.right + self.false) / max(self.right + self.false + self.unjudged, 1)


Marks = list[dict[Place, int]]
"""The judged claims of an event: the number of the true origin of each place."""


def marks_of(event: Event) -> Marks:
    """Return what was marked by hand for an event."""
    judged = json.loads((MARKS / f"{event.name}.json").read_text())["judged"]
    return [
        {
            **{_place(p): number for number, group in enumerate(claim["origins"]) for p in group},
            **{_place(p): APART for p in claim["apart"]},
        }
        for claim in judged
    ]


def _place(given: Sequence[int]) -> Place:
    article, start, end = given
    return article, start, end


def assessed(event: Event, readings: Sequence[Reading], members: Sequence[Mention]) -> Assessment:
    """Return the score of a claim; the evidence is named by its place in ``members``."""
    documents, read = {d.id: d for d in event.documents}, {r.article: r for r in readings}
    evidence = [evidence_of(str(n), m, documents[m.article], read[m.article]) for n, m in enumerate(members)]
    known = affiliations(m.speaker for reading in readings for m in reading.mentions)
    evidence = led(affiliated(evidence, known), starter.leaders())
    return assess(evidence, same=surely_same({str(n): m for n, m in enumerate(members)}.__getitem__))


def witnesses(found: Assessment) -> list[list[int]]:
    """Return the statements of each origin that asserts the claim as a full witness, by their numbers."""
    asserting = {line.origin for line in found.contributions if line.stance is Stance.ASSERTS}
    return [
        [int(i) for i in origin.evidence]
        for origin in found.origins
        if origin.key in asserting and origin.strength >= FULL_STRENGTH
    ]


def outlets(members: Iterable[Mention]) -> list[list[int]]:
    """Return the baseline's witnesses: whatever the article, each one is its own."""
    by_article: dict[str, list[int]] = {}
    for number, mention in enumerate(members):
        if mention.stance is Stance.ASSERTS:
            by_article.setdefault(mention.article, []).append(number)
    return list(by_article.values())


def verdict(members: Sequence[Mention], full: Sequence[Sequence[int]], marks: Marks, differ: set[int]) -> bool | None:
    """Return whether a corroboration by these witnesses holds; None where the marks say too little.

    ``differ`` holds the numbers of members of which people judged that they state something else than the first.
    """
    spoken = [i for numbers in full for i in numbers]
    best: dict[int, int] = {}
    for claim in marks:
        found = {i: claim[place] for i in spoken for place in claim if nearly(members[i], place)}
        best = found if len(found) > len(best) else best
    origins = set(best.values()) - {APART}
    if differ or (APART in best.values() and len(best) > 1):
        return False
    known = [{best[i] for i in numbers if i in best} for numbers in full]
    if len(origins) > 1:
        return True
    return False if all(known) else None


def tally(event: Event, readings: Sequence[Reading], groups: Sequence[Sequence[int]], *, naive: bool = False) -> Tally:
    """Return what becomes of the suggestions over the claims of one event; ``naive``: two articles corroborate."""
    mentions = [m for reading in readings for m in reading.mentions]
    judged, marks = judged_pairs(event, mentions), marks_of(event)
    counts = {True: 0, False: 0, None: 0}
    for group in groups:
        members = [mentions[i] for i in group]
        found = assessed(event, readings, members)
        full = outlets(members) if naive else witnesses(found)
        if len(full) > 1 and (naive or found.suggested is Suggestion.CORROBORATED):
            spoken = sorted(group[i] for numbers in full for i in numbers)
            differ = {b for n, a in enumerate(spoken) for b in spoken[n + 1 :] if judged.get((a, b)) is False}
            counts[verdict(members, full, marks, differ)] += 1
    wanted = sum(len(set(claim.values()) - {APART}) > 1 for claim in marks)
    return Tally(counts[True], counts[False], counts[None], wanted)
