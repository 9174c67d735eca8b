"""How fast a whole reading is beside bare spaCy parsing of the same texts: one process. docs/benchmarks.md."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from claims.engine.reading.mentions import read
from claims.engine.reading.text.parsing import BATCH, pipeline
from claims.engine.types import Document
from tests.benchmarks.rows import Row

GVA_ARTICLES = 150
ROUNDS = 3


def seeds(data: Path) -> list[Document]:
    files = sorted((data / "seeds").glob("*.txt"))
    return [Document(f.stem, f.stem, f.read_text(encoding="utf-8")) for f in files] * 4


def gva(data: Path, split: str) -> list[Document]:
    lines = (data / "gva" / split / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:: max(1, len(lines) // GVA_ARTICLES)]][:GVA_ARTICLES]
    return [
        Document(r["doc_id"], r["outlet"], r["text"], r.get("title") or "", published=_date(r.get("date")))
        for r in rows
    ]


def _date(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
    except ValueError:
        return None


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process: other work on the machine does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(documents: Sequence[Document]) -> float:
    """Seconds of bare parsing over seconds of reading, the fastest of some rounds each, in turns."""
    nlp = pipeline()
    texts = [d.text for d in documents]
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: [len(doc) for doc in nlp.pipe(texts, batch_size=BATCH)]))
        ours.append(seconds(lambda: [len(reading.mentions) for reading in read(documents)]))
    return min(bare) / min(ours)


def run(data: Path, split: str) -> list[Row]:
    pipeline()("Warm up.")
    return [
        Row("seeds", "ratio", 1.0, ratio(seeds(data))),
        Row("gva", "ratio", 1.0, ratio(gva(data, split))),
    ]
