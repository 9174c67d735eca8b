"""Reliability of sources and probability of values, estimated together over many items: ACCU as a fixed point.

Dong, Berti-Equille and Srivastava, "Integrating conflicting data: the role of source dependence", VLDB 2009, with a
Beta prior on each source's accuracy (the posterior mean of Dawid and Skene's 1979 one-coin model). Values of known
truth stay fixed. Assertions of sources that copy each other share one vote (``copying``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.assertions import Assertions, FloatArray, IntArray
from claims.engine.agreement.copying import Copying, copy_groups, shared_votes
from claims.engine.agreement.parameters import DEFAULT, Parameters

LEAST, MOST = 0.01, 0.999
TOLERANCE = 1e-4
LEAST_UNSTATED = 0.1
"""Mass of "something else" where more values were stated than were thought to exist."""
PSEUDO_PAIRS = 10.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """``probability`` by cell; ``accuracy``, ``agree`` and ``disagree`` by source; what was found of copying."""

    probability: FloatArray
    accuracy: FloatArray
    agree: FloatArray
    disagree: FloatArray
    copying: Copying


def estimate(table: Assertions, *, parameters: Parameters = DEFAULT, copying: bool = True, rounds: int = 3) -> Estimate:
    """Return what the assertions say together; ``copying=False`` takes every source for independent.

    Copying is learned from values that are probably wrong, and what is probably wrong depends on who copies:
    the two are estimated in turns until the groups stay as they are, at most ``rounds`` times.
    """
    found = Copying.none(table.sources)
    vote = np.ones(len(table.cell))
    wrong = np.minimum(table.domain, parameters.false_values)
    for _ in range(rounds):
        probability, accuracy = fixed_point(table, vote, wrong, parameters)
        again = copy_groups(table, probability, wrong, parameters) if copying else found
        vote = shared_votes(table, again.group)
        wrong = effective_false_values(table, vote, probability, parameters)
        found = again
    probability, accuracy = fixed_point(table, vote, wrong, parameters)
    agree, disagree = counts(table, vote, probability)
    return Estimate(probability, accuracy, agree, disagree, found)


def fixed_point(
    table: Assertions, vote: FloatArray, wrong: FloatArray, parameters: Parameters
) -> tuple[FloatArray, FloatArray]:
    """Return (probability by cell, accuracy by source) where each follows from the other."""
    accuracy = np.full(table.sources, parameters.prior_agree / (parameters.prior_agree + parameters.prior_disagree))
    layout = Layout.of(table, wrong)
    for _ in range(int(parameters.iterations)):
        probability = probabilities(table, layout, vote, accuracy, parameters)
        agree, disagree = counts(table, vote, probability)
        right = parameters.prior_agree + agree
        after = np.clip(right / (right + parameters.prior_disagree + disagree), LEAST, MOST)
        moved = float(np.abs(after - accuracy).max(initial=0.0))
        accuracy = after
        if moved < TOLERANCE:
            break
    return probabilities(table, layout, vote, accuracy, parameters, parameters.temperature), accuracy


@dataclass(frozen=True, slots=True)
class Layout:
    """What stays the same over the rounds: where each item's cells begin, and the mass of its unstated values."""

    starts: IntArray
    length: IntArray
    unstated: FloatArray
    several: FloatArray

    @classmethod
    def of(cls, table: Assertions, wrong: FloatArray) -> Layout:
        """Return the layout of a table, whose cells are ordered by item."""
        length = np.bincount(table.cell_item, minlength=table.items)
        starts = np.concatenate(([0], np.cumsum(length)[:-1])).astype(np.int64)
        rest = np.where(table.domain > 1, np.maximum(wrong + 1.0 - length, LEAST_UNSTATED), 2.0 - length)
        return cls(starts, length, rest, np.log(wrong))


def probabilities(
    table: Assertions,
    layout: Layout,
    vote: FloatArray,
    accuracy: FloatArray,
    parameters: Parameters,
    temperature: float = 1.0,
) -> FloatArray:
    """Return P(cell): softmax over each item's values of the sum of log(n A / (1 - A)), unstated ones at 0."""
    base = np.log(accuracy / (1.0 - accuracy))
    said = np.bincount(table.cell, vote * base[table.source], len(table.cell_item))
    votes = np.bincount(table.cell, vote, len(table.cell_item))
    score = (said + votes * layout.several[table.cell_item]) / temperature
    top = np.maximum(np.maximum.reduceat(score, layout.starts), 0.0)
    mass = np.exp(score - top[table.cell_item])
    whole = np.add.reduceat(mass, layout.starts) + layout.unstated * np.exp(-top)
    probability = mass / whole[table.cell_item]
    return probability if table.known is None else np.where(np.isnan(table.known), probability, table.known)


def counts(table: Assertions, vote: FloatArray, probability: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return by source the expected number of votes that are right, and that are wrong."""
    right = np.bincount(table.source, vote * probability[table.cell], table.sources)
    cast = np.bincount(table.source, vote, table.sources)
    return np.asarray(right, dtype=np.float64), np.maximum(cast - right, 0.0)


def effective_false_values(
    table: Assertions, vote: FloatArray, probability: FloatArray, parameters: Parameters
) -> FloatArray:
    """Return n by item: one over the chance that two independent wrong statements about it are the same.

    Counted over all pairs of votes, by kind of item; the prior is ``false_values`` from a few pseudo-pairs. A
    mistake that many make for the same reason (take-off for departure) gives a small n: agreement on it says little.
    """
    wrong = vote * (1.0 - probability[table.cell])
    by_cell = np.bincount(table.cell, wrong, len(table.cell_item))
    own = np.bincount(table.cell, wrong * wrong, len(table.cell_item))
    same = np.bincount(table.kind[table.cell_item], np.maximum(by_cell**2 - own, 0.0))
    by_item = np.bincount(table.cell_item, by_cell, table.items)
    apart = by_item**2 - np.bincount(table.cell_item, own, table.items)
    pairs = np.bincount(table.kind, np.maximum(apart, 0.0))
    n = (pairs + PSEUDO_PAIRS * parameters.false_values) / (same + PSEUDO_PAIRS)
    return np.clip(n[table.kind], 1.0, table.domain)
