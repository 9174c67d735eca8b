"""Who is meant by "he" and "she": GAP's ambiguous names, and Wikinews as GUM annotates it. See docs/benchmarks.md."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.engine.reading.attribution.model import Attributed, attribute
from claims.engine.reading.people.pronouns import Meant, Weights, pronouns, voices_of
from claims.engine.reading.people.registry import Registry, registry_of
from claims.engine.reading.people.salience import PRONOUNS
from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.parsing import Parsed, parse, prepare
from claims.engine.types import Span
from tests.benchmarks.rows import Row, present

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with one pronoun, two names, and whether each is meant."""

    text: str
    pronoun: int
    names: tuple[Stretch, Stretch]
    meant: tuple[bool, bool]
    feminine: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the product parses it, with its people."""

    parsed: Parsed
    registry: Registry
    attributed: Attributed


def passages(path: Path) -> list[Passage]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Passage(
            row["Text"],
            int(row["Pronoun-offset"]),
            (
                (int(row["A-offset"]), int(row["A-offset"]) + len(row["A"])),
                (int(row["B-offset"]), int(row["B-offset"]) + len(row["B"])),
            ),
            (row["A-coref"].upper() == "TRUE", row["B-coref"].upper() == "TRUE"),
            row["Pronoun"].lower() in ("she", "her", "hers"),
        )
        for row in rows
    ]


def read_texts(texts: Iterable[str]) -> Iterator[Read]:
    """Parse texts as reading does, every line a paragraph."""
    for parsed in parse(prepare(text, paragraphs_of(text)) for text in texts):
        yield Read(parsed, registry_of(parsed), attribute(parsed))


def paragraphs_of(text: str) -> list[Paragraph]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Paragraph(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))))
        at += len(line) + 1
    return found


def told(read: Read, weights: Weights | None = None) -> dict[int, Meant]:
    """Who is meant by each pronoun, as reading finds it."""
    return pronouns(read.parsed.doc, read.registry, read.attributed, voices_of(read.attributed, read.registry), weights)


def token_at(parsed: Parsed, offset: int) -> int | None:
    """The token of the parsed text that stands at an offset of the text as given."""
    return next((t.i for t in parsed.doc if parsed.locate(t.idx, t.idx + len(t)).start == offset), None)


def places_of(read: Read, name: str) -> list[Stretch]:
    """Where a person is named, as offsets of the text as given."""
    doc, people = read.parsed.doc, read.registry
    found = [one for one in (*people.named, *people.doubtful) if one.name == name]
    spans = (read.parsed.locate(doc[one.start].idx, doc[one.end - 1].idx + len(doc[one.end - 1])) for one in found)
    return [(span.start, span.end) for span in spans]


def overlaps(places: Sequence[Stretch], span: Stretch) -> bool:
    return any(start < span[1] and span[0] < end for start, end in places)


def gap_scores(texts: Sequence[tuple[Passage, Read]], weights: Weights | None = None) -> list[Row]:
    tally, speakers, nearest, women, men = ([0, 0, 0] for _ in range(5))
    for passage, read in texts:
        at = token_at(read.parsed, passage.pronoun)
        meant = told(read, weights).get(at) if at is not None else None
        places = places_of(read, meant.likeliest) if meant is not None else []
        sure = places if meant is not None and meant.sure else []
        near = min((0, 1), key=lambda n: abs(passage.names[n][0] - passage.pronoun))
        for n in (0, 1):
            _count(tally, overlaps(places, passage.names[n]), passage.meant[n])
            _count(speakers, overlaps(sure, passage.names[n]), passage.meant[n])
            _count(women if passage.feminine else men, overlaps(places, passage.names[n]), passage.meant[n])
            _count(nearest, n == near, passage.meant[n])
    return [
        Row("gap", "f1", _f1(nearest), _f1(tally)),
        Row("gap", "precision_where_sure", nearest[0] / nearest[1], speakers[0] / max(1, speakers[1])),
        Row("gap", "f1_women_by_men", None, _f1(women) / max(1e-9, _f1(men))),
    ]


def _count(tally: list[int], ours: bool, gold: bool) -> None:
    tally[0] += ours and gold
    tally[1] += ours
    tally[2] += gold


def _f1(tally: Sequence[int]) -> float:
    return 2 * tally[0] / (tally[1] + tally[2]) if tally[1] + tally[2] else 0.0


def gum_scores(texts: Sequence[tuple[dict[str, Any], Read]], weights: Weights | None = None) -> list[Row]:
    ours: list[bool] = []
    sure: list[bool] = []
    nearest: list[bool] = []
    for row, read in texts:
        found = told(read, weights)
        for offset, entity, before in asked(row):
            at = token_at(read.parsed, offset)
            meant = found.get(at) if at is not None else None
            ours.append(meant is not None and means(read, meant.likeliest, entity, before))
            sure += ours[-1:] if meant is not None and meant.name else []
            nearest.append(before[-1][2] == entity)
    return [
        Row("gum_coref", "accuracy", sum(nearest) / len(nearest), sum(ours) / len(ours)),
        Row("gum_coref", "precision_where_sure", None, sum(sure) / max(1, len(sure))),
        Row("gum_coref", "share_sure", None, len(sure) / len(ours)),
    ]


def means(read: Read, name: str, entity: int, before: Sequence[list[Any]]) -> bool:
    """Whether a person is named where the annotation names the entity."""
    places = places_of(read, name)
    return any(overlaps(places, (m[0], m[1])) for m in before if m[2] == entity)


def asked(row: dict[str, Any]) -> Iterator[tuple[int, int, list[list[Any]]]]:
    """The pronouns that stand for a person named before: offset, entity, the people named before."""
    people: list[list[Any]] = []
    for mention in sorted(row["mentions"], key=lambda m: (m[0], -m[1])):
        start, end, entity, kind, form = mention[:5]
        if kind != "person":
            continue
        if form == "name":
            people.append(mention)
        pronoun = form == "pronoun" and row["text"][start:end].lower() in PRONOUNS
        if pronoun and any(m[2] == entity for m in people):
            yield start, entity, list(people)


def run(data: Path, split: str) -> list[Row]:
    rows: list[Row] = []
    path = data / "gap" / f"{split}.tsv"
    if present(path):
        found = passages(path)
        rows += gap_scores(list(zip(found, read_texts(one.text for one in found), strict=True)))
    path = data / "gum_coref" / f"{split}.jsonl"
    if present(path):
        articles = list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))
        news = [one for one in articles if one["genre"] == "news"]
        rows += gum_scores(list(zip(news, read_texts(one["text"] for one in news), strict=True)))
    return rows
