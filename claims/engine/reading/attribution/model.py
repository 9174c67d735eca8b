"""Who says what: cue, source and content of every attribution in a document.

The grammar proposes (``candidates``), a logistic model with weights in ``weights/attribution.json``
decides, and quotations that run on over several sentences are added to the words that introduce them.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import CLAIM_NOUNS
from claims.engine.reading.attribution.candidates import Candidate, candidates, comments, quoting, trails
from claims.engine.reading.attribution.constructions import frames
from claims.engine.reading.attribution.features import features
from claims.engine.reading.attribution.quotations import OPENING_MARKS, Quoted, quotations
from claims.engine.reading.attribution.spreading import mostly, spread
from claims.engine.reading.syntax import Range, root_of
from claims.engine.reading.text.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_FRAMES = frozenset({"inverted", "aside"})
SURE = 0.5
"""How often a verb must be a cue to be one without further evidence."""
OFTEN = 0.25
"""The same where the verb has no other work to do in its sentence."""
LABEL, SIGNATURE = "label", "signature"
"""The kinds of what the set of the page says of who speaks."""
NEAR = 80
"""Tokens around a quotation in which the words that introduce it stand."""
DENYING = frozenset({"deny", "refute", "rebut", "disavow", "reject", "dismiss", "dispute"})

WEIGHTS = Path(__file__).parents[2] / "weights" / "attribution.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """The fitted model: a weight a feature, how often a lemma is a cue, and the probability asked for."""

    bias: float
    threshold: float
    weights: Mapping[str, float]
    cues: Mapping[str, float]
    prior: float = 0.0

    def probability(self, names: Iterator[str]) -> float:
        """The logistic of the sum of the weights of the features that hold."""
        weights = self.weights
        total = self.bias + sum(weights.get(name, 0.0) for name in names)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Token ranges (half open) of one attribution; ``direct``: its content is a quotation."""

    cue: int
    kind: str
    content: tuple[Range, ...]
    source: Range | None
    head: int | None
    score: float
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Attributed:
    """All attributions of a document, its quotations, and for each token the number of its quotation or -1."""

    attributions: tuple[Attribution, ...]
    quotations: tuple[Quoted, ...]
    quoted: Sequence[int] = field(repr=False)


@cache
def fitted() -> Weights:
    """The weights that come with the package."""
    raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(raw["bias"], raw["threshold"], raw["weights"], raw["cues"])


def attribute(parsed: Parsed, weights: Weights | None = None) -> Attributed:
    """Find the attributions of a parsed article, in order of their cues."""
    weights = weights or fitted()
    doc = parsed.doc
    quotes = quotations(parsed)
    quoted = numbered(quotes, len(doc))
    found: list[Attribution] = []
    for sentence in doc.sents:
        groups: defaultdict[int, list[Candidate]] = defaultdict(list)
        for candidate in proposed(sentence, quoted, weights.cues):
            groups[candidate.cue].append(candidate)
        for group in groups.values():
            best = choose(doc, group, quoted, weights)
            if best is not None:
                found.append(best)
    signed, opened = turns(parsed)
    found.extend(list(constructed(parsed, found, quotes, quoted)))
    spread_out = spread(parsed, [*signed, *found, *opened], quotes, quoted)
    return Attributed(tuple(sorted(spread_out, key=lambda one: one.cue)), tuple(quotes), quoted)


def turns(parsed: Parsed) -> tuple[list[Attribution], list[Attribution]]:
    """The signatures of a text, and the labels that open a turn, as attributions."""
    signed: list[Attribution] = []
    opened: list[Attribution] = []
    doc = parsed.doc
    for turn in parsed.turns:
        label = doc.char_span(turn.start, turn.end, alignment_mode="expand")
        mark = parsed.doc.char_span(turn.mark, turn.mark + 1, alignment_mode="expand")
        spans = (parsed.doc.char_span(*stretch, alignment_mode="contract") for stretch in turn.content)
        content = tuple((span.start, span.end) for span in spans if span is not None and len(span))
        if label is None or mark is None or not content:
            continue
        source = (label.start, label.end)
        kind = SIGNATURE if turn.signature else LABEL
        head = next((i for i in range(label.end - 1, label.start, -1) if doc[i].is_alpha), label.start)
        one = Attribution(mark.start, kind, content, source, head, 1.0, direct=True)
        (signed if turn.signature else opened).append(one)
    return signed, opened


