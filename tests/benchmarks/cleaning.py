"""Cleaning against the scraped articles in ``seeds``: is each line of the article kept, and each other line dropped?

The gold is line numbers, judged by hand (``gold/cleaning.json``): no text of the articles is stored here. The scoring
rules are in ``docs/benchmarks.md``. The baseline keeps what looks like a sentence: six words or more and a full stop.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.engine.reading.text.cleaning import clean
from tests.benchmarks.rows import Row, present

GOLD = Path(__file__).parent / "gold" / "cleaning.json"


@dataclass(frozen=True, slots=True)
class Gold:
    """Line numbers from 1: the article's, those that may be kept or dropped; ``lines`` guards against another file."""

    lines: int
    article: frozenset[int]
    either: frozenset[int]


def gold() -> dict[str, Gold]:
    """Return the judgements by the stem of the file's name."""
    stored = json.loads(GOLD.read_text())
    return {
        name: Gold(one["lines"], frozenset(one["article"]), frozenset(one["either"])) for name, one in stored.items()
    }


def kept_by_cleaning(text: str) -> set[int]:
    """Return the numbers of the lines of which ``clean`` keeps at least half."""
    kept = [0] * (text.count("\n") + 1)
    for paragraph in clean(text).paragraphs:
        line = text.count("\n", 0, paragraph.span.start)
        for piece in text[paragraph.span.start : paragraph.span.end].split("\n"):
            kept[line] += len(piece)
            line += 1
    return {
        number
        for number, (count, line) in enumerate(zip(kept, text.split("\n"), strict=True), start=1)
        if count and 2 * count >= len(line.strip())
    }


def kept_by_form(text: str) -> set[int]:
    """The baseline."""
    lines = enumerate(text.split("\n"), start=1)
    return {number for number, line in lines if len(line.split()) >= 6 and line.rstrip().endswith((".", "?", "”", '"'))}


def files(folder: Path, judged: dict[str, Gold]) -> list[Path]:
    """Return the files of ``folder`` that were judged; another one is named on stderr."""
    found = sorted(folder.glob("*.txt"))
    for path in found:
        if path.stem not in judged:
            print(f"left out: {path} was not judged", file=sys.stderr)
    return [path for path in found if path.stem in judged]


def score(paths: Sequence[Path], judged: dict[str, Gold], keep: Callable[[str], set[int]]) -> tuple[float, float]:
    """Return precision and recall of the kept lines over all files, non-blank lines only."""
    hits = kept = wanted = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        right = judged[path.stem]
        if text.count("\n") + 1 != right.lines:
            raise ValueError(f"{path.name} is not the file that was judged")
        ours = keep(text) - right.either
        hits += len(ours & right.article)
        kept += len(ours)
        wanted += len(right.article)
    return hits / max(kept, 1), hits / max(wanted, 1)


def run(data: Path, split: str) -> list[Row]:
    """Measure on ``seeds``, which has one split; no rows where none of the judged files is there."""
    judged = gold()
    paths = files(data / "seeds", judged) if present(data / "seeds") else []
    if not paths:
        return []
    ours, base = (score(paths, judged, keep) for keep in (kept_by_cleaning, kept_by_form))
    return [
        Row("seeds", metric, baseline, now)
        for metric, baseline, now in zip(("precision", "recall"), base, ours, strict=True)
    ]
