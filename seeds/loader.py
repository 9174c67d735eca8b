"""What a fresh database is given to show: the five articles this project started from, told in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from django.db import transaction

from claims.models import Source
from claims.services.dates import parse_date
from claims.services.ingest import NewArticle, ingest
from claims.services.outlets import attribute

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many sources and articles were new, and how many were there already."""

    new: int
    known: int


def load() -> Loaded:
    """Load the starter data through the services; a second time changes nothing."""
    fresh = [_source(record) for record in _read("sources.json")]
    fresh += [_article(record) for record in _read("articles.json")]
    return Loaded(new=sum(fresh), known=len(fresh) - sum(fresh))


def _read(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = orjson.loads((DATA / name).read_bytes())
    return records


@transaction.atomic
def _source(record: dict[str, str]) -> bool:
    before = Source.objects.count()
    source = attribute(record["name"], record["domain"], fallback=record["name"]).source
    Source.objects.filter(pk=source.pk).update(kind=record["kind"])
    return Source.objects.count() > before


def _article(record: dict[str, str]) -> bool:
    published = parse_date(record["published"])
    return ingest(NewArticle(**{**record, "published": published})).created  # type: ignore[arg-type]
