"""A sentence in its statements: who is given as saying which clause, and one statement for each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.reading.attribution import Attributed, Attribution
from claims.engine.reading.attribution_features import heart
from claims.engine.reading.stance import DENIALS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

Range = tuple[int, int]

SHORTEST = 3
"""Words of a statement in the outlet's own voice."""

WISHES = frozenset(
    ["want", "hope", "wish", "seek", "plan", "try", "intend", "expect", "fear", "like", "love", "hate", "prefer", "need", "support", "oppose", "seem", "appear", "aim", "decide", "agree", "refuse", "decline", "attempt", "hesitate", "continue", "begin", "start", "stop", "help", "let", "make", "see", "watch", "feel", "ensure", "prevent", "allow", "know", "learn", "realize", "realise", "remember", "forget", "wonder", "ask", "discover", "find", "mean", "show", "prove"]
)
"""Verbs whose complement nobody states: what is reported is the wish, the try or the knowledge itself."""

REQUESTS = frozenset(["urge", "call", "ask", "demand", "order", "advise", "tell", "warn", "encourage", "instruct", "request", "beg", "invite", "press"])
NAMING = DENIALS | frozenset(
    ["announce", "confirm", "claim", "allege", "admit", "acknowledge", "report", "reveal", "disclose", "accuse", "blame", "estimate", "predict", "according"]
)
"""Cues whose object may be the statement itself ("denied any involvement", "announced a ceasefire")."""

