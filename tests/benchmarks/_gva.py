"""Incidents with the true number of people killed, and what several outlets reported about each.

From the Gun Violence Archive's incidents and the articles they cite. An article's figure is read from its mentions:
the number of people of whom it says that they were killed. The incident's figure is what the
agreement organ makes of the articles' figures; where nobody says that anyone died, it is zero.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from claims.engine.agreement.scoring import assess
from claims.engine.types import Comparator, Document, Evidence, Mention, Quantity, Speaker, SpeakerKind, Stance

DEATH = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|die[sd]?|dying|deaths?|fatal(?:ly|ities|ity)?|slain|slay(?:ing|ings)|deceased"
    r"|murder(?:ed|s)?|homicide|passed away|succumb\w*|lifeless|took (?:his|her) own life|suicide)\b",
    re.IGNORECASE,
)
# Words that speak of death without reporting one here and now.
ELSEWHERE = re.compile(
    r"\b(?:threat\w*|tried to|attempt\w*|could have|would have|might|want\w* to|going to|previous\w*"
    r"|last (?:year|month)|this year|so far|years? ago|nearly|almost|deadly weapon|life-threatening|dead end"
    r"|homicide (?:unit|detectives?|division|investigators?|squad|bureau|section)"
    r"|not (?:believed|expected|considered)|city-?wide|separate shootings|over the weekend"
    r"|throughout the (?:day|city)|since|counts? of|death penalty)\b|\bin (?:19|20)\d\d\b",
    re.IGNORECASE,
)
# A number that is no age ("a 15-year-old").
NUMBER = r"(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}|an?|single)\b(?!-)"
PEOPLE = (
    r"(?:\w+[ -]){0,3}?(?:people|persons?|men|man|women|woman|teens?|teenagers?|boys?|girls?|children|child|kids?"
    r"|victims?|adults?|officers?|deput(?:y|ies)|others?|males?|females?|students?|brothers?|sisters?|juveniles?"
    r"|of them|members?|youths?|bod(?:y|ies))"
)
AUXILIARIES = r"(?:(?:was|were|is|are|has|had|have|been|being|to be|later|also|found|shot and) )*"
KILLING = r"(?:kill(?:s|ed|ing)|claimed the li(?:fe|ves) of|deaths? of|murdered|fatally shot|shot and killed|shot dead)"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{NUMBER}(?: {PEOPLE})? {AUXILIARIES}(?:killed|dead|died|slain|deceased|murdered)\b",
        rf"\b{KILLING} (?:at least |another )?{NUMBER}(?: {PEOPLE})?\b",
        rf"\b(?:left|leaves|leaving) (?:at least )?{NUMBER}(?: {PEOPLE})? dead\b",
        rf"\b{NUMBER} (?:dead|killed|deaths?|fatalit(?:y|ies)|fatally)\b",
        r"\b(?P<n>double|triple|quadruple) (?:homicide|murder|fatal|killing|slaying|shooting death)\w*",
    )
)
MOST = 60
"""More dead than this in one sentence is a statistic, not an incident."""
WORDS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        range(1, 13),
        strict=True,
    )
) | {"a": 1, "an": 1, "single": 1, "double": 2, "triple": 3, "quadruple": 4}


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


def stated(text: str) -> int | None:
    """Return the number of dead that a sentence gives, None where it gives none."""
    words = [match["n"].lower() for pattern in PATTERNS for match in pattern.finditer(text)]
    return max((WORDS[w] if w in WORDS else int(w) for w in words), default=None)


def dead(mentions: Iterable[Mention], title: str) -> int:
    """Return how many people an article says were killed: the number that it gives most often (of equals the
    larger), one where it speaks of a death without a number, and zero where it speaks of none."""
    texts = [m.sentence for m in mentions if reports_death(m)]
    if DEATH.search(title) and not ELSEWHERE.search(title):
        texts.append(title)
    numbers = Counter(n for n in map(stated, texts) if n is not None and n <= MOST)
    if numbers:
        return max(numbers, key=lambda n: (numbers[n], n))
    return 1 if texts else 0


def reports_death(mention: Mention) -> bool:
    """Say whether a mention reports that somebody was killed here and now."""
    return (
        mention.stance is Stance.ASSERTS
        and not mention.features.negated
        and bool(DEATH.search(mention.quote))
        and not ELSEWHERE.search(mention.sentence)
    )


def agreed(incident: Incident, mentions: Mapping[str, Sequence[Mention]]) -> int:
    """Return the number killed that the outlets' articles agree on."""
    evidence = []
    for document in incident.documents:
        number = dead(mentions.get(document.id, ()), document.title)
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
