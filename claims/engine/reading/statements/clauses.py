"""A sentence in its statements: who is given as saying which clause.

Each word belongs to the innermost attribution around it. The words that only say who says it (the frame) belong to no
statement; what is left over, where it is a clause, is the outlet's own voice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import DOCUMENTS, lexicon
from claims.engine.reading.attribution.model import LABEL, SIGNATURE, Attributed, Attribution
from claims.engine.reading.attribution.reported_speech import CALLING, CLAUSAL, FOLLOWING, NAME, NAMING, reported
from claims.engine.reading.quantities.groups import is_counted
from claims.engine.reading.statements.ellipsis import left_out
from claims.engine.reading.statements.segmentation import BACKGROUND, SUBJECTS, bare, borrows, is_clause, pieces
from claims.engine.reading.statements.whole import whole
from claims.engine.reading.syntax import Range, root_of, span_of, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence


SHORTEST = 4
"""Words of a statement in the outlet's own voice."""

REQUESTS = lexicon("urge call ask demand order advise tell encourage instruct request beg invite press remind")
_SAYING = lexicon("say tell report add write note tweet post state claim explain announce quote ask confirm deny")
UNOWNED = "unowned"
"""The kind of a quotation of which its sentence does not say whose it is."""
_FRAME, _OUTLET = -2, -1
FIGURES = frozenset({"figure", "number", "total", "toll", "estimate", "count", "tally"})
"""Nouns that stand for a count of something named elsewhere."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: the token range of what is said, that of its quote, and its attribution (None: the outlet's)."""

    stretch: Range
    quote: Range
    attribution: Attribution | None


def statements(doc: Doc, read: Attributed) -> Iterator[tuple[Sentence, list[Statement]]]:
    """For every sentence its statements, in order."""
    speeches = list(reported(doc, read))
    owner = _owners(doc, speeches)
    hanging: defaultdict[int, list[Attribution]] = defaultdict(list)
    for one in speeches:
        if _within(doc, one):
            hanging[doc[one.cue].sent.start].append(one)
    for sentence in doc.sents:
        found = [*_of_sentence(doc, sentence, speeches, owner, read), *_inside(doc, hanging[sentence.start])]
        found = found or list(_whole(doc, sentence, speeches, read))
        yield sentence, sorted((_with_marks(one, read, sentence) for one in found), key=lambda one: one.stretch)


def _with_marks(one: Statement, read: Attributed, sentence: Sentence) -> Statement:
    """The statement whose quote holds both marks of a quotation that begins or ends in its middle."""
    start, end = one.quote
    first, last = read.quoted[start], read.quoted[end - 1]
    if first == last:
        return one
    if last >= 0 and end < (closing := read.quotations[last].end) <= min(end + 2, sentence.end):
        end = closing
    if first >= 0 and max(start - 2, sentence.start) <= (opening := read.quotations[first].start) < start:
        start = opening
    return replace(one, stretch=(start, end), quote=(start, end)) if one.quote == one.stretch else one


def _within(doc: Doc, one: Attribution) -> bool:
    """Whether a statement hangs on a noun or an adjective that is part of what is told around it."""
    return doc[one.cue].pos_ in ("NOUN", "PROPN", "ADJ") and not one.direct and one.kind[:2] in ("n:", "a:")


def _owners(doc: Doc, speeches: Sequence[Attribution]) -> list[int]:
    """For each token the number of the innermost attribution around it, or that it is frame, or the outlet's."""
    owner = [_OUTLET] * len(doc)
    sizes = [sum(b - a for a, b in one.content) for one in speeches]
    for number in sorted(range(len(speeches)), key=lambda n: -sizes[n]):
        one = speeches[number]
        if _within(doc, one):
            continue
        for a, b in one.content:
            owner[a:b] = [number] * (b - a)
        for i in _frame(doc, one):
            if not _is_own(i, one):
                owner[i] = _FRAME
    return owner


