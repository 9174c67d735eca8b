"""The decision: which of a few candidate stories an article reports, or that it opens a new one.

An article is held against a few candidates that share rare words or names with it (``story_keys``). Two articles are
compared by a handful of documented comparisons (``comparisons``), weighed by a logistic that was fitted on real
news; an article's agreement with a story is the mean over the ``BEST`` articles of it that it agrees with most, so that
one lucky link does not carry it in.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.engine.matching.stories.comparisons import Weights, fitted, values
from claims.engine.matching.stories.profile import Background, Member, StoryProfile, general, member, terms_of
from claims.engine.types import Comparison, Digest

BEST = 3
"""Articles of a story with which a new one must agree, on average (all of them where it has fewer)."""
MOST_KEYS = 48
"""Keys under which an article is looked for and found."""
FIRST_WORDS = 60
RARE_ENOUGH = 5.0
NAME = 1.3
MOST_CANDIDATES = 30
"""Stories with which an article is compared."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: a candidate's id, or None for a new story. ``score`` is in log-odds, with its lines
    in ``comparisons``; ``also`` names other stories that it reports as surely: they may be one."""

    story: str | None
    score: float
    comparisons: tuple[Comparison, ...] = ()
    also: tuple[str, ...] = ()


def story_keys(digest: Digest, background: Background | None = None) -> tuple[str, ...]:
    """The terms under which an article is looked for and found: those that say most about it, the best first.

    A term counts for its rarity (up to ``RARE_ENOUGH``: a word that no other article has leads nowhere), the more the
    oftener it is used, and double in the headline and the lead.
    """
    known = background or general()
    first = {*digest.lead[:FIRST_WORDS], *digest.title_terms}
    weighed = {t: _weight(t, n, known) * (2 if t in first else 1) for t, n in digest.terms.items()}
    weighed.update({t: _weight(t, 1, known) * 2 for t in digest.title_terms if t not in weighed})
    weighed.update({f"e:{e}": _weight(f"e:{e}", n, known) * NAME for e, n in digest.entities.items()})
    weighed.update({f"n:{f}": _weight(f"n:{f}", 1, known) for f in digest.numbers})
    best = sorted((-weight, term) for term, weight in weighed.items() if weight > 0)[:MOST_KEYS]
    return tuple(term[:100] for _, term in best)


def _weight(term: str, count: int, known: Background) -> float:
    return (1 + math.log(count)) * min(RARE_ENOUGH, known.idf(term))


def place(
    digest: Digest,
    title: str,
    published: datetime | None,
    candidates: Sequence[StoryProfile],
    *,
    background: Background | None = None,
    weights: Weights | None = None,
) -> Placement:
    """Say which of the candidates an article reports, or that it opens a new story."""
    known = background or general()
    new = member("", digest, published, known.plus(1, dict.fromkeys(terms_of(digest), 1)))
    return place_member(new, candidates, weights)


def place_member(new: Member, candidates: Sequence[StoryProfile], weights: Weights | None = None) -> Placement:
    """``place`` for an article that is already weighed. Candidates in any order; of equals the lowest id wins."""
    model = weights or fitted()
    scored = sorted(((agreement(new, story, model), story.id) for story in candidates), key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] < model.join:
        return Placement(None, scored[0][0] if scored else model.bias)
    score, best = scored[0]
    profile = next(story for story in candidates if story.id == best)
    also = tuple(identity for other, identity in scored[1:] if other >= model.unite)
    return Placement(best, score, explained(new, profile, model), also)


def agreement(new: Member, story: StoryProfile, weights: Weights) -> float:
    """The mean log-odds over the story's ``BEST`` articles that agree most with the new one."""
    scores = sorted((log_odds(new, old, weights) for old in story.members), reverse=True)[:BEST]
    return sum(scores) / len(scores) if scores else weights.bias


def same_event(a: StoryProfile, b: StoryProfile, weights: Weights | None = None) -> bool:
    """Whether two stories are one: their articles agree on average as surely as is asked of a union."""
    model = weights or fitted()
    scores = [log_odds(x, y, model) for x in a.members for y in b.members]
    return bool(scores) and sum(scores) / len(scores) >= model.unite


def log_odds(a: Member, b: Member, weights: Weights) -> float:
    """The log-odds that two articles report one event, before anything else is known."""
    return weights.bias + sum(weights.log_odds(name, value) for name, value in values(a, b).items())


def explained(new: Member, story: StoryProfile, weights: Weights) -> tuple[Comparison, ...]:
    """The lines of the score against the story's most similar article; with the bias they sum to its log-odds."""
    nearest = max(story.members, key=lambda old: (log_odds(new, old, weights), old.article))
    lines = values(new, nearest).items()
    return tuple(Comparison(name, value, weights.log_odds(name, value)) for name, value in lines)
