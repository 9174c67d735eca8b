"""Who says what in forty short texts of our own, of many styles (``gold/speakers.jsonl``). See docs/benchmarks.md."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from claims.engine.names import fold
from claims.engine.reading.mentions import read
from claims.engine.types import Document, Mention, SpeakerKind
from tests.benchmarks.rows import Row

GOLD = Path(__file__).parent / "gold" / "speakers.jsonl"
NOBODY, OUTLET = "?", "outlet"
"""What the gold says where two may be meant, and where the outlet speaks itself."""


def outcome(found: list[Mention], who: str) -> str:
    """Right, wrong (another's words), outlet (somebody's words as the outlet's own), unknown, or not read."""
    if not found:
        return "not read"
    speaker = min(found, key=lambda mention: len(mention.quote)).speaker
    own = speaker.kind is SpeakerKind.OUTLET and not speaker.text
    if who == OUTLET:
        return "right" if own else "wrong"
    if own:
        return "outlet"
    if not speaker.canonical:
        return "right" if who == NOBODY else "unknown"
    ours = fold(speaker.canonical)
    body = who[:1].islower() or " " not in who
    same = bool(set(fold(who).split()) & set(ours.split())) if body else ours == fold(who)
    return "right" if same else "wrong"


def run(data: Path, split: str) -> list[Row]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    tally: Counter[str] = Counter()
    readings = read(Document(str(row["id"]), "The Outlet", row["text"]) for row in rows)
    for row, reading in zip(rows, readings, strict=True):
        for words, who in row["says"]:
            tally[outcome([m for m in reading.mentions if fold(words) in fold(m.quote)], who)] += 1
    names = ("right", "wrong", "outlet", "unknown", "not read")
    return [Row("speakers", name.replace(" ", "_"), None, tally[name] / tally.total()) for name in names]