def _is_own(i: int, one: Attribution) -> bool:
    """Whether a word of the frame stands in the content, which then keeps it, unless the cue stands there as well."""
    inside = next(((a, b) for a, b in one.content if a <= i < b), None)
    return inside is not None and not inside[0] <= one.cue < inside[1]


def _frame(doc: Doc, one: Attribution) -> Iterator[int]:
    """The words that only say who says it: cue, auxiliaries, what governs the cue ("responded by saying"), source.

    Behind a content also when and where it was said ("..., Bell said on Monday"), and "citing a document".
    """
    cue = doc[one.cue]
    yield one.cue
    for child in cue.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark", "prt", "advmod") or (
            child.dep_ == "prep" and one.kind == "according"
        ):
            yield child.i
        elif child.i > cue.i and one.kind in FOLLOWING and one.content[0][0] < cue.i and _attends(child):
            yield from range(child.left_edge.i, child.right_edge.i + 1)
    if one.source is not None and one.head is not None and _only_subject(doc, one):
        yield from range(*one.source)
    if cue.dep_ == "pcomp":
        yield cue.head.i
        yield cue.head.head.i


def _attends(child: Token) -> bool:
    """Whether a phrase tells how something was said: "on Monday", "in an interview", "citing a document"."""
    if child.dep_ in ("prep", "npadvmod", "dative", "dobj"):
        return not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in child.subtree)
    return child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_ in ("cite", "quote", "refer", "speak", "use")


def _only_subject(doc: Doc, one: Attribution) -> bool:
    """Whether the source belongs to the cue alone, and is not the subject of a clause of the outlet's as well."""
    head = doc[one.head] if one.head is not None else doc[one.cue]
    return (
        one.kind in ("according", "colon", LABEL, SIGNATURE) or head.head.i == one.cue or head.dep_ in ("poss", "pobj")
    )


def _of_sentence(
    doc: Doc, sentence: Sentence, speeches: Sequence[Attribution], owner: Sequence[int], quotes: Attributed
) -> Iterator[Statement]:
    told = _OUTLET
    for stretch, number in _joined_up(doc, list(_runs(sentence, owner))):
        if number == _OUTLET and told != _OUTLET and doc[stretch[0] - 1].text == ":":
            number = told  # "said that was not true: | the firm had replaced all poles"
        told = number if number != _OUTLET and speeches[number].kind == "ccomp" else _OUTLET
        if number == _OUTLET:
            stretch = _without_tail(doc, stretch)
            if stretch[1] - stretch[0] >= SHORTEST and (is_clause(doc, stretch) or _goes_on(doc, stretch)):
                for piece in pieces(doc, stretch):
                    if not _only_says(doc, piece) and not _headless(doc, piece):
                        yield Statement(piece, piece, _request(doc, piece) or _unowned(piece, quotes))
            continue
        one = speeches[number]
        if is_clause(doc, stretch) or borrows(doc, stretch) or _headline(doc, one, stretch):
            for piece in pieces(doc, stretch):
                aside = _background(doc, piece) and not one.direct
                yield Statement(piece, piece, _request(doc, piece) if aside else one)
        elif _named(doc, one, sentence):
            yield Statement(stretch, _hull(one, stretch, sentence), one)


def _whole(doc: Doc, sentence: Sentence, speeches: Sequence[Attribution], quotes: Attributed) -> Iterator[Statement]:
    """What a sentence says, uncut, where its clauses gave nothing: all of it, or all that somebody says in it."""
    inside = [one for one in speeches if sentence.start <= one.cue < sentence.end]
    for one in inside:
        stretch = whole(doc, (one.content[0][0], one.content[-1][1]), sentence)
        if one.kind in CLAUSAL and stretch is not None:
            yield Statement(stretch, stretch, one)
            return
    stretch = whole(doc, (sentence.start, sentence.end), sentence) if not inside else None
    if stretch is not None and not _only_says(doc, stretch):
        yield Statement(stretch, stretch, _request(doc, stretch) or _unowned(stretch, quotes))


