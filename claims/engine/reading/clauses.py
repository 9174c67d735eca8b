"""A sentence in its statements: who is given as saying which clause.

Each word belongs to the innermost attribution around it. The words that only say who says it (the frame) belong to no
statement; what is left over, where it is a clause, is the outlet's own voice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.engine.reading.attribution import Attributed, Attribution
from claims.engine.reading.attribution_candidates import span_of, subject
from claims.engine.reading.attribution_features import heart
from claims.engine.reading.words import CLAIM_NOUNS, DENIALS, DOCUMENTS, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

Range = tuple[int, int]

SHORTEST = 4
"""Words of a statement in the outlet's own voice."""
PART = 4
"""Words of a clause that becomes a statement of its own."""

WISHES = lexicon(
    "want hope wish seek plan try intend expect fear like love hate prefer need support oppose seem appear aim "
    "decide agree refuse decline attempt hesitate continue begin start stop help let make see watch feel ensure "
    "prevent allow know learn realize realise remember forget wonder ask discover find mean show prove depict "
    "feature explain make take give be have do go get keep case refer"
)
"""Verbs whose complement nobody states: what is reported is the wish, the try or the knowledge itself."""

REQUESTS = lexicon("urge call ask demand order advise tell encourage instruct request beg invite press remind")
NAMING = DENIALS | lexicon(
    "announce confirm claim allege admit acknowledge report reveal disclose accuse blame estimate predict"
)
"""Cues whose object may be the statement itself ("denied any involvement", "announced a ceasefire")."""

_CLAUSAL = lexicon("ccomp inverted aside as according colon colon-verb parataxis quote n:acl n:ccomp a:ccomp")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_LOOSE = lexicon(
    "that and but or which who whom whose after before when while as because although though since if with"
)
UNOWNED = "unowned"
"""The kind of a quotation of which its sentence does not say whose it is."""
_FRAME, _OUTLET = -2, -1
BACKGROUND = frozenset({"after", "although", "though", "while", "whereas"})
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
    speeches = [_through_claim(doc, _denied(doc, one)) for one in read.attributions if spoken(doc, one)]
    owner = _owners(doc, speeches)
    for sentence in doc.sents:
        yield sentence, list(_of_sentence(doc, sentence, speeches, owner, read))


def spoken(doc: Doc, one: Attribution) -> bool:
    """Whether an attribution reports a statement, and not a wish, a request or an opinion about a thing."""
    lemma = doc[one.cue].lemma_.lower()
    if lemma in WISHES and not (one.direct and doc[one.cue].pos_ == "VERB"):
        return False
    if one.direct or one.kind in _CLAUSAL:
        return one.kind != "prep:as"
    if one.kind == "xcomp":
        return lemma in ("deny", "claim", "admit", "allege", "profess", "report", "acknowledge")
    if one.kind.startswith("n:prep"):
        return lemma in DENIALS
    if lemma in ("accuse", "blame"):
        return one.kind.startswith(("dobj", "prep"))
    return lemma in NAMING and one.kind in ("dobj", "dobj+")


def _through_claim(doc: Doc, one: Attribution) -> Attribution:
    """ "X dismissed the claim that P": the content is P."""
    noun = heart(doc, one.content[0])
    if one.kind in ("dobj", "dobj+") and noun.lemma_.lower() in CLAIM_NOUNS:
        clause = next((c for c in noun.rights if c.dep_ in ("acl", "ccomp") and c.n_lefts), None)
        if clause is not None:
            return replace(one, kind="n:acl", content=((clause.left_edge.i, clause.right_edge.i + 1),))
    return one


def _denied(doc: Doc, one: Attribution) -> Attribution:
    """ "X dismissed Y's claim that P": it is X who denies P."""
    cue = doc[one.cue]
    if cue.pos_ == "NOUN" and cue.dep_ in ("dobj", "nsubjpass") and cue.head.lemma_.lower() in DENIALS:
        by = subject(cue.head)
        if by is None or by.i == cue.i:
            return replace(one, cue=cue.head.i, source=None, head=None)
        return replace(one, cue=cue.head.i, source=span_of(by), head=by.i)
    return one


def _owners(doc: Doc, speeches: Sequence[Attribution]) -> list[int]:
    """For each token the number of the innermost attribution around it, or that it is frame, or the outlet's."""
    owner = [_OUTLET] * len(doc)
    sizes = [sum(b - a for a, b in one.content) for one in speeches]
    for number in sorted(range(len(speeches)), key=lambda n: -sizes[n]):
        for i in _frame(doc, speeches[number]):
            owner[i] = _FRAME
        for a, b in speeches[number].content:
            owner[a:b] = [number] * (b - a)
    return owner


