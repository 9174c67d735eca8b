"""Small statistics of sources that sum over claims: what shards of a refresh send to each other.

Each claim adds, for every source that spoke on its own account, how far its statement agreed with what the other
origins say (or with the verdict of people, which counts as known truth), and for every two sources that gave figures,
how often they gave the same rare one. Sums do not depend on how the claims were split.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from claims.engine.agreement.learning.copying import MOST_PROVIDERS, complete_linkage
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import DEFAULT, Parameters

SHARED, COMMON, SAME = range(3)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source said on its own account about a claim: its line, whether it asserts, its figure."""

    source: str
    log_odds: float
    asserts: bool
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people decided about a claim, with the right figure where it is known."""

    holds: bool
    value: float | None = None


@dataclass(slots=True)
class Statistics:
    """Sums by source (agree, disagree, claims, figures) and by pair of sources (shared, common, same)."""

    sources: dict[str, list[float]] = field(default_factory=dict)
    pairs: dict[str, list[float]] = field(default_factory=dict)

    def add(self, other: Statistics) -> None:
        """Add the sums of another shard."""
        for mine, theirs in ((self.sources, other.sources), (self.pairs, other.pairs)):
            for key, values in theirs.items():
                old = mine.get(key)
                mine[key] = list(values) if old is None else [a + b for a, b in zip(old, values, strict=True)]

    def as_mapping(self) -> dict[str, dict[str, list[float]]]:
        """Return plain JSON."""
        return {"sources": self.sources, "pairs": self.pairs}

    @classmethod
    def from_mapping(cls, values: Mapping[str, Mapping[str, Sequence[float]]]) -> Statistics:
        """Return what ``as_mapping`` gave."""
        return cls({k: list(v) for k, v in values["sources"].items()}, {k: list(v) for k, v in values["pairs"].items()})


SEPARATOR = "\x1f"


def tally(
    statistics: Statistics,
    log_odds: float,
    statements: Sequence[Statement],
    verdict: Verdict | None = None,
    parameters: Parameters = DEFAULT,
) -> None:
    """Add one claim: ``log_odds`` is its score, ``statements`` those of its sources that spoke for themselves.

    A statement is judged by the score without its own line, so that no source confirms itself.
    """
    for s in statements:
        right = _right(s, log_odds, verdict, parameters)
        row = statistics.sources.setdefault(s.source, [0.0, 0.0, 0.0, 0.0])
        row[0] += right
        row[1] += 1.0 - right
        row[2] += 1.0
    stated = sorted({(s.source, s.value) for s in statements if s.asserts and s.value is not None})
    for source, _ in stated:
        statistics.sources[source][3] += 1.0
    if 2 <= len(stated) <= MOST_PROVIDERS:
        _tally_pairs(statistics, [(s, v) for s, v in stated if v is not None], verdict, parameters)


def _right(s: Statement, log_odds: float, verdict: Verdict | None, parameters: Parameters) -> float:
    """Return the probability that a statement is right."""
    if verdict is not None:
        if s.asserts and s.value is not None and verdict.value is not None:
            return float(math.isclose(s.value, verdict.value, rel_tol=1e-9))
        return float(s.asserts == verdict.holds)
    others = log_odds - s.log_odds
    true = 1.0 / (1.0 + math.exp(-others)) if others > -700 else 0.0
    if not s.asserts:
        return 1.0 - true
    return true if s.log_odds > 0 else (1.0 - true) / (parameters.false_values + 1.0)


def _tally_pairs(
    statistics: Statistics, stated: Sequence[tuple[str, float]], verdict: Verdict | None, parameters: Parameters
) -> None:
    """Add what the figures of one claim say about who copies whom (``copying`` has the formula)."""
    providers: dict[float, int] = {}
    for _, value in stated:
        providers[value] = providers.get(value, 0) + 1
    share = {v: k / len(stated) for v, k in providers.items()}
    if verdict is not None and verdict.value is not None:
        share = {v: float(math.isclose(v, verdict.value, rel_tol=1e-9)) for v in providers}
    wrong = math.fsum(k * (1.0 - share[v]) for v, k in providers.items())
    for (s, v), (t, w) in combinations(stated, 2):
        row = statistics.pairs.setdefault(f"{s}{SEPARATOR}{t}", [0.0, 0.0, 0.0])
        row[COMMON] += 1.0
        if v != w:
            continue
        row[SAME] += 1.0
        if share[v] < 0.5:
            chance = min(providers[v] / (wrong + parameters.false_values), 1.0)
            rate = parameters.copy_rate
            row[SHARED] += (1.0 - share[v]) * math.log((rate + (1.0 - rate) * chance) / chance)


def joined(shards: Iterable[Statistics]) -> Statistics:
    """Return the sums over all shards."""
    total = Statistics()
    for shard in shards:
        total.add(shard)
    return total


def reliability_of(statistics: Statistics) -> dict[str, Reliability]:
    """Return the reliability of each source."""
    return {source: Reliability(row[0], row[1]) for source, row in sorted(statistics.sources.items())}


def copy_groups_of(statistics: Statistics, parameters: Parameters = DEFAULT) -> dict[str, str]:
    """Return the copy group (its first source's name) of each source that is in one."""
    names = sorted(statistics.sources)
    place = {name: i for i, name in enumerate(names)}
    pairs, odds = [], []
    for key, (shared, common, same) in sorted(statistics.pairs.items()):
        s, t = key.split(SEPARATOR)
        largest = max(statistics.sources[s][3], statistics.sources[t][3])
        score = parameters.copy_prior + shared + math.log(1.0 - parameters.copy_rate) * (common - same)
        if score > 0 and common >= parameters.copy_coverage * largest:
            pairs.append((place[s], place[t]))
            odds.append(score)
    group = complete_linkage(len(names), np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(odds))
    sizes = np.bincount(group, minlength=len(names))
    return {name: names[group[i]] for i, name in enumerate(names) if sizes[group[i]] > 1}
