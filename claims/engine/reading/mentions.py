"""The reading organ's one entry: articles in, what they claim out, in order and in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from claims.engine.reading import detection, quantities
from claims.engine.reading.attribution import attribute
from claims.engine.reading.clauses import Statement, statements
from claims.engine.reading.cleaning import Paragraph, clean
from claims.engine.reading.digest import digest
from claims.engine.reading.language import DEFAULT_MODEL, LONGEST_TEXT, Parsed, language_of, parse, prepare
from claims.engine.reading.propositions import features
from claims.engine.reading.speakers import Cast, cast_of, resolve
from claims.engine.reading.stance import judge
from claims.engine.reading.wire import wire
from claims.engine.types import Digest, Document, Mention, Quantity, Reading, Span, Speaker, SpeakerKind

CHECKABLE = 0.35
"""A sentence below this is not read for claims, unless somebody is quoted with a figure."""


@dataclass(frozen=True, slots=True)
class _Input:
    document: Document
    parsed: Parsed
    language: str
    unread: str


def read(documents: Iterable[Document], *, model: str = DEFAULT_MODEL, processes: int = 1) -> Iterator[Reading]:
    """Read articles: one Reading each, in order. Whatever cannot be read says why in ``Reading.unread``."""
    waiting: deque[_Input] = deque()

    def prepared() -> Iterator[Parsed]:
        for document in documents:
            one = _prepare(document, model)
            waiting.append(one)
            yield one.parsed

    for parsed in parse(prepared(), model, processes):
        yield _reading(waiting.popleft(), parsed)


def describe(sentences: Sequence[str], *, model: str = DEFAULT_MODEL) -> list[Mention]:
    """One mention a sentence, its features and its first figure: for comparing sentences outside any article."""
    prepared = [prepare(text, [Paragraph(Span(0, len(text)))], model) for text in sentences]
    result = []
    for text, parsed in zip(sentences, parse(prepared, model), strict=True):
        doc = parsed.doc
        found = [q for sentence in doc.sents for q in quantities.find(sentence)]
        whole = Span(0, len(text))
        verdict = judge(doc, (0, len(doc))) if len(doc) else None
        mention = Mention("", whole, text, text, whole, Speaker("", "", SpeakerKind.UNKNOWN), quantity=_main(found))
        if verdict is not None:
            mention = replace(
                mention, features=features(doc, (0, len(doc)), None), stance=verdict.stance, hedge=verdict.hedge
            )
        result.append(mention)
    return result


def _prepare(document: Document, model: str) -> _Input:
    text = document.text
    unread = "" if len(text) <= LONGEST_TEXT else f"longer than {LONGEST_TEXT} characters: the rest was not read"
    paragraphs = [p for p in clean(text[:LONGEST_TEXT], document.title).paragraphs]
    language, reason = language_of(text, [p.span for p in paragraphs], document.language)
    if reason:
        return _Input(document, prepare("", [], model), language, reason)
    return _Input(document, prepare(text, paragraphs, model), language, unread)


def _reading(one: _Input, parsed: Parsed) -> Reading:
    document, doc = one.document, parsed.doc
    credited = wire(document.text[:LONGEST_TEXT])
    if not len(doc):
        reason = one.unread or "no text of an article"
        return Reading(document.id, one.language, (), Digest(), credited, reason)
    mentions = tuple(_mentions(document, parsed))
    return Reading(document.id, one.language, mentions, digest(doc, document.title), credited, one.unread)


def _mentions(document: Document, parsed: Parsed) -> Iterator[Mention]:
    doc = parsed.doc
    cast = cast_of(doc)
    seen: set[tuple[int, int]] = set()
    for sentence, found in statements(doc, attribute(parsed)):
        if not found:
            continue
        score = detection.checkable(sentence)
        if score < CHECKABLE:
            continue
        figures = quantities.find(sentence)
        for statement in found:
            for stretch, quote, figure in per_figure(doc, statement, figures):
                mention = _mention(
                    document, parsed, cast, sentence, replace(statement, stretch=stretch, quote=quote), figure, score
                )
                if (mention.span.start, mention.span.end) not in seen:
                    seen.add((mention.span.start, mention.span.end))
                    yield mention


def _mention(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    sentence: Sentence,
    statement: Statement,
    figure: Quantity | None,
    score: float,
) -> Mention:
    doc, one = parsed.doc, statement.attribution
    span = _locate(parsed, doc, statement.quote)
    whole = _locate(parsed, doc, _inked(doc, sentence.start, sentence.end))
    verdict = judge(doc, statement.stretch, one.cue if one is not None else None)
    speaker = Speaker("", document.source, SpeakerKind.OUTLET)
    if one is not None:
        speaker = resolve(doc, one.source, one.head, cast, document.source)
    shift = parsed.shift(doc[statement.stretch[0]].idx)
    if figure is not None:
        figure = replace(figure, span=Span(figure.span.start + shift, figure.span.end + shift))
    return Mention(
        article=document.id,
        span=span,
        quote=document.text[span.start : span.end],
        sentence=document.text[whole.start : whole.end],
        sentence_span=whole,
        speaker=speaker,
        cue=doc[one.cue].text if one is not None else "",
        stance=verdict.stance,
        hedge=verdict.hedge,
        quantity=figure,
        place=parsed.places[parsed.paragraph(sentence.start_char)],
        direct=one.direct if one is not None else False,
        features=features(doc, statement.stretch, document.published),
        checkable=score,
    )


def per_figure(
    doc: Doc, statement: Statement, figures: Sequence[Quantity]
) -> Iterator[tuple[tuple[int, int], tuple[int, int], Quantity | None]]:
    """One statement for each figure that counts something; the first keeps what the others leave."""
    start, end = statement.stretch
    inside = [
        f for f in figures if f.span.start >= doc[start].idx and f.span.end <= doc[end - 1].idx + len(doc[end - 1])
    ]
    counting = [f for f in inside if f.unit not in _TIMES]
    if len(counting) < 2:
        yield statement.stretch, statement.quote, _main(counting)
        return
    anchors = [_token(doc, f, start, end) for f in counting]
    pieces = [_exclusive(doc, a, {b for b in anchors if b != a}, start, end) for a in anchors]
    for number, figure in enumerate(counting):
        a, b = pieces[number]
        if number == 0:
            later = [p[0] for p in pieces[1:] if p[0] > anchors[0]]
            a, b = start, min(later, default=end)
            if b - a < 2 or not any(doc[i].is_alpha for i in range(a, b)):
                a, b = start, end
        while b - a > 1 and (doc[b - 1].is_punct or doc[b - 1].pos_ == "CCONJ"):
            b -= 1
        if number and b - a < 2:
            continue
        yield (a, b), (a, b), figure


_TIMES = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "age", "date"})


def _main(found: Sequence[Quantity]) -> Quantity | None:
    counting = [f for f in found if f.unit not in _TIMES]
    return counting[0] if counting else None


def _token(doc: Doc, figure: Quantity, start: int, end: int) -> int:
    return next((i for i in range(start, end) if doc[i].idx + len(doc[i]) > figure.span.start), start)


def _exclusive(doc: Doc, anchor: int, others: set[int], start: int, end: int) -> tuple[int, int]:
    """The largest phrase around a figure that holds none of the other figures."""
    token = doc[anchor]
    best = (anchor, anchor + 1)
    for _ in range(20):
        a, b = max(start, token.left_edge.i), min(end, token.right_edge.i + 1)
        if any(a <= other < b for other in others):
            break
        best = (a, b)
        if token.head.i == token.i or not start <= token.head.i < end:
            break
        token = token.head
    return best


def _inked(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return start, end


def _locate(parsed: Parsed, doc: Doc, stretch: tuple[int, int]) -> Span:
    a, b = _inked(doc, *stretch)
    return parsed.locate(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))