def _without_tail(doc: Doc, stretch: Range) -> Range:
    """What is left of the outlet's own words without the end of a frame: "in a letter that was made public"."""
    opening = root_of(doc, stretch)
    if opening.i != stretch[0] and opening.left_edge.i != stretch[0]:
        return stretch
    if opening.dep_ not in ("prep", "npadvmod", "advmod") or not opening.head.i < stretch[0]:
        return stretch
    start = opening.right_edge.i + 1
    return bare(doc, (start, stretch[1])) if start < stretch[1] else (stretch[1] - 1, stretch[1])


def _inside(doc: Doc, hanging: Sequence[Attribution]) -> Iterator[Statement]:
    """Statements that hang on a noun of another one: "Bell's insistence that the dam is safe convinced nobody"."""
    for one in hanging:
        for content in one.content:
            if is_clause(doc, content):
                for piece in pieces(doc, bare(doc, content)):
                    yield Statement(piece, piece, one)


def _goes_on(doc: Doc, stretch: Range) -> bool:
    """ "The firm denied wrongdoing but | agreed to pay a fine": a deed behind a statement, of the one who made it."""
    verb = root_of(doc, stretch)
    return verb.dep_ == "conj" and verb.tag_ in ("VBD", "VBZ", "VBP") and borrows(doc, stretch)


def _only_says(doc: Doc, piece: Range) -> bool:
    """Whether a clause is left with who said something, and not with what: "the newspaper reported earlier"."""
    verb = root_of(doc, piece)
    if verb.lemma_.lower() in CALLING and verb.dep_ == "relcl":  # "whom the market calls “Duke”"
        behind = [doc[i] for i in range(verb.i + 1, piece[1]) if doc[i].is_alpha]
        return len(behind) < NAME and not any(t.pos_ in ("VERB", "AUX") for t in behind)
    if verb.lemma_.lower() not in _SAYING or verb.pos_ != "VERB":
        return False
    said = ("ccomp", "xcomp", "dobj", "prep", "oprd", "dative", "conj", "advcl")
    return not any(child.dep_ in said and piece[0] <= child.i < piece[1] for child in verb.rights)


def _headline(doc: Doc, one: Attribution, stretch: Range) -> bool:
    """What a headline says before its frame, where the parser sees no clause: "12 die in flood, mayor says"."""
    long_enough = stretch[1] - stretch[0] >= SHORTEST and one.kind == "inverted" and stretch[1] <= one.cue
    return long_enough and any(doc[i].pos_ == "VERB" for i in range(*stretch))


def _headless(doc: Doc, piece: Range) -> bool:
    """Whether a clause has no subject, and shares none: the parser, or a frame, cut it off from what it belongs to."""
    verb = root_of(doc, piece)
    if verb.pos_ not in ("VERB", "AUX") or any(c.dep_ in SUBJECTS and piece[0] <= c.i for c in verb.lefts):
        return False
    return left_out(doc, piece) is None


def _named(doc: Doc, one: Attribution, sentence: Sentence) -> bool:
    """Whether a content that is no clause is a statement together with its cue: "denied any involvement"."""
    return doc[one.cue].lemma_.lower() in NAMING and sentence.start <= one.cue < sentence.end


def _background(doc: Doc, piece: Range) -> bool:
    """ "..., after two men were captured": what an indirect quotation is set against is the outlet's own."""
    start = piece[0] - 1
    set_against = start > 0 and doc[start].lower_ in BACKGROUND and doc[start - 1].text == ","
    return set_against and root_of(doc, piece).dep_ == "advcl"


def _request(doc: Doc, stretch: Range) -> Attribution | None:
    """ "The ministry urged its citizens to ...", "X put the number at 155": it is the ministry's, and X's."""
    root = root_of(doc, stretch)
    lemma = root.lemma_.lower()
    if root.pos_ != "VERB" or not (
        lemma in REQUESTS or _answers_charge(root) or _gives_figure(root) or _shares_document(root)
    ):
        return None
    by = subject_of(root)
    if by is None or not stretch[0] <= by.i < stretch[1] or by.dep_ == "nsubjpass" or is_counted(by):
        return None
    return Attribution(root.i, "request", (stretch,), span_of(by), by.i, 1.0)