def constructed(
    parsed: Parsed, found: Sequence[Attribution], quotes: Sequence[Quoted], quoted: Sequence[int]
) -> Iterator[Attribution]:
    """The attributions that the place of a verb behind a quotation tells, where no other takes the quotation."""
    doc = parsed.doc
    found = sorted((one for one in found if one.source is not None and quoted[one.cue] < 0), key=lambda one: one.cue)
    cues = [one.cue for one in found]
    for number, (verb, source, head) in frames(parsed, quotes, quoted):
        quote = quotes[number]
        near = found[bisect_left(cues, quote.start - NEAR) : bisect_left(cues, quote.end + NEAR)]
        if not any(one.cue == verb or mostly(one.content, quote, doc[one.cue].sent) for one in near):
            yield Attribution(verb, "quote", ((quote.start, quote.end),), source, head, SURE, direct=True)


def proposed(sentence: Sentence, quoted: Sequence[int], cues: Mapping[str, float]) -> Iterator[Candidate]:
    """All candidates of a sentence: those of its grammar, then those of its quotation marks."""
    yield from candidates(sentence, cues)
    yield from quoting(sentence, quoted, cues)


def numbered(quotes: Sequence[Quoted], length: int) -> list[int]:
    """For each token, the number of the quotation that it stands in, or -1."""
    numbers = [-1] * length
    for number, quote in enumerate(quotes):
        numbers[quote.start : quote.end] = [number] * (quote.end - quote.start)
    return numbers


def choose(doc: Doc, group: Sequence[Candidate], quoted: Sequence[int], weights: Weights) -> Attribution | None:
    """The likeliest of the constructions around one cue, if together they are likely enough, or it only comments."""
    scores = [weights.probability(features(doc, one, quoted)) for one in group]
    total = 1 - math.prod(1 - score for score in scores)
    if any(one.kind == "inverted" and comments(doc, one.cue, one.head) for one in group):
        scores = [score * (one.kind in _FRAMES) for score, one in zip(scores, group, strict=True)]
    elif total < weights.threshold:
        if _trails(doc, group, weights.cues):
            scores = [score * (one.kind in _FRAMES) for score, one in zip(scores, group, strict=True)]
        elif not _certain(doc, group, weights.cues):
            return None
    best = max(range(len(group)), key=lambda i: scores[i])
    one = group[best]
    return Attribution(one.cue, one.kind, one.content, one.source, one.head, total)


def _certain(doc: Doc, group: Sequence[Candidate], cues: Mapping[str, float]) -> bool:
    """What the weights know too few examples of, and grammar is sure about."""
    return _denial(doc, group) or _nested(doc, group, cues) or _said_after_colon(doc, group)


def _trails(doc: Doc, group: Sequence[Candidate], cues: Mapping[str, float]) -> bool:
    """ "..., the paper posted on Monday": a verb that is often a cue, behind a whole clause, and no more."""
    cue = doc[group[0].cue]
    by = next((doc[one.head] for one in group if one.head is not None and one.kind in _FRAMES), None)
    if by is None or by.head.i != cue.i or _cue(cue, cues) < OFTEN or not trails(cue, by, cue.sent):
        return False
    return _whole(doc, (cue.sent.start, by.left_edge.i))


def _whole(doc: Doc, stretch: Range) -> bool:
    """Whether a stretch says something for itself: a finite verb with its subject, under no "when" or "as"."""
    start, end = stretch
    for i in range(start, end):
        if doc[i].dep_ in ("nsubj", "nsubjpass", "expl") and start <= doc[i].head.i < end:
            verb = doc[i].head
            return not any(child.dep_ in ("mark", "advmod") and child.tag_ in ("IN", "WRB") for child in verb.lefts)
    return False


def _said_after_colon(doc: Doc, group: Sequence[Candidate]) -> bool:
    """ "A captured soldier, according to the paper: “...”"."""
    one = group[0]
    return one.kind == "colon" and doc[one.content[0][0]].text in OPENING_MARKS


def _denial(doc: Doc, group: Sequence[Candidate]) -> bool:
    """Whether somebody denies something: rare in the news that the weights were fitted on, and never to be missed."""
    cue = doc[group[0].cue]
    if cue.lemma_.lower() not in DENYING or cue.pos_ != "VERB" or group[0].source is None:
        return False
    if cue.lemma_.lower() in ("deny", "refute", "rebut", "disavow"):
        return True
    return any(root_of(doc, one.content[0]).lemma_.lower() in CLAIM_NOUNS for one in group)


def _nested(doc: Doc, group: Sequence[Candidate], cues: Mapping[str, float]) -> bool:
    """ "The police said Bell said P": the weights know few of these, and it is Bell who said P."""
    cue = doc[group[0].cue]
    plain = any(one.kind == "ccomp" and one.source is not None for one in group)
    return plain and cue.dep_ == "ccomp" and min(_cue(cue, cues), _cue(cue.head, cues)) >= SURE


def _cue(token: Token, cues: Mapping[str, float]) -> float:
    return cues.get(token.lemma_.lower(), 0.0)
