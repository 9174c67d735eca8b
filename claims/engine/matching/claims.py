"""Claims: under which keys a mention is looked up, how alike two mentions are, and which claim a mention joins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from claims.engine.matching.company import company_of
from claims.engine.matching.comparisons import ALL
from claims.engine.matching.features import Comparing, Lens
from claims.engine.matching.views import NO_TOPIC, Topic, View, view
from claims.engine.matching.weights import Curve, Weights, shipped
from claims.engine.matching.words import tokens
from claims.engine.polarity import is_negative, makes_negative, towards
from claims.engine.types import Comparison, Mention, Place, Stance

_KEYS = 8
CLIP = 6.0
ALGORITHM = "pairs-1"
_SHORTEST, _LONGEST = 5, 35
_ROUNDING = 1e-6
_TELLING = (
    "same_article", "figure", "checking", "meanings", "company", "numbers", "counted", "fates", "unit", "words",
    "length", "rarest", "deed", "negation", "speaker", "names", "actors", "phrases", "spelling", "order",
)  # fmt: skip
"""The comparisons that soonest show, for little work, that two mentions are not one claim."""

_LEANING_WORDS = """
he she it they we i you this that these those his her its their there one some others and but so who which where
how why what when is are was were has have had will would could may
"""
_LEANING = frozenset(_LEANING_WORDS.split())
"""A statement that begins with one of these leans on what stands before it."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """How much speaks for two mentions being one claim, in log-odds, and the lines that sum to it."""

    log_odds: float
    comparisons: tuple[Comparison, ...]


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
    """Return the keys under which ``mention`` finds its candidates: its rarest concepts, and what it counts.

    Each key has at most 100 characters.
    """
    background = shipped().background
    seen = view(mention)
    rare = sorted(seen.concepts, key=lambda w: (-background.idf.get(w, background.unseen), w))[:_KEYS]
    keys = [f"w:{word}"[:100] for word in rare]
    if seen.counted:
        keys.append("c:" + " ".join(seen.counted)[:98])
    return tuple(dict.fromkeys(keys))


def key_weight(key: str) -> float:
    """Return how much sharing ``key`` narrows the search: how rare its concept is."""
    background = shipped().background
    return background.idf.get(key[2:], background.unseen)


def compare(
    a: Mention, b: Mention, *, topic: Topic = NO_TOPIC, weights: Weights | None = None, lens: Lens | None = None
) -> PairScore:
    """Return how alike ``a`` and ``b`` are, whatever their figures' values; the same for (b, a).

    ``lens`` (made once for a story by ``lens_of``) saves time where many pairs are compared, and wins over ``topic``.
    """
    chosen = weights or shipped()
    through = lens or Lens(chosen.background, topic)
    left, right = view(a), view(b)
    lines = [Comparison("base", 1.0, chosen.base, "before anything is compared")]
    for name, curve in chosen.curves.items():
        measure = ALL[name](left, right, through)
        worth = curve.at(measure.score)
        if measure.score is not None or worth:
            lines.append(Comparison(name, measure.score or 0.0, worth, measure.reason))
    return PairScore(sum(line.log_odds for line in lines), tuple(lines))


@cache
def _screen() -> tuple[tuple[Comparing, Curve, float], ...]:
    """Return the comparisons with the cheap and decisive ones first, each with the most that those after it can add."""
    curves = shipped().curves
    place = {name: at for at, name in enumerate(_TELLING)}
    names = sorted((n for n, c in curves.items() if c.most or c.least), key=lambda n: place.get(n, len(place)))
    lines: list[tuple[Comparing, Curve, float]] = []
    rest = 0.0
    for name in reversed(names):
        lines.append((ALL[name], curves[name], rest))
        rest += curves[name].most
    return tuple(reversed(lines))


def may_reach(a: Mention, b: Mention, threshold: float, lens: Lens) -> bool:
    """Say whether ``compare`` can come to ``threshold``; gives up as soon as what is left cannot lift the sum to it.

    False only where ``compare(a, b, lens=lens).log_odds`` is below ``threshold`` (shipped weights).
    """
    left, right = view(a), view(b)
    needed = threshold - shipped().base - _ROUNDING
    total = 0.0
    for comparing, curve, rest in _screen():
        total += curve.at(comparing(left, right, lens).score)
        if total + rest < needed:
            return False
    return True


def lens_of(topic: Topic = NO_TOPIC, mentions: Iterable[Mention] = ()) -> Lens:
    """Return the lens through which ``mentions``, of a story with this topic, are compared with each other."""
    return Lens(shipped().background, topic, company_of(mentions))


def agreement(mention: Mention, claim: ClaimProfile, lens: Lens) -> tuple[float, PairScore]:
    """Return the mean log-odds of ``mention`` with the claim's mentions, each within +-6, and its nearest pair."""
    pairs = [compare(mention, other, lens=lens) for other in claim.mentions]
    mean = sum(min(max(p.log_odds, -CLIP), CLIP) for p in pairs) / len(pairs)
    return mean, max(pairs, key=lambda p: p.log_odds)


def assign(
    mention: Mention,
    candidates: Sequence[ClaimProfile],
    *,
    topic: Topic = NO_TOPIC,
    never: frozenset[str] = frozenset(),
    must: frozenset[str] = frozenset(),
    lens: Lens | None = None,
) -> Assignment:
    """Return the claim that ``mention`` joins: the one with whose mentions as a whole it agrees best.

    ``must`` and ``never`` hold the ids that people's judgements bind it to and bar it from; ``must`` wins. One
    lucky link does not join: the mean over all of the claim's mentions has to reach the threshold.
    """
    through = lens or lens_of(topic)
    best = Assignment(None, float("-inf"))
    for claim in sorted(candidates, key=lambda c: c.id):
        if claim.id in never - must or not claim.mentions:
            continue
        score, nearest = agreement(mention, claim, through)
        if claim.id in must:
            return Assignment(claim.id, score, nearest.comparisons)
        if score > best.score:
            best = Assignment(claim.id, score, nearest.comparisons)
    if best.score >= shipped().join:
        return best
    return Assignment(None, best.score, best.comparisons)


def best_sentence(mentions: Iterable[Mention]) -> str:
    """Return the statement that tells the claim best, as its text.

    Asserted (of a negative claim: negative), understood without what stands around it (no "he", no scrap), of middling
    length, and near the others; the order of ``mentions`` does not matter.
    """
    pool = list(mentions)
    negative = makes_negative((m.stance, is_negative(m)) for m in pool)
    views = [view(m) for m in pool]
    common = [sum(len(v.concepts & w.concepts) for w in views) / (1 + len(v.concepts)) for v in views]
    order = sorted(range(len(pool)), key=lambda i: (*_merit(pool[i], views[i], negative), -common[i], pool[i].quote))
    return _as_text(pool[order[0]])


def _merit(mention: Mention, seen: View, negative: bool) -> tuple[bool, ...]:
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
    return text[:1].upper() + text[1:]
