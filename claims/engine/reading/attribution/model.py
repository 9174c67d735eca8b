"""Who says what: cue, source and content of every attribution in a document.

The grammar proposes (``candidates``), a logistic model with weights in ``weights/attribution.json``
decides, and quotations that run on over several sentences are added to the words that introduce them.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import CLAIM_NOUNS
from claims.engine.reading.attribution.candidates import Candidate, candidates, quoting, trails
from claims.engine.reading.attribution.features import features
from claims.engine.reading.attribution.quotations import OPENING_MARKS, Quoted, quotations
from claims.engine.reading.syntax import Range, root_of
from claims.engine.reading.text.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_FRAMES = frozenset({"inverted", "aside"})
_LEADS = frozenset({",", ":", "—", "–", "-"})
SURE = 0.5
"""How often a verb must be a cue to be one without further evidence."""
OFTEN = 0.25
"""The same where the verb has no other work to do in its sentence."""
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
    return Attributed(tuple(spread(parsed, found, quotes, quoted)), tuple(quotes), quoted)


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
    """The likeliest of the constructions around one cue, if together they are likely enough."""
    scores = [weights.probability(features(doc, one, quoted)) for one in group]
    total = 1 - math.prod(1 - score for score in scores)
    if total < weights.threshold:
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
        whole = [n for n in numbers if _mostly(one.content, quotes[n], sentence) and n not in taken]
        if whole:
            taken.update(dict.fromkeys(whole, at))
            result[at] = _widened(one, [quotes[n] for n in whole])
    doc = parsed.doc
    for number, quote in enumerate(quotes):
        if number in taken or quote.end - quote.start < 5:
            continue
        owner = _owner(parsed, number, quotes, taken)
        if owner is None or doc[quote.start].sent.start < quote.start - 1:
            owner = _beside(doc, quote, found, quoted)
        if owner is not None:
            taken[number] = owner
            result[owner] = _widened(result[owner], [quote])
    return result


def _beside(doc: Doc, quote: Quoted, found: Sequence[Attribution], quoted: Sequence[int]) -> int | None:
    """The attribution in the sentence where a quotation starts or ends, whatever the parser took for its content."""
    if not any(token.pos_ in ("VERB", "AUX") for token in doc[quote.start : quote.end]):
        return None
    start, end = doc[quote.start].sent.start, doc[quote.end - 1].sent.end
    near = [
        n for n, one in enumerate(found) if start <= one.cue < end and quoted[one.cue] < 0 and one.source is not None
    ]
    near = [
        n
        for n in near
        if (found[n].cue < quote.start and doc[quote.start - 1].text in _LEADS) or found[n].cue >= quote.end
    ]
    return min(near, key=lambda n: min(abs(found[n].cue - quote.start), abs(found[n].cue - quote.end)), default=None)


def _mostly(content: Sequence[Range], quote: Quoted, sentence: Sentence) -> bool:
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