def _unowned(stretch: Range, quotes: Attributed) -> Attribution | None:
    """A quotation without any words about who speaks: not the outlet's own voice. Its cue is the mark that opens it."""
    number = quotes.quoted[stretch[0]]
    if number < 0 or quotes.quoted[stretch[1] - 1] != number:
        return None
    return Attribution(quotes.quotations[number].start, UNOWNED, (stretch,), None, None, 0.0, direct=True)


def _answers_charge(verb: Token) -> bool:
    """ "Bell pleaded not guilty", "maintains his innocence": it is Bell who says so."""
    if verb.lemma_ == "plead":
        return any(child.lower_ in ("guilty", "innocent") for child in verb.rights)
    return verb.lemma_ in ("protest", "maintain", "profess", "proclaim") and any(
        child.dep_ == "dobj" and child.lemma_ == "innocence" for child in verb.rights
    )


def _gives_figure(verb: Token) -> bool:
    return verb.lemma_ in ("give", "put", "provide", "cite") and any(
        child.dep_ == "dobj" and child.lemma_ in FIGURES for child in verb.rights
    )


def _shares_document(verb: Token) -> bool:
    """ "The government released a document which lists ...": the document's word is the government's."""
    return verb.lemma_ in ("release", "share", "publish", "issue", "circulate") and any(
        child.dep_ == "dobj" and child.lemma_ in DOCUMENTS and any(c.dep_ in ("relcl", "acl") for c in child.rights)
        for child in verb.rights
    )


def _runs(sentence: Sentence, owner: Sequence[int]) -> Iterator[tuple[Range, int]]:
    """Stretches of words with one owner, without frames and without loose ends."""
    doc, start = sentence.doc, sentence.start
    for i in range(sentence.start + 1, sentence.end + 1):
        if i == sentence.end or owner[i] != owner[start]:
            if owner[start] != _FRAME:
                stretch = bare(doc, (start, i))
                if stretch[1] - stretch[0] > 1 or doc[stretch[0]].pos_ in ("NOUN", "PROPN", "PRON"):
                    yield stretch, owner[start]
            start = i


def _joined_up(doc: Doc, runs: Sequence[tuple[Range, int]]) -> list[tuple[Range, int]]:
    """Parts of one clause that a frame or another's words cut in two: "The dam, she said, failed on Monday".

    Of "who, she said, were hurt" the second part is kept: whom the first stands for is told elsewhere.
    """
    result: list[tuple[Range, int]] = []
    last: dict[int, int] = {}
    for stretch, number in runs:
        at = last.get(number)
        before = result[at][0] if at is not None else None
        if (
            before is not None
            and at is not None
            and _belongs(doc, before, stretch, number, adjacent=at == len(result) - 1)
        ):
            relative = before[1] - before[0] == 1 and doc[before[0]].tag_ in ("WP", "WDT")
            result[at] = (stretch if relative else (before[0], stretch[1]), number)
            continue
        last[number] = len(result)
        result.append((stretch, number))
    return sorted(result)


def _belongs(doc: Doc, before: Range, stretch: Range, number: int, *, adjacent: bool) -> bool:
    """Whether two parts are one clause: the one holds the subject of the other's verb, or neither is a clause alone."""
    by = next((c for c in root_of(doc, stretch).lefts if c.dep_ in SUBJECTS), None)
    if by is not None and before[0] <= by.i < before[1]:
        return True
    if number < 0 or not adjacent or is_clause(doc, stretch) or is_clause(doc, before):
        return False
    return is_clause(doc, (before[0], stretch[1]))


def _hull(one: Attribution, stretch: Range, sentence: Sentence) -> Range:
    """From the source to the end of the content: a thing denied is understood only with who denies it."""
    points = [one.cue, one.cue + 1, *stretch]
    if one.source is not None and sentence.start <= one.source[0] < sentence.end:
        points += one.source
    return max(sentence.start, min(points)), min(sentence.end, max(points))
