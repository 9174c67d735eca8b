"""Pairs of articles on one event that the placing of articles puts into two stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from claims.engine.pipeline import place_all
from claims.engine.types import Document, Reading
from tests.benchmarks._events import Event


def stories_of(told: Sequence[Event], readings: Sequence[Sequence[Reading]]) -> list[list[str]]:
    """Return the story of each article of each event, all of them placed as they would arrive on one desk."""
    documents: dict[str, Document] = {}
    read: dict[str, Reading] = {}
    for event, there in zip(told, readings, strict=True):
        for document, reading in zip(event.documents, there, strict=True):
            name = f"{event.name}:{document.id}"
            documents[name], read[name] = replace(document, id=name), replace(reading, article=name)
    stories = place_all(documents, read)
    return [[stories[f"{event.name}:{document.id}"] for document in event.documents] for event in told]


def lost_to_stories(told: Sequence[Event], readings: Sequence[Sequence[Reading]]) -> float:
    """Return the share of the pairs of articles on one event that ended in two stories."""
    pairs = [pair for stories in stories_of(told, readings) for pair in combinations(stories, 2)]
    return sum(a != b for a, b in pairs) / max(len(pairs), 1)
