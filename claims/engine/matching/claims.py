"""Claims: under which keys a mention is looked up, how alike two mentions are, and which claim a mention joins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.document_context import document_context_of
from claims.engine.matching.policy import POLICY
from claims.engine.matching.prepared import NO_TOPIC, Prepared, Topic, prepared
from claims.engine.matching.vetoes import Veto, caution, veto
from claims.engine.matching.vetoes.nested import other_core
from claims.engine.matching.weights import shipped
from claims.engine.matching.words import concept, tokens
from claims.engine.polarity import is_negative, makes_negative, towards
from claims.engine.types import Comparison, Mention, Place, Stance
from claims.engine.worth import plain

_KEYS = 12
CLIP = 6.0
VETO = -30.0
"""What a veto is worth: more than all that can speak for a pair."""

_SHORT_OF = 0.5
"""A pair with too little to go by stays so far short of joining: it decides nothing where other pairs decide."""

ALGORITHM = "pairs-2"
_SHORTEST, _LONGEST = 5, 35
_ROUNDING = 1e-6
_MOST = sum(term.curve.most for term in POLICY)
_LEANING_WORDS = """
he she it they we i you this that these those his her its their there one some others and but so who which where
how why what when is are was were has have had will would could may
"""
_SUBORDINATOR = re.compile(r"^(?:that|when|while|because|although|though|whereas|(?:in|at|during|on) which) (?=[^,]*$)")
"""What hangs a clause on another, in the middle of a sentence: "in which three people died"."""
_LEANING = frozenset(_LEANING_WORDS.split())
"""A statement that begins with one of these leans on what stands before it."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """How much speaks for two mentions being one claim, in log-odds, and the lines that sum to it."""

    log_odds: float
    comparisons: tuple[Comparison, ...]
    veto: Veto | None = None


@dataclass(frozen=True, slots=True)
class ClaimProfile:
    """A claim as new mentions see it: its id and the mentions that stand for it."""

    id: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The claim that a mention joins (None: it opens its own), how sure, and the lines of its nearest pair."""

    claim: str | None
    score: float
    comparisons: tuple[Comparison, ...] = ()


def claim_keys(mention: Mention) -> tuple[str, ...]:
    """Return the keys under which ``mention`` finds its candidates: its rarest concepts, those of its
    subject, verb and object, and what it counts.

    Each key has at most 100 characters.
    """
    background = shipped().background
    seen = prepared(mention)
    rare = sorted(seen.concepts, key=lambda w: (-background.idf.get(w, background.unseen), w))[:_KEYS]
    features = mention.features
    roles = [concept(word) for word in (features.subject, features.predicate, features.object) if word]
    keys = [f"w:{word}"[:100] for word in (*rare, *roles)]
    if seen.counted:
        keys.append("c:" + " ".join(seen.counted)[:98])
    return tuple(dict.fromkeys(keys))


def key_weight(key: str) -> float:
    """Return how much sharing ``key`` narrows the search: how rare its concept is."""
    background = shipped().background
    return background.idf.get(key[2:], background.unseen)


def compare(a: Mention, b: Mention, *, topic: Topic = NO_TOPIC, context: ComparisonContext | None = None) -> PairScore:
    """Return how alike ``a`` and ``b`` are, whatever their figures' values; the same for (b, a).

    ``context`` (made once for a story by ``context_of``) saves time where many pairs are compared, and wins over
    ``topic``.
    """
    within = context or ComparisonContext(shipped().background, topic)
    left, right = prepared(a), prepared(b)
    lines = [Comparison("base", 1.0, shipped().base, "before anything is compared")]
    for term in POLICY:
        measure = term.function(left, right, within)
        worth = term.curve.at(measure.score)
        if measure.score is not None or worth:
            lines.append(Comparison(term.name, measure.score or 0.0, worth, measure.reason))
    barred, doubt = veto(left, right, within), caution(left, right, within)
    if barred is not None:
        lines.append(Comparison(barred.name, 1.0, VETO, barred.reason))
    elif doubt is not None and (over := sum(line.log_odds for line in lines) - most_in_doubt()) > 0:
        lines.append(Comparison(doubt.name, 1.0, -over, doubt.reason))
    return PairScore(sum(line.log_odds for line in lines), tuple(lines), barred)


def most_in_doubt() -> float:
    """Return the most, in log-odds, that a pair counts for by which two mentions have too little to join."""
    return shipped().join - _SHORT_OF