def _frame(doc: Doc, one: Attribution) -> Iterator[int]:
    """The words that only say who says it: cue, auxiliaries, what governs the cue ("responded by saying"), source."""
    cue = doc[one.cue]
    yield one.cue
    for child in cue.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark", "prt", "advmod") or (
            child.dep_ == "prep" and one.kind == "according"
        ):
            yield child.i
    if one.source is not None and one.head is not None and _only_subject(doc, one):
        yield from range(*one.source)
    if cue.dep_ == "pcomp":
        yield cue.head.i
        yield cue.head.head.i


def _only_subject(doc: Doc, one: Attribution) -> bool:
    """Whether the source belongs to the cue alone, and is not the subject of a clause of the outlet's as well."""
    head = doc[one.head] if one.head is not None else doc[one.cue]
    return one.kind in ("according", "colon") or head.head.i == one.cue or head.dep_ in ("poss", "pobj")


def _of_sentence(
    doc: Doc, sentence: Sentence, speeches: Sequence[Attribution], owner: Sequence[int], quotes: Attributed
) -> Iterator[Statement]:
    for stretch, number in _joined_up(doc, list(_runs(sentence, owner))):
        if number == _OUTLET:
            if stretch[1] - stretch[0] >= SHORTEST and _clause(doc, stretch):
                for piece in _split(doc, stretch):
                    yield Statement(piece, piece, _request(doc, piece) or _unowned(piece, quotes))
            continue
        one = speeches[number]
        if _clause(doc, stretch):
            for piece in _split(doc, stretch):
                aside = _background(doc, piece) and not one.direct
                yield Statement(piece, piece, _request(doc, piece) if aside else one)
        elif _named(doc, one, sentence):
            yield Statement(stretch, _hull(one, stretch, sentence), one)


def _named(doc: Doc, one: Attribution, sentence: Sentence) -> bool:
    """Whether a content that is no clause is a statement together with its cue: "denied any involvement"."""
    return doc[one.cue].lemma_.lower() in NAMING and sentence.start <= one.cue < sentence.end


def _background(doc: Doc, piece: Range) -> bool:
    """ "..., after two men were captured": what an indirect quotation is set against is the outlet's own."""
    return piece[0] > 0 and heart(doc, piece).dep_ == "advcl" and doc[piece[0] - 1].lower_ in BACKGROUND


def _request(doc: Doc, stretch: Range) -> Attribution | None:
    """ "The ministry urged its citizens to ...", "X put the number at 155": it is the ministry's, and X's."""
    root = heart(doc, stretch)
    lemma = root.lemma_.lower()
    if root.pos_ != "VERB" or not (lemma in REQUESTS or _gives_figure(root) or _shares_document(root)):
        return None
    by = subject(root)
    if by is None or not stretch[0] <= by.i < stretch[1] or by.dep_ == "nsubjpass":
        return None
    return Attribution(root.i, "request", (stretch,), span_of(by), by.i, 1.0)


def _unowned(stretch: Range, quotes: Attributed) -> Attribution | None:
    """A quotation without any words about who speaks: not the outlet's own voice. Its cue is the mark that opens it."""
    number = quotes.quoted[stretch[0]]
    if number < 0 or quotes.quoted[stretch[1] - 1] != number:
        return None
    return Attribution(quotes.quotations[number].start, UNOWNED, (stretch,), None, None, 0.0, direct=True)


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
    """Parts of one content that are a clause only together: "The dam, she said, failed on Monday"."""
    result: list[tuple[Range, int]] = []
    for stretch, number in runs:
        before = result[-1] if result else None
        if before is not None and number == before[1] >= 0 and not (_clause(doc, stretch) or _clause(doc, before[0])):
            whole = (before[0][0], stretch[1])
            if _clause(doc, whole):
                result[-1] = (whole, number)
                continue
        result.append((stretch, number))
    return result


def bare(doc: Doc, stretch: Range) -> Range:
    """The stretch without marks, conjunctions and "that" at its edges."""
    start, end = stretch
    while end - start > 1 and _is_loose(doc[end - 1], last=True) and not _closes(doc, start, end):
        end -= 1
    while end - start > 1 and _is_loose(doc[start], last=False):
        start += 1
    return start, end


