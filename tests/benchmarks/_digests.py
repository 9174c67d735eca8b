"""Digests of many articles by the product's own reading, without the dependency parse, which digests do not use."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claims.engine.reading.digest import digest
from claims.engine.reading.text.cleaning import clean
from claims.engine.reading.text.parsing import Paragraph, pipeline, prepare
from claims.engine.types import Digest


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a set with its digest; ``event`` is the gold group, ``key`` tells rows of one document apart."""

    key: str
    event: str
    title: str
    published: datetime
    digest: Digest


def gva(data: Path, split: str, cache: Path | None = None) -> list[Article]:
    """Return the articles on incidents of gun violence."""
    return digested(lines(data / "gva" / split / "docs.jsonl"), "incident_id", cache and cache / f"gva-{split}.pickle")


def news_clusters(data: Path, split: str, cache: Path | None = None) -> list[Article]:
    """Return the articles on events of all kinds."""
    path = data / "news_clusters" / f"{split}.jsonl"
    return digested(lines(path), "event_id", cache and cache / f"news_clusters-{split}.pickle")


def digested(rows: Iterable[dict[str, Any]], event: str, cache: Path | None) -> list[Article]:
    """Return the rows with their digests, in order of date and then of id: the order of arrival that is measured."""
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))  # noqa: S301 - written below
    kept = list(rows)
    articles = [
        Article(
            key=f"{row['doc_id']}:{row[event]}",
            event=str(row[event]),
            title=row.get("title") or "",
            published=datetime.fromisoformat(row["date"][:10]).replace(tzinfo=UTC),
            digest=found,
        )
        for row, found in zip(kept, read(kept), strict=True)
    ]
    articles.sort(key=lambda a: (a.published, a.key))
    if cache is not None:
        cache.write_bytes(pickle.dumps(articles))
    return articles


def read(rows: list[dict[str, Any]]) -> Iterator[Digest]:
    """Read the rows' texts as the product does: cleaned, tagged, named entities, digested."""
    nlp = pipeline()
    titles = [row.get("title") or "" for row in rows]
    docs = (
        prepare(row["text"], [Paragraph(p.span, p.kind) for p in clean(row["text"], title).paragraphs]).doc
        for row, title in zip(rows, titles, strict=True)
    )
    with nlp.select_pipes(disable=["parser"]):
        for doc, title in zip(nlp.pipe(docs, batch_size=32), titles, strict=True):
            yield digest(doc, title)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Give the objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
