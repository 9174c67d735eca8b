"""Incidents with the true number of people killed, and what several outlets reported about each.

From the Gun Violence Archive's incidents and the articles they cite. An article's figure is that of its mentions whose
figure counts the dead, as reading and matching have them; no word of the articles is looked at here. The incident's
figure is what the agreement organ makes of the articles' figures; where nobody says that anyone died, it is zero.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from claims.engine.agreement.scoring import assess
from claims.engine.matching.outcomes import outcomes_in, own_outcomes
from claims.engine.matching.words import tokens
from claims.engine.types import Comparator, Document, Evidence, Mention, Quantity, Speaker, SpeakerKind, Stance

MOST = 60
"""More dead than this in one sentence is a statistic, not an incident."""


@dataclass(frozen=True, slots=True)
class Incident:
    """An incident, the articles about it, and how many people were killed."""

    id: str
    documents: tuple[Document, ...]
    killed: int


def incidents(data: Path, split: str) -> list[Incident]:
    """Return the incidents that two or more outlets reported, in order of id."""
    folder = data / "gva" / split
    killed = {}
    with (folder / "incidents.jsonl").open() as file:
        for line in file:
            row = json.loads(line)
            killed[row["incident_id"]] = int(row["num_killed"])
    documents: dict[str, list[Document]] = {}
    with (folder / "docs.jsonl").open() as file:
        for line in file:
            row = json.loads(line)
            when = datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC) if row["date"] else None
            documents.setdefault(row["incident_id"], []).append(
                Document(row["doc_id"], row["outlet"], row["text"], row["title"], published=when)
            )
    return [
        Incident(key, tuple(documents[key]), killed[key])
        for key in sorted(documents)
        if key in killed and len({d.source for d in documents[key]}) >= 2
    ]


def dead(mentions: Iterable[Mention]) -> int:
    """Return how many people an article says were killed: the number that it gives most often (of equals the
    larger), one where it speaks of a death without a number, and zero where it speaks of none."""
    stating = (m for m in mentions if m.stance is Stance.ASSERTS and not m.features.negated)
    told = [m for m in stating if "dead" in outcomes_in(tokens(m.quote))]
    numbers = Counter(n for n in map(stated, told) if n)
    if numbers:
        return max(numbers, key=lambda n: (numbers[n], n))
    return 1 if told else 0


def stated(mention: Mention) -> int:
    """Return the number of dead that a mention gives, 0 where it gives none."""
    figure = mention.quantity
    if figure is None or figure.unit or not 0 < figure.value <= MOST or "dead" not in own_outcomes(mention):
        return 0
    return int(figure.value)


def agreed(incident: Incident, mentions: Mapping[str, Sequence[Mention]]) -> int:
    """Return the number killed that the outlets' articles agree on."""
    evidence = []
    for document in incident.documents:
        number = dead(mentions.get(document.id, ()))
        if number:
            evidence.append(
                Evidence(
                    id=document.id,
                    article=document.id,
                    source=document.source,
                    quote=f"{document.title} ({document.id})",
                    speaker=Speaker(document.source, document.source, SpeakerKind.OUTLET),
                    quantity=Quantity(float(number), Comparator.EQ, counted="killed"),
                    published=document.published,
                )
            )
    figure = assess(evidence).figure
    return int(figure.value) if figure else 0