def may_reach(a: Mention, b: Mention, threshold: float, context: ComparisonContext) -> bool:
    """Say whether ``compare`` can come to ``threshold``; gives up as soon as what is left cannot lift the sum to it.

    False only where ``compare(a, b, context=context).log_odds`` is below ``threshold`` (shipped weights).
    """
    left, right = prepared(a), prepared(b)
    if threshold > most_in_doubt() and other_core(left, right, context):
        return False
    total, rest = shipped().base + _ROUNDING, _MOST
    for term in POLICY:
        rest -= term.curve.most
        total += term.curve.at(term.function(left, right, context).score)
        if total + rest < threshold:
            return False
    if veto(left, right, context) is not None:
        return total + VETO >= threshold
    return threshold <= most_in_doubt() or caution(left, right, context) is None


def context_of(topic: Topic = NO_TOPIC, mentions: Iterable[Mention] = ()) -> ComparisonContext:
    """Return the context in which ``mentions``, of a story with this topic, are compared with each other."""
    return ComparisonContext(shipped().background, topic, document_context_of(mentions))


def agreement(mention: Mention, claim: ClaimProfile, context: ComparisonContext) -> tuple[float, PairScore]:
    """Return the mean log-odds of ``mention`` with the claim's mentions, each within +-6, and its nearest pair."""
    pairs = [compare(mention, other, context=context) for other in claim.mentions]
    mean = min(VETO if p.veto else sum(min(max(q.log_odds, -CLIP), CLIP) for q in pairs) / len(pairs) for p in pairs)
    return mean, max(pairs, key=lambda p: p.log_odds)


def assign(
    mention: Mention,
    candidates: Sequence[ClaimProfile],
    *,
    topic: Topic = NO_TOPIC,
    never: frozenset[str] = frozenset(),
    must: frozenset[str] = frozenset(),
    context: ComparisonContext | None = None,
) -> Assignment:
    """Return the claim that ``mention`` joins: the one with whose mentions as a whole it agrees best.

    ``must`` and ``never`` hold the ids that people's judgements bind it to and bar it from; ``must`` wins. One
    lucky link does not join: the mean over all of the claim's mentions has to reach the threshold.
    """
    within = context or context_of(topic)
    best = Assignment(None, float("-inf"))
    for claim in sorted(candidates, key=lambda c: c.id):
        if claim.id in never - must or not claim.mentions:
            continue
        score, nearest = agreement(mention, claim, within)
        if claim.id in must:
            return Assignment(claim.id, score, nearest.comparisons)
        if score > best.score:
            best = Assignment(claim.id, score, nearest.comparisons)
    if best.score >= shipped().join:
        return best
    return Assignment(None, best.score, best.comparisons)


def best_sentence(mentions: Iterable[Mention]) -> str:
    """Return the text of a claim: the statement that tells it best."""
    return told_by(mentions)[0]


def told_by(mentions: Iterable[Mention]) -> tuple[str, Mention]:
    """Return the text of a claim and the mention that it is taken from: the statement that tells the claim best.

    Asserted (of a negative claim: negative), understood without what stands around it (no "he", no scrap), of middling
    length, and near the others; the order of ``mentions`` does not matter.
    """
    pool = list(mentions)
    negative = makes_negative((m.stance, is_negative(m)) for m in pool)
    views = [prepared(m) for m in pool]
    common = [sum(len(v.concepts & w.concepts) for w in views) / (1 + len(v.concepts)) for v in views]
    order = sorted(range(len(pool)), key=lambda i: (*_merit(pool[i], views[i], negative), -common[i], pool[i].quote))
    return plain(_as_text(pool[order[0]])), pool[order[0]]


def _merit(mention: Mention, seen: Prepared, negative: bool) -> tuple[bool, ...]:
    opening = tokens(mention.standalone or mention.quote)[:1]
    return (
        towards(mention.stance, negative) is not Stance.ASSERTS,
        is_negative(mention) is not negative,
        mention.place is Place.CAPTION or not mention.features.predicate or not mention.features.subject,
        not opening or opening[0] in _LEANING,
        mention.standalone != mention.quote,
        not _SHORTEST <= len(seen.sequence) <= _LONGEST,
    )


def _as_text(mention: Mention) -> str:
    """Return the statement as it stands alone, else the quote where it is one, else the sentence in which it stands."""
    whole = mention.features.subject and mention.features.predicate and len(mention.quote.split()) >= _SHORTEST
    text = " ".join((mention.standalone or (mention.quote if whole else mention.sentence)).split())
    text = _SUBORDINATOR.sub("", text)
    return text[:1].upper() + text[1:]
