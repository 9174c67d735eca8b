"""Events told by several outlets, and which places of their articles state the same claim, as people judged.

Reads ``events/<split>/EVENT.json`` and the judgements in ``gold/claims/EVENT.json``: offsets only, no words of the
articles. A claim lists the places that state or deny it, and those of which two careful readers may think differently.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from claims.engine.types import Document, Mention

GOLD = Path(__file__).parent / "gold" / "claims"
NEARLY = 0.6
"""A mention stands at a judged place where each covers so much of the other."""
PARTLY = 0.5
"""It touches the place where the shorter of the two is covered so far: then nobody is asked about it."""

Place = tuple[int, int, int]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Event:
    """The articles of one event, their ids being their places in the file, and the judged places of its claims."""

    name: str
    documents: tuple[Document, ...]
    sure: tuple[tuple[int, Place], ...]
    unsure: tuple[tuple[int, Place], ...]


def events(data: Path, split: str) -> list[Event]:
    """Return the judged events of a split, by name; one that nobody judged is named on stderr.

    Raises ``ValueError`` where an article is not the one that was judged.
    """
    found = []
    for path in sorted((data / "events" / split).glob("*.json")):
        judged = GOLD / path.name
        if judged.exists():
            found.append(_event(path.stem, json.loads(path.read_text()), json.loads(judged.read_text())))
        elif path.stem != "MANIFEST":
            print(f"left out: {path} was not judged", file=sys.stderr)
    return found


def _event(name: str, told: dict[str, list[dict[str, str]]], judged: dict[str, list]) -> Event:
    for number, (article, digest) in enumerate(zip(told["articles"], judged["articles"], strict=True)):
        if hashlib.sha256(article["text"].encode()).hexdigest() != digest:
            raise ValueError(f"{name}: article {number} is not the one that was judged")
    documents = tuple(
        Document(str(n), a["outlet"], a["text"], a["title"], a["url"], _day(a["date"]))
        for n, a in enumerate(told["articles"])
    )
    sure, unsure = (
        tuple((n, tuple(p)) for n, claim in enumerate(judged["claims"]) for kind in kinds for p in claim.get(kind, ()))
        for kinds in (("spans", "denials"), ("unsure",))
    )
    return Event(name, documents, sure, unsure)


def _day(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def judged_pairs(event: Event, mentions: Sequence[Mention]) -> dict[Pair, bool]:
    """Return for pairs of mentions of different articles whether they state one claim; unclear ones are left out."""
    sure, maybe = [], []
    for mention in mentions:
        at = [n for n, place in event.sure if nearly(mention, place)]
        sure.append(frozenset(at))
        maybe.append(frozenset(n for n, place in (*event.sure, *event.unsure) if touches(mention, place)))
    found = {}
    for a, b in combinations(range(len(mentions)), 2):
        if mentions[a].article == mentions[b].article:
            continue
        if sure[a] & sure[b]:
            found[a, b] = True
        elif not maybe[a] & maybe[b]:
            found[a, b] = False
    return found


def _overlap(mention: Mention, place: Place) -> int:
    article, start, end = place
    return 0 if mention.article != str(article) else min(mention.span.end, end) - max(mention.span.start, start)


def nearly(mention: Mention, place: Place) -> bool:
    """Return whether a mention stands at a place: each covers most of the other."""
    longest = max(mention.span.end - mention.span.start, place[2] - place[1])
    return _overlap(mention, place) >= NEARLY * longest


def touches(mention: Mention, place: Place) -> bool:
    """Return whether a mention and a place overlap, by half of the shorter of the two."""
    shortest = min(mention.span.end - mention.span.start, place[2] - place[1])
    return _overlap(mention, place) >= PARTLY * shortest


def together(groups: Sequence[Sequence[int]]) -> Iterator[Pair]:
    """Yield the pairs of indices that are in one group, the smaller index first."""
    for members in groups:
        yield from combinations(sorted(members), 2)
