"""Quotations in their full length: what runs on over sentences and paragraphs goes to the words that introduce it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.engine.reading.attribution.quotations import Quoted
from claims.engine.reading.syntax import Range
from claims.engine.reading.text.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

    from claims.engine.reading.attribution.model import Attribution

_LEADS = frozenset({",", ":", "—", "–", "-"})


def spread(
    parsed: Parsed, found: Sequence[Attribution], quotes: Sequence[Quoted], quoted: Sequence[int]
) -> list[Attribution]:
    """Give quotations their full length, and each quotation without words of its own to the last speaker."""
    taken: dict[int, int] = {}
    result = list(found)
    for at, one in enumerate(found):
        if quoted[one.cue] >= 0:
            continue
        numbers = sorted({quoted[i] for a, b in one.content for i in range(a, b)} - {-1})
        sentence = parsed.doc[one.cue].sent
        turn = one.kind == "label"  # holds its quotations by its set
        whole = [n for n in numbers if n not in taken and (turn or mostly(one.content, quotes[n], sentence))]
        if whole:
            taken.update(dict.fromkeys(whole, at))
            result[at] = _widened(one, [quotes[n] for n in whole])
    doc = parsed.doc
    order = sorted(
        (n for n, one in enumerate(found) if one.source is not None and quoted[one.cue] < 0),
        key=lambda n: found[n].cue,
    )
    cues = [found[n].cue for n in order]
    for number in range(len(quotes) - 2, -1, -1):  # a quotation over paragraphs that is named at its end
        before, following = quotes[number], quotes[number + 1]
        if number not in taken and number + 1 in taken and not before.closed and before.end == following.start:
            taken[number] = taken[number + 1]
            result[taken[number]] = _widened(result[taken[number]], [before])
    for number, quote in enumerate(quotes):
        if number in taken or quote.end - quote.start < 5:
            continue
        owner = _owner(parsed, number, quotes, taken)
        if owner is None or doc[quote.start].sent.start < quote.start - 1:
            start, end = doc[quote.start].sent.start, doc[quote.end - 1].sent.end
            owner = _beside(doc, quote, found, order[bisect_left(cues, start) : bisect_left(cues, end)])
        if owner is not None:
            taken[number] = owner
            result[owner] = _widened(result[owner], [quote])
    return result


def _beside(doc: Doc, quote: Quoted, found: Sequence[Attribution], near: Sequence[int]) -> int | None:
    """The attribution in the sentence where a quotation starts or ends, whatever the parser took for its content."""
    if not any(token.pos_ in ("VERB", "AUX") for token in doc[quote.start : quote.end]):
        return None
    near = [
        n
        for n in near
        if (found[n].cue < quote.start and doc[quote.start - 1].text in _LEADS) or found[n].cue >= quote.end
    ]
    return min(near, key=lambda n: min(abs(found[n].cue - quote.start), abs(found[n].cue - quote.end)), default=None)


def mostly(content: Sequence[Range], quote: Quoted, sentence: Sentence) -> bool:
    """Whether the content holds most of what of the quotation stands in the cue's sentence."""
    start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
    if end - start < 2:
        start, end = quote.start, quote.end
    return sum(max(0, min(b, end) - max(a, start)) for a, b in content) > 0.6 * (end - start)


def _owner(parsed: Parsed, number: int, quotes: Sequence[Quoted], taken: Mapping[int, int]) -> int | None:
    """Who goes on speaking: the owner of the quotation before, in the same paragraph or left open."""
    if number == 0 or number - 1 not in taken:
        return None
    before, quote, doc = quotes[number - 1], quotes[number], parsed.doc
    same = parsed.paragraph(doc[before.start].idx) == parsed.paragraph(doc[quote.start].idx)
    return taken[number - 1] if same or (not before.closed and before.end == quote.start) else None


def _widened(one: Attribution, quotes: Sequence[Quoted]) -> Attribution:
    """The attribution with whole quotations, and overlapping stretches made one."""
    ranges = sorted([*one.content, *((quote.start, quote.end) for quote in quotes)])
    merged: list[Range] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    cut = [piece for stretch in merged for piece in _without(stretch, one)]
    return replace(one, content=tuple(cut), direct=True)


def _without(stretch: Range, one: Attribution) -> list[Range]:
    """The stretch without the cue."""
    start, end = stretch
    if not start <= one.cue < end:
        return [stretch]
    return [piece for piece in ((start, one.cue), (one.cue + 1, end)) if piece[1] > piece[0]]