_CLAUSAL = frozenset(
    {
        "ccomp",
        "inverted",
        "aside",
        "as",
        "according",
        "colon",
        "colon-verb",
        "parataxis",
        "n:acl",
        "n:ccomp",
        "a:ccomp",
        "advcl",
    }
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its token range inside one sentence, and the attribution that it comes under (None: the outlet's)."""

    stretch: Range
    quote: Range
    attribution: Attribution | None


def spoken(doc: Doc, one: Attribution) -> bool:
    """Whether an attribution reports a statement, and not a wish, a request or an opinion about a thing."""
    cue = doc[one.cue]
    lemma = cue.lemma_.lower()
    if one.direct:
        return True
    if lemma in WISHES or one.kind == "raising" or one.kind.startswith("passive"):
        return False
    if one.kind in _CLAUSAL:
        return one.kind != "advcl"
    if one.kind == "xcomp":
        return lemma in ("deny", "claim", "admit", "allege", "profess", "report", "acknowledge")
    if one.kind.startswith("n:prep"):
        return lemma in DENIALS
    return lemma in NAMING and (one.kind in ("dobj", "dobj+") or lemma in ("accuse", "blame"))


def statements(doc: Doc, read: Attributed) -> Iterator[tuple[Sentence, list[Statement]]]:
    """For every sentence its statements, in order. Each word belongs to the innermost attribution around it."""
    speeches = [one for one in read.attributions if spoken(doc, one)]
    owner = [-1] * len(doc)
    sizes = [sum(b - a for a, b in one.content) for one in speeches]
    for number in sorted(range(len(speeches)), key=lambda n: -sizes[n]):
        for a, b in speeches[number].content:
            owner[a:b] = [number] * (b - a)
    framing = [False] * len(doc)
    for one in speeches:
        for i in _frame(doc, one):
            framing[i] = True
    for sentence in doc.sents:
        yield sentence, list(_of_sentence(doc, sentence, speeches, owner, framing))


def _frame(doc: Doc, one: Attribution) -> Iterator[int]:
    """The words that only say who says it: source, cue and its auxiliaries."""
    cue = doc[one.cue]
    yield one.cue
    for child in cue.children:
        if child.dep_ in ("aux", "auxpass", "neg", "mark", "prt") or (child.dep_ == "prep" and one.kind == "according"):
            yield child.i
    if one.source is not None and one.kind not in ("dobj", "dobj+", "n:acl"):
        yield from range(*one.source)


def _of_sentence(
    doc: Doc, sentence: Sentence, speeches: Sequence[Attribution], owner: Sequence[int], framing: Sequence[bool]
) -> Iterator[Statement]:
    for stretch, number in _runs(sentence, owner, framing):
        stretch = _bare(doc, stretch)
        if number >= 0:
            one = speeches[number]
            if _clause(doc, stretch) or (one.direct and stretch[1] - stretch[0] >= 4):
                yield from (Statement(piece, piece, one) for piece in _split(doc, stretch))
            elif doc[one.cue].lemma_.lower() in NAMING and sentence.start <= one.cue < sentence.end:
                hull = _hull(one, stretch, sentence)
                yield Statement(stretch, hull, one)
        elif _clause(doc, stretch) and stretch[1] - stretch[0] > SHORTEST:
            yield from (Statement(piece, piece, None) for piece in _split(doc, stretch))


def _runs(sentence: Sentence, owner: Sequence[int], framing: Sequence[bool]) -> Iterator[tuple[Range, int]]:
    """Stretches of words with one owner; a frame around the owner's own words does not cut the outlet's sentence."""
    start, current = sentence.start, owner[sentence.start]
    for i in range(sentence.start, sentence.end + 1):
        now = owner[i] if i < sentence.end else None
        if now != current or (i < sentence.end and framing[i] and now == -1 != current):
            if i > start:
                yield (start, i), current if current is not None else -1
            start, current = i, now


def _bare(doc: Doc, stretch: Range) -> Range:
    """The stretch without marks, conjunctions and "that" at its edges."""
    start, end = stretch
    while end - start > 1 and (
        not doc[end - 1].is_alpha and not doc[end - 1].like_num and doc[end - 1].text not in "%)"
    ):
        end -= 1
    while end - start > 1 and (
        (not doc[start].is_alpha and not doc[start].like_num and not doc[start].is_currency)
        or (doc[start].lower_ in ("that", "and", "but", "which") and doc[start].dep_ in ("mark", "cc"))
    ):
        start += 1
    return start, end


def _clause(doc: Doc, stretch: Range) -> bool:
    """Whether a stretch holds a finite verb with a subject of its own, or is a headline's participle."""
    return any(
        doc[i].dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and stretch[0] <= doc[i].head.i < stretch[1]
        for i in range(*stretch)
    )


def _hull(one: Attribution, stretch: Range, sentence: Sentence) -> Range:
    """From the source to the end of the content: a thing denied is understood only with who denies it."""
    points = [one.cue, one.cue + 1, *stretch]
    if one.source is not None and sentence.start <= one.source[0] < sentence.end:
        points += one.source
    return max(sentence.start, min(points)), min(sentence.end, max(points))


def _split(doc: Doc, stretch: Range) -> list[Range]:
    """Clauses joined by "and", each with a verb: one statement each."""
    root = heart(doc, stretch)
    cuts = sorted(
        verb.left_edge.i
        for verb in _joined(root)
        if stretch[0] < verb.left_edge.i < verb.i < stretch[1] or stretch[0] < verb.i < stretch[1]
    )
    pieces: list[Range] = []
    start = stretch[0]
    for cut in [*cuts, stretch[1]]:
        if (cut - start >= 4 and stretch[1] - cut >= 4) or cut == stretch[1]:
            piece = _bare(doc, (start, cut))
            if piece[1] - piece[0] >= 2:
                pieces.append(piece)
            start = cut
    return pieces or [stretch]


def _joined(root: Token) -> list[Token]:
    """The verbs joined to a verb, that have a subject of their own or an object."""
    found: list[Token] = []
    todo = [root]
    while todo and len(found) < 8:
        verb = todo.pop()
        for child in verb.rights:
            if (
                child.dep_ == "conj"
                and child.pos_ in ("VERB", "AUX")
                and any(
                    c.dep_ in ("nsubj", "nsubjpass", "dobj", "ccomp", "xcomp", "prep", "attr", "acomp")
                    for c in child.children
                )
            ):
                found.append(child)
                todo.append(child)
    return found
