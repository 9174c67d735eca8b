"""The reading organ's one entry: articles in, what they claim out, in order and in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from claims.engine.lexicon.words import DENIALS
from claims.engine.reading import bounds
from claims.engine.reading.article import Context, located
from claims.engine.reading.attribution.model import Attributed, Attribution, attribute
from claims.engine.reading.denials import with_answers
from claims.engine.reading.detection.model import checkable
from claims.engine.reading.digest import digest
from claims.engine.reading.features import features, names_of
from claims.engine.reading.people.affiliations import affiliations_of
from claims.engine.reading.people.coreference import main_pronoun, people_meant, stands_for
from claims.engine.reading.people.names import fold
from claims.engine.reading.people.pronouns import people_of
from claims.engine.reading.quantities.extraction import find
from claims.engine.reading.reasons import CHECKABLE, REPORTED, asks_or_heads, unstated
from claims.engine.reading.stance import judge, speaks_of
from claims.engine.reading.statements.clauses import Statement, statements
from claims.engine.reading.statements.ellipsis import left_out
from claims.engine.reading.statements.figures import completed, counts, is_elsewhere, main, per_figure
from claims.engine.reading.statements.nesting import Nested, nested
from claims.engine.reading.statements.standalone import standalone
from claims.engine.reading.statements.wording import told_alone
from claims.engine.reading.syntax import VERBAL, own_subject, root_of
from claims.engine.reading.text.cleaning import Paragraph, clean
from claims.engine.reading.text.parsing import (
    DEFAULT_MODEL,
    LONGEST_TEXT,
    Parsed,
    language_of,
    parse,
    prepare,
)
from claims.engine.reading.text.wire import wire
from claims.engine.reading.tree import Tree
from claims.engine.types import (
    Digest,
    Document,
    Factuality,
    Features,
    KnownPerson,
    Mention,
    Quantity,
    Reading,
    Span,
    Speaker,
    SpeakerKind,
)


@dataclass(frozen=True, slots=True)
class _Input:
    document: Document
    parsed: Parsed
    language: str
    unread: str = ""
    partly: str = ""


def read(
    documents: Iterable[Document],
    *,
    model: str = DEFAULT_MODEL,
    processes: int = 1,
    known: Iterable[KnownPerson] = (),
    nested: bool = False,
) -> Iterator[Reading]:
    """Read articles: one Reading each, in order. Whatever cannot be read says why in ``Reading.unread``.

    ``known`` are people of whom an editor has told the gender or other names; that counts before what the text tells.
    ``nested``: whether the statements inside the mentions are told as well, in ``Reading.nested``.
    """
    people = {fold(name): one for one in known for name in (one.name, *one.aliases)}
    waiting: deque[_Input] = deque()

    def prepared() -> Iterator[Parsed]:
        for document in documents:
            one = _prepare(document, model)
            waiting.append(one)
            yield one.parsed

    for parsed in parse(prepared(), model, processes):
        yield _reading(waiting.popleft(), parsed, people, nested=nested)


def describe(sentences: Sequence[str], *, model: str = DEFAULT_MODEL) -> list[Mention]:
    """One mention a sentence, its features and its first figure: for comparing sentences outside any article."""
    prepared = [prepare(text, [Paragraph(Span(0, len(text)))], model) for text in sentences]
    parsed = parse(prepared, model)
    return [_described(text, one.doc) for text, one in zip(sentences, parsed, strict=True)]


def _described(text: str, doc: Doc) -> Mention:
    whole = Span(0, len(text))
    mention = Mention("", whole, text, text, whole, Speaker("", "", SpeakerKind.UNKNOWN))
    if not len(doc):
        return mention
    found = [q for sentence in doc.sents for q in find(sentence) if counts(doc, q, 0, len(doc))]
    verdict = judge(doc, (0, len(doc)))
    return replace(
        mention,
        quantity=main(found),
        features=features(doc, (0, len(doc)), None, names_of(doc)),
        stance=verdict.stance,
        hedge=verdict.hedge,
        factuality=verdict.factuality,
    )


def _prepare(document: Document, model: str) -> _Input:
    text = document.text
    paragraphs = clean(text[:LONGEST_TEXT], document.title).paragraphs
    language, reason = language_of(text, [p.span for p in paragraphs], document.language)
    if reason:
        return _Input(document, prepare("", [], model), language, reason)
    parsed, partly = bounds.first_part(text, paragraphs, model)
    return _Input(document, parsed, language, partly=partly)


def _reading(one: _Input, parsed: Parsed, known: Mapping[str, KnownPerson], *, nested: bool) -> Reading:
    document, doc = one.document, parsed.doc
    credited = wire(document.text[:LONGEST_TEXT])
    if not len(doc):
        reason = one.unread or "no text of an article"
        return Reading(document.id, one.language, (), Digest(), credited, reason)
    attributed = attribute(parsed)
    registry = people_of(parsed, attributed, known)
    tree = Tree(doc) if nested else None
    context = Context(document, parsed, registry, names_of(doc), affiliations_of(doc), tree)
    found = list(islice(_mentions(context, attributed), bounds.MOST_MENTIONS + 1))
    return Reading(
        document.id,
        one.language,
        tuple(with_answers(found[: bounds.MOST_MENTIONS])),
        digest(doc, document.title),
        credited,
        partly=one.partly or bounds.beyond(sum(1 for _ in doc.sents), len(found)),
        nested=tuple(context.nested),
        unstated=tuple(context.unstated),
    )


def _mentions(context: Context, attributed: Attributed) -> Iterator[Mention]:
    """The mentions of one article, in order of their sentences; no two with the same span."""
    seen: set[Span] = set()
    previous: Sentence | None = None
    for sentence, found in islice(statements(context.parsed.doc, attributed), bounds.MOST_SENTENCES):
        reason = unstated(sentence, found)
        if reason:
            context.leave_out(sentence, reason)
        else:
            for mention in _of_sentence(context, sentence, found, previous):
                if mention.span not in seen:
                    seen.add(mention.span)
                    yield mention
        previous = sentence


def _of_sentence(
    context: Context, sentence: Sentence, found: Sequence[Statement], previous: Sentence | None
) -> Iterator[Mention]:
    doc = sentence.doc
    score = checkable(sentence)
    refers = previous is not None and _refers_back(doc, found)
    least = REPORTED if all(one.attribution is not None for one in found) else CHECKABLE
    reason = asks_or_heads(sentence) or ("hardly checkable" if score < least and not refers else "")
    if reason:
        context.leave_out(sentence, reason)
        return
    figures = completed(doc, find(sentence), context.counted)
    context.counted = next((f.counted for f in reversed(figures) if f.counted and not f.unit), context.counted)
    around: list[tuple[Statement, Mention]] = []
    for statement in found:
        speaker = context.speaker(doc, statement)
        for stretch, quote, figure in per_figure(doc, statement, figures):
            part = replace(statement, stretch=stretch, quote=quote)
            topic = (previous.start, previous.end) if refers and previous is not None else stretch
            around.append((part, _mention(context, sentence, part, figure, speaker, score, topic)))
            yield around[-1][1]
    if context.tree is not None:
        for one in nested(doc, context.tree, (sentence.start, sentence.end), [part for part, _ in around]):
            outer = around[one.inside][1].factuality
            if one.presupposed or outer is not Factuality.DENIED:  # who denies a whole may grant its parts
                context.nested.append(_nested(context, context.tree, one, around[one.inside], figures))


def _refers_back(doc: Doc, found: Sequence[Statement]) -> bool:
    """ "China denies it": what is denied is the sentence before."""
    if len(found) != 1:
        return False
    one = found[0].attribution
    start, end = found[0].stretch
    return one is not None and doc[one.cue].lemma_.lower() in DENIALS and end - start == 1 and doc[start].pos_ == "PRON"


def _mention(
    context: Context,
    sentence: Sentence,
    statement: Statement,
    figure: Quantity | None,
    speaker: Speaker,
    score: float,
    topic: tuple[int, int],
) -> Mention:
    document, parsed, doc, one = context.document, context.parsed, sentence.doc, statement.attribution
    span = located(parsed, doc, statement.quote)
    whole = located(parsed, doc, (sentence.start, sentence.end))
    verdict = judge(doc, statement.stretch, one.cue if one is not None else None)
    if figure is not None and not speaks_of(doc, figure, verdict):
        figure = None
    if figure is not None:
        figure = replace(figure, span=parsed.locate(figure.span.start, figure.span.end))
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
        factuality=verdict.factuality,
        quantity=figure,
        place=parsed.places[parsed.paragraph(sentence.start_char)],
        direct=one.direct if one is not None else False,
        features=_features(context, doc, statement, speaker, figure, topic),
        checkable=score,
        standalone=standalone(doc, statement, speaker, context.registry),
    )


def _nested(
    context: Context, tree: Tree, one: Nested, around: tuple[Statement, Mention], figures: Sequence[Quantity]
) -> Mention:
    """A statement inside another one, whose speaker it has; a cue's denial or doubt is about the outer one alone."""
    parsed, doc, (start, end) = context.parsed, context.parsed.doc, one.quote
    statement, outer = around
    said = statement.attribution
    verdict = judge(doc, one.quote, None if one.presupposed or said is None else said.cue, one.head)
    open_with_outer = not one.presupposed and not outer.factuality.committed
    first, last = doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
    inside = [f for f in figures if first <= f.span.start and f.span.end <= last and counts(doc, f, start, end)]
    figure = main([f for f in inside if not is_elsewhere(doc, f, start, end)])
    if figure is not None:
        figure = replace(figure, span=parsed.locate(figure.span.start, figure.span.end))
    span = located(parsed, doc, one.quote)
    part = replace(statement, stretch=one.quote, quote=one.quote)
    return replace(
        outer,
        span=span,
        quote=context.document.text[span.start : span.end],
        stance=outer.stance if open_with_outer else verdict.stance,
        factuality=outer.factuality if open_with_outer else verdict.factuality,
        hedge=verdict.hedge or outer.hedge,
        quantity=figure,
        features=_features_of_nested(context, doc, one, said, outer.speaker),
        standalone=told_alone(doc, tree, one) or _with_its_subject(context, doc, one, part, outer.speaker),
        part_of=outer.span,
        answers=None,
    )