def _closes(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch ends with the mark of a quotation that it opens."""
    mark = doc[end - 1].text
    if mark not in "”’»'\"" or end - start < 3:
        return False
    opening = {"”": "“", "’": "‘", "»": "«"}.get(mark, mark)
    return any(doc[i].text == opening for i in range(max(start, end - 40), end - 1))


def _is_loose(token: Token, *, last: bool) -> bool:
    if token.is_alpha or token.like_num:
        if last:
            return (
                token.lower_ in _LOOSE or (token.pos_ in ("SCONJ", "DET") and token.dep_ != "pobj") or _cut_off(token)
            )
        return token.lower_ in ("that", "and", "but", "or") and token.dep_ in ("mark", "cc", "ROOT", "dep")
    if last:
        return (token.is_punct and token.text not in ("%", ")")) or token.is_space or token.text == "|"
    return (token.is_punct or token.is_space or token.text == "|") and token.text != "("


def _cut_off(token: Token) -> bool:
    """A preposition whose object is not part of the stretch: "accounts in | which users claimed"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.pos_ == "ADP" and token.dep_ == "prep" and following is not None and following.tag_ in ("WDT", "WP")


def _clause(doc: Doc, stretch: Range) -> bool:
    """Whether a stretch holds a verb with its subject, finite or as headlines have it ("soldiers fighting in ...")."""
    start, end = stretch
    return any(
        doc[i].dep_ in _SUBJECTS and start <= doc[i].head.i < end and _states(doc[i].head, start, end)
        for i in range(start, end)
    )


def _states(verb: Token, start: int, end: int) -> bool:
    if verb.tag_ in _FINITE or verb.dep_ == "ROOT":
        return True
    return any(child.tag_ in _FINITE and start <= child.i < end for child in verb.lefts)


def _hull(one: Attribution, stretch: Range, sentence: Sentence) -> Range:
    """From the source to the end of the content: a thing denied is understood only with who denies it."""
    points = [one.cue, one.cue + 1, *stretch]
    if one.source is not None and sentence.start <= one.source[0] < sentence.end:
        points += one.source
    return max(sentence.start, min(points)), min(sentence.end, max(points))


def _split(doc: Doc, stretch: Range) -> list[Range]:
    """Clauses joined by "and", each with a verb and at least ``PART`` words: one statement each."""
    start, end = stretch
    pieces: list[Range] = []
    root = heart(doc, stretch)
    for cut in sorted([_cut(v) for v in _joined(root) if start < v.i < end] + _backgrounds(doc, stretch)):
        joined = (
            doc[cut].lower_ in BACKGROUND
            or doc[cut].pos_ == "CCONJ"
            or doc[cut - 1].pos_ == "CCONJ"
            or doc[cut - 1].is_punct
        )
        if joined and cut - start >= PART and end - cut >= PART:
            pieces.append(_unmarked(doc, bare(doc, (start, cut))))
            start = cut
    return [*pieces, _unmarked(doc, bare(doc, (start, end)))]


def _backgrounds(doc: Doc, stretch: Range) -> list[int]:
    """Where a finite clause with "after", "when", "although" begins, that follows what a sentence says."""
    return [
        i
        for i in range(stretch[0] + 1, stretch[1])
        if doc[i].lower_ in BACKGROUND
        and doc[i].head.dep_ == "advcl"
        and doc[i].head.left_edge.i == i
        and _clause(doc, (i, min(stretch[1], doc[i].head.right_edge.i + 1)))
    ]


def _unmarked(doc: Doc, stretch: Range) -> Range:
    """The clause without the "after" that joined it on."""
    start, end = stretch
    return (start + 1, end) if end - start > PART and doc[start].lower_ in BACKGROUND else stretch


def _cut(verb: Token) -> int:
    """Where the clause of a joined verb begins: at its conjunction, subject or auxiliary."""
    return int(min([verb.i, *(c.left_edge.i for c in verb.lefts)]))


def _joined(root: Token) -> list[Token]:
    """The verbs joined to a verb that say something of their own."""
    found: list[Token] = []
    todo = [root]
    while todo and len(found) < 8:
        verb = todo.pop()
        bare_verb = not any(child.dep_ not in ("cc", "conj", "punct", "advmod") for child in verb.rights)
        if bare_verb and not any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts):
            continue  # "shot and killed two men": one object for both
        for child in verb.rights:
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and child.n_lefts + child.n_rights:
                found.append(child)
                todo.append(child)
    return found
