"""Copies among real articles (``syndication``): those found, and independent pairs that are called copies.

All the articles of the set are put before the product at once, as a corpus would be, and the copies that it finds are
compared with the labelled pairs. Pairs labelled ``partial`` are in neither figure.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.engine import shingles
from claims.engine.agreement.provenance.copies import copies
from tests.benchmarks._digests import lines
from tests.benchmarks.rows import Row


def run(data: Path, split: str) -> list[Row]:
    """Return ``recall`` (copies found) and ``false_rate`` (independent pairs called copies)."""
    try:
        pairs = list(lines(data / "syndication" / f"{split}.jsonl"))
    except FileNotFoundError as missing:
        print(f"provenance: syndication is left out: {missing.filename} is not there", file=sys.stderr)
        return []
    wanted = {pair[side] for pair in pairs for side in ("doc1", "doc2")}
    sketches = {d["doc_id"]: shingles.sketch(d["text"]) for d in articles(data, split) if d["doc_id"] in wanted}
    found = {frozenset((copy.left, copy.right)) for copy in copies(sketches)}
    return [
        Row("syndication", "recall", None, share(pairs, 1, found)),
        Row("syndication", "false_rate", None, share(pairs, 0, found)),
    ]


def share(pairs: list[dict[str, Any]], label: int, found: set[frozenset[str]]) -> float | None:
    """Return the share of the pairs with a label that are among those found."""
    labelled = [frozenset((p["doc1"], p["doc2"])) for p in pairs if p["label"] == label]
    return sum(pair in found for pair in labelled) / len(labelled) if labelled else None


def articles(data: Path, split: str) -> Iterator[dict[str, Any]]:
    """Give the articles that the pairs may name."""
    for path in (data / "gva" / split / "docs.jsonl", data / "news_clusters" / f"{split}.jsonl"):
        if path.exists():
            yield from lines(path)
        else:
            print(f"provenance: pairs of {path} count as not found", file=sys.stderr)
