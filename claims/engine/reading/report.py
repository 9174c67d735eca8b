"""What was read of an article, sentence by sentence, for an editor who judges the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from claims.engine.types import Mention, Reading, Span

Record = dict[str, Any]


def report(reading: Reading) -> Record:
    """Return each sentence of an article with its statements, what is nested in these, or why it gives none."""
    inside: dict[Span | None, list[Mention]] = defaultdict(list)
    for one in reading.nested:
        inside[one.part_of].append(one)
    stated: dict[Span, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        stated[mention.sentence_span].append(mention)
    left_out = {one.span: one for one in reading.unstated if one.span not in stated}
    found = [_sentence(span, there[0].sentence, there, inside) for span, there in stated.items()]
    found += [_sentence(span, one.text, (), inside) | {"left_out": one.reason} for span, one in left_out.items()]
    return {
        "article": reading.article,
        "language": reading.language,
        "unread": reading.unread,
        "partly": reading.partly,
        "sentences": sorted(found, key=lambda one: (one["start"], one["end"])),
    }


def _sentence(span: Span, text: str, stated: Sequence[Mention], inside: Mapping[Span | None, list[Mention]]) -> Record:
    statements = [_statement(one) | {"nested": [_statement(part) for part in inside[one.span]]} for one in stated]
    return {"start": span.start, "end": span.end, "text": text, "statements": statements, "left_out": ""}


def _statement(mention: Mention) -> Record:
    figure = mention.quantity
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.quote,
        "standalone": mention.standalone,
        "speaker": mention.speaker.canonical or mention.speaker.text,
        "stance": mention.stance.value,
        "factuality": mention.factuality.value,
        "figure": None if figure is None else figure.text,
    }