def _features_of_nested(
    context: Context, doc: Doc, one: Nested, said: Attribution | None, speaker: Speaker
) -> Features:
    """The features of a nested statement, with whom its pronouns stand for; of a noun phrase only what it calls it."""
    stood_for = people_meant(doc, one.quote, said, speaker, context.registry)
    by = doc[one.subject] if one.subject is not None else None
    referent = stands_for(by, said, speaker, context.registry) if by is not None else None
    verb = doc[one.head] if doc[one.head].pos_ in VERBAL else None
    own = own_subject(verb) if verb is not None else None
    borrowed = by is not None and (own is None or own.i != by.i)
    outside = one.subject if borrowed else None
    if referent is not None and referent.head is not None:
        outside = referent.head
    head = None if verb is None else verb.i
    return features(doc, one.quote, context.document.published, context.names, stood_for, outside, head)


def _with_its_subject(context: Context, doc: Doc, one: Nested, part: Statement, speaker: Speaker) -> str:
    """A nested statement whose subject is a pronoun, with whom it stands for; "" where that is not known."""
    by = doc[one.subject] if one.subject is not None else None
    if by is None or by.pos_ != "PRON" or doc[one.head].pos_ not in VERBAL or not one.quote[0] <= by.i < one.quote[1]:
        return ""
    direct = part.attribution is not None and part.attribution.direct and by.lower_ in ("i", "we")
    if not direct and stands_for(by, part.attribution, speaker, context.registry) is None:
        return ""
    return standalone(doc, part, speaker, context.registry)


def _features(
    context: Context,
    doc: Doc,
    statement: Statement,
    speaker: Speaker,
    figure: Quantity | None,
    topic: tuple[int, int],
) -> Features:
    """The features of a statement, with what its pronouns and its figure leave out."""
    one, registry = statement.attribution, context.registry
    if topic == statement.stretch and root_of(doc, topic).pos_ not in VERBAL:  # "announced the cargo": with its verb
        topic = statement.quote
    left, by = left_out(doc, topic), main_pronoun(doc, topic)
    referent = stands_for(by, one, speaker, registry) if by is not None else None
    outside = left.subject if left is not None else None
    if referent is not None and outside is None:
        outside = referent.head
    stood_for = people_meant(doc, topic, one, speaker, registry)
    read = features(doc, topic, context.document.published, context.names, stood_for, outside)
    if by is not None and by.dep_ != "poss" and outside is None:
        read = replace(read, subject=referent.lemma if referent is not None else "")
    counted = figure.counted.split() if figure is not None and not figure.unit else []
    return replace(read, terms=(*read.terms, *(w for w in counted if w not in read.terms)))
