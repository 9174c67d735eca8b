"""Possible duplicates of a claim, for people to judge: a ranking, never a merge.

The rank is the policy's sum, in which the words counted in the story weigh most. What merging is refused for
(``vetoes``) only lowers the rank here: a person sees the reason as a line, and decides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from claims.engine.matching.claims import ClaimProfile, PairScore, compare
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.policy import CURVES, POLICY
from claims.engine.matching.vetoes import CAUTIONS, RULES
from claims.engine.types import Comparison, Mention

MOST = 10
"""So many candidates at most are offered for a claim."""
LEAST = -4.0
"""Log-odds, before vetoes, under which two claims have too little in common to be worth a look."""
_DOUBTED = 1.0
_RANKING = frozenset({"base", *CURVES}) - {"document_context"}
_EXPLAINED = {
    **{term.name: term.function.__doc__ or "" for term in POLICY},
    **{rule.__name__: rule.__doc__ or "" for rule in (*RULES, *CAUTIONS)},
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that may be the same: its id, its rank score in log-odds, the lines of its nearest pair, and that pair,
    of which the second mention is its own."""

    claim: str
    score: float
    comparisons: tuple[Comparison, ...]
    nearest: tuple[Mention, Mention]


def closeness(found: PairScore) -> float:
    """Return the score by which a pair is ranked: its log-odds before vetoes, less a little where one speaks.

    How alike the articles are is left out: it keeps events apart, and inside one it ranks worse than words alone.
    """
    before = sum(line.log_odds for line in found.comparisons if line.name in _RANKING)
    return before - (_DOUBTED if found.veto is not None else 0.0)


def in_words(line: Comparison) -> str:
    """Return what a line of a score says, for people: what was compared, and what was found."""
    said = (_EXPLAINED.get(line.name) or "Before anything is compared.").strip().split("\n")[0]
    return f"{said} Found: {line.reason}." if line.reason and line.name in _EXPLAINED else said


def rank(
    claim: ClaimProfile,
    others: Sequence[ClaimProfile],
    context: ComparisonContext,
    *,
    never: Collection[str] = (),
    most: int = MOST,
) -> tuple[Candidate, ...]:
    """Return the claims most like ``claim``, the nearest first, at most ``most``.

    Two claims are as near as their nearest pair of mentions. ``never`` holds ids that people said are not the same.
    Claims whose nearest pair is below ``LEAST`` are left out. The order of ``others`` does not matter.
    """
    found = []
    for other in others:
        if other.id != claim.id and other.id not in never and other.mentions and claim.mentions:
            nearest = max((score_pair(other.id, pair, context) for pair in _pairs(claim, other)), key=_score)
            if nearest.score >= LEAST:
                found.append(nearest)
    return tuple(sorted(found, key=lambda c: (-c.score, c.claim))[:most])


def score_pair(claim: str, pair: tuple[Mention, Mention], context: ComparisonContext) -> Candidate:
    """Return the candidate that the claim of the second of ``pair`` is by these two mentions."""
    found = compare(*pair, context=context)
    return Candidate(claim, closeness(found), found.comparisons, pair)


def _score(candidate: Candidate) -> float:
    return candidate.score


def _pairs(one: ClaimProfile, other: ClaimProfile) -> list[tuple[Mention, Mention]]:
    return [(a, b) for a in one.mentions for b in other.mentions]
