"""Speaker, cue and content against PolNeAR's annotated political news. Scoring rules: docs/benchmarks.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from claims.engine.reading.attribution.model import attribute
from claims.engine.reading.attribution.quotations import quotations
from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.parsing import Parsed, parse, prepare
from claims.engine.reading.text.wire import wire
from claims.engine.types import Span
from tests.benchmarks.rows import Row

NO_WIRE = {"", "None", "NA"}
LINE = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution, as sets of token indices."""

    content: frozenset[int]
    cue: frozenset[int]
    source: frozenset[int]


@dataclass(slots=True)
class Tally:
    """Right, found and wanted; F1 of them."""

    right: float = 0
    found: float = 0
    wanted: float = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def rows_of(data: Path, split: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (data / "polnear" / f"{split}.jsonl").read_text().splitlines()]


def parsed_rows(rows: Iterable[dict[str, Any]]) -> Iterator[Parsed]:
    """Every line is a paragraph: these texts are clean, and cleaning has its own benchmark."""
    texts = (row["text"] for row in rows)
    return parse(prepare(t, [Paragraph(Span(m.start(), m.end())) for m in LINE.finditer(t)]) for t in texts)


def gold_of(row: dict[str, Any], parsed: Parsed) -> list[Gold]:
    """The annotated attributions that have content and cue, mapped to tokens."""
    places: dict[int, int] = {}
    for token in parsed.doc:
        if not token.is_space:
            start = parsed.locate(token.idx, token.idx + len(token)).start
            places.update(dict.fromkeys(range(start, start + len(token)), token.i))

    def tokens(parts: Sequence[dict[str, Any]]) -> frozenset[int]:
        spans = [span for part in parts for span in part["spans"]]
        return frozenset(places[x] for a, b in spans for x in range(a, b) if x in places)

    read = [
        Gold(tokens(a.get("content", [])), tokens(a.get("cue", [])), tokens(a.get("source", [])))
        for a in row["attributions"]
    ]
    return [gold for gold in read if gold.content]


def words(doc: Doc, tokens: Iterable[int]) -> set[int]:
    return {i for i in tokens if not doc[i].is_punct and not doc[i].is_space}


def head_of(doc: Doc, tokens: Iterable[int]) -> int | None:
    """The first token of a phrase whose head lies outside it."""
    inside = set(tokens)
    return next((i for i in sorted(inside) if doc[i].head.i not in inside or doc[i].head.i == i), None)


def overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


def matched(doc: Doc, found: Sequence[set[int]], gold: Sequence[Gold]) -> dict[int, int]:
    """Gold number -> found number: pairs that overlap by half or more, best pairs first, each used once."""
    wanted = [words(doc, g.content) for g in gold]
    where: dict[int, list[int]] = {}
    for j, tokens in enumerate(found):
        for i in tokens:
            where.setdefault(i, []).append(j)
    pairs = []
    for g, tokens in enumerate(wanted):
        near = {j for i in tokens for j in where.get(i, ())}
        pairs += [(score, g, j) for j in near if (score := overlap(tokens, found[j])) >= 0.5]
    result: dict[int, int] = {}
    for _, g, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if g not in result and j not in result.values():
            result[g] = j
    return result


def run(data: Path, split: str) -> list[Row]:
    rows = rows_of(data, split)
    return measure(rows, parsed_rows(rows))


def measure(rows: Sequence[dict[str, Any]], parsed: Iterable[Parsed]) -> list[Row]:
    token, token_base, span, span_base = Tally(), Tally(), Tally(), Tally()
    speakers: list[bool] = []
    nearest: list[bool] = []
    for row, one in zip(rows, parsed, strict=True):
        doc, gold = one.doc, gold_of(row, one)
        read = attribute(one).attributions
        ours = [words(doc, (i for a, b in x.content for i in range(a, b))) for x in read]
        quoted = [words(doc, range(q.start, q.end)) for q in quotations(one)]
        everything = set().union(*(g.content for g in gold))
        ours_all = {i for x in read for a, b in x.content for i in range(a, b)}
        quoted_all = {i for q in quotations(one) for i in range(q.start, q.end)}
        for tally, union in ((token, ours_all), (token_base, quoted_all)):
            union = {i for i in union if not doc[i].is_space}
            tally.right += len(union & everything)
            tally.found += len(union)
            tally.wanted += len(everything)
        pairs, quoted_pairs = matched(doc, ours, gold), matched(doc, quoted, gold)
        for tally, sets, hits in ((span, ours, pairs), (span_base, quoted, quoted_pairs)):
            tally.right += len(hits)
            tally.found += len(sets)
            tally.wanted += len(gold)
        for g, j in pairs.items():
            head = head_of(doc, gold[g].source)
            if head is not None:
                speakers.append(read[j].head is not None and _same_head(doc, read[j].head, head, gold[g].source))
        nearest += [_nearest_name(doc, gold[g]) for g in pairs if gold[g].source]
    return [
        Row("polnear", "content_token_f1", token_base.f1, token.f1),
        Row("polnear", "content_span_f1", span_base.f1, span.f1),
        Row("polnear", "speaker_accuracy", _mean(nearest), _mean(speakers)),
        *wire_rows(rows),
    ]


def _same_head(doc: Doc, ours: int, head: int, source: frozenset[int]) -> bool:
    """The same head word, or two words of one name ("Clinton" and "Hillary" in "Hillary Clinton")."""
    if ours == head:
        return True
    return ours in source and doc[ours].ent_type_ != "" and doc[ours].head.i in (head, doc[head].head.i)


def _nearest_name(doc: Doc, gold: Gold) -> bool:
    """The baseline: the noun or pronoun nearest to the cue, outside the content, is the speaker."""
    if not gold.cue:
        return False
    cue, sentence = min(gold.cue), doc[min(gold.cue)].sent
    near = [t.i for t in sentence if t.pos_ in ("PROPN", "PRON", "NOUN") and t.i not in gold.content | gold.cue]
    best = min(near, key=lambda i: abs(i - cue), default=None)
    return best is not None and best == head_of(doc, gold.source)


def wire_rows(rows: Sequence[dict[str, Any]]) -> list[Row]:
    """An agency named in the set, and found or not; the baseline looks for its name anywhere in the text."""
    found = [(row["wire"], wire(row["text"])) for row in rows]
    naive = [(row["wire"], re.search(r"\b(AP|Associated Press|Reuters|AFP|UPI)\b", row["text"])) for row in rows]
    wired = [(gold, ours) for gold, ours in found if gold not in NO_WIRE]
    plain = [ours for gold, ours in found if gold in NO_WIRE]
    naive_hit = [hit is not None for gold, hit in naive if gold not in NO_WIRE]
    naive_false = [hit is not None for gold, hit in naive if gold in NO_WIRE]
    return [
        Row("polnear", "wire_recall", _mean(naive_hit), _mean([gold.lower() == o.lower() for gold, o in wired])),
        Row("polnear", "wire_false_rate", _mean(naive_false), _mean([bool(ours) for ours in plain])),
    ]


def _mean(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
