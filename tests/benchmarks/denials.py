"""``./run bench denials``: are places that deny a claim read as denials, and do they stand with what they deny?

``events`` has the 26 denials that people judged in the articles of nine events (``gold/claims``), ``seeds`` three in
the five real articles on Chinese fighters (``gold/denials.json``: offsets and the article's SHA-256). ``read``: a
mention touches the place with stance ``denies``. ``joined``: it is in one claim with an assertion of what it denies, in
whatever article. The baseline takes words of denial or negation for a denial, and joins nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

from claims.engine.matching.grouping import group
from claims.engine.reading.mentions import read
from claims.engine.types import Document, Mention, Stance
from tests.benchmarks._events import GOLD, Event, Place, events, touches
from tests.benchmarks.rows import Row, present

Judged = tuple[Sequence[Place], Sequence[Place]]
"""The places that deny a claim, and those that state it."""
_WORDS = re.compile(r"\b(?:no|not|never|n't|den(?:y|ies|ied)|reject\w*|dismiss\w*|disput\w*)\b", re.IGNORECASE)


def denials_found(mentions: Sequence[Mention], groups: Sequence[Sequence[int]], judged: Sequence[Judged]) -> list[int]:
    """Return how many denials are wanted, read as such, and in one claim with an assertion of what they deny."""
    home = {index: number for number, members in enumerate(groups) for index in members}
    wanted = seen = joined = 0
    for denials, stated in judged:
        asserting = {
            home[i]
            for i, m in enumerate(mentions)
            if m.stance is Stance.ASSERTS and any(touches(m, place) for place in stated)
        }
        for place in denials:
            at = [i for i, m in enumerate(mentions) if m.stance is Stance.DENIES and touches(m, place)]
            wanted, seen = wanted + 1, seen + bool(at)
            joined += any(home[i] in asserting for i in at)
    return [wanted, seen, joined]


def of_events(data: Path, split: str) -> tuple[list[int], int]:
    """Return the sums of ``denials_found`` over the events, and how many denials the baseline reads."""
    total, naive = [0, 0, 0], 0
    for event in events(data, split):
        judged = judged_denials(event)
        mentions = [m for reading in read(event.documents) for m in reading.mentions]
        total = [a + b for a, b in zip(total, denials_found(mentions, group(mentions), judged), strict=True)]
        texts = [document.text for document in event.documents]
        naive += sum(bool(_WORDS.search(texts[n][start:end])) for denials, _ in judged for n, start, end in denials)
    return total, naive


def judged_denials(event: Event) -> list[Judged]:
    """Return, for each judged claim of an event, the places that deny it and those that state it."""
    claims = json.loads((GOLD / f"{event.name}.json").read_text())["claims"]
    return [(_places(c.get("denials", ())), _places(c["spans"])) for c in claims]


def of_seeds(folder: Path) -> tuple[list[int], int]:
    """Return the same for the five articles that the project started from."""
    gold = json.loads((GOLD.parent / "denials.json").read_text())
    texts = [path.read_text() for path in sorted(folder.glob("*.txt"))]
    for text, digest in zip(texts, gold["articles"], strict=True):
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            raise ValueError("seeds: an article is not the one that was judged")
    documents = [Document(str(n), f"Outlet {n}", text) for n, text in enumerate(texts)]
    mentions = [m for reading in read(documents) for m in reading.mentions]
    judged = [(_places(c["denials"]), _places(c["spans"])) for c in gold["claims"]]
    naive = sum(bool(_WORDS.search(texts[n][start:end])) for denials, _ in judged for n, start, end in denials)
    return denials_found(mentions, group(mentions), judged), naive


def _places(given: Sequence[Sequence[int]]) -> list[Place]:
    return [(n, start, end) for n, start, end in given]


def run(data: Path, split: str) -> list[Row]:
    """Measure on ``events/SPLIT`` and ``seeds``; a set that is missing is left out."""
    found = {}
    if present(data / "events" / split):
        found["events"] = of_events(data, split)
    if present(data / "seeds"):
        found["seeds"] = of_seeds(data / "seeds")
    result = []
    for name, ((wanted, seen, joined), naive) in found.items():
        result.append(Row(name, "read", naive / max(wanted, 1), seen / max(wanted, 1)))
        result.append(Row(name, "joined", 0.0, joined / max(wanted, 1)))
    return result
