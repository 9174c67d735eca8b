"""Reliability of sources and probability of values, estimated together over many items: ACCU as a fixed point.

Dong, Berti-Equille and Srivastava, "Integrating conflicting data: the role of source dependence", VLDB 2009, with a
Beta prior on each source's accuracy (the posterior mean of Dawid and Skene's 1979 one-coin model). Values of known
truth stay fixed. Assertions of sources that copy each other share one vote (``copying``).

What is roughly true is found first, with one accuracy a source. Only then is each source judged by kind of item, and
what it takes from others left out: begun at once, the largest group of like-minded sources would elect itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.learning.assertions import Assertions, BoolArray, FloatArray, IntArray, select
from claims.engine.agreement.learning.copying import Copying, Index, copy_groups, own_votes, shared_votes
from claims.engine.agreement.learning.yes_no import YesNo, estimate_yes_no
from claims.engine.agreement.parameters import DEFAULT, Parameters

LEAST, MOST = 0.01, 0.995
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

    Yes/no items go by how often each source says yes and no rightly (``yes_no``), all others by ACCU below.
    """
    many = table.domain > 1.0
    if many.all():
        return estimate_many(table, parameters=parameters, copying=copying, rounds=rounds)
    stated = np.bincount(table.cell_item, minlength=table.items) > 0
    first, cells = select(table, many)
    second, others = select(table, ~many & stated)
    result = estimate_many(first, parameters=parameters, copying=copying, rounds=rounds)
    probability = np.empty(len(table.cell_item))
    probability[cells] = result.probability
    yes, votes = _yes_no(second)
    binary = estimate_yes_no(votes, parameters)
    probability[others] = np.where(
        yes, binary.probability[second.cell_item], 1.0 - binary.probability[second.cell_item]
    )
    agree, disagree = result.agree + binary.agree, result.disagree + binary.disagree
    return Estimate(probability, mean_accuracy(agree, disagree, parameters), agree, disagree, result.copying)


def _yes_no(table: Assertions) -> tuple[BoolArray, YesNo]:
    """Return which cells are the "yes" of their item (the larger of the kind's two values), and the votes."""
    largest = np.full(int(table.kind.max(initial=0)) + 1, -1, dtype=np.int64)
    np.maximum.at(largest, table.kind[table.cell_item], table.cell_value)
    yes = table.cell_value == largest[table.kind[table.cell_item]]
    known = None
    if table.known is not None:
        known = np.full(table.items, np.nan)
        told = ~np.isnan(table.known)
        known[table.cell_item[told]] = np.where(yes[told], table.known[told], 1.0 - table.known[told])
    votes = YesNo(table.source, table.item, yes[table.cell].astype(np.float64), table.sources, table.items, known)
    return yes, votes


def estimate_many(table: Assertions, *, parameters: Parameters, copying: bool, rounds: int) -> Estimate:
    """Estimate items with several possible values.

    Copying is learned from values that are probably wrong, and what is probably wrong depends on who copies:
    the two are estimated in turns, ``rounds`` times, with the effective number of wrong values. From there each
    source has its accuracy by kind of item, and a follower's vote counts only for what it did not take.
    """
    found = Copying.none(table.sources)
    if not len(table.cell_item):
        return Estimate(np.empty(0), np.zeros(table.sources), np.zeros(table.sources), np.zeros(table.sources), found)
    vote = np.ones(len(table.cell))
    wrong = np.minimum(table.domain, parameters.false_values)
    index = Index.of(table)
    seats = Seats.by_source(table)
    accuracy = np.full(table.sources, parameters.prior_agree / (parameters.prior_agree + parameters.prior_disagree))
    if copying:
        found = copy_groups(table, index, vote, shares(table), wrong, parameters)
        vote = shared_votes(table, found.group)
    for _ in range(rounds):
        probability, accuracy = fixed_point(table, seats, vote, wrong, accuracy, parameters)
        holds = right(table, probability)
        found = copy_groups(table, index, vote, holds, wrong, parameters) if copying else found
        vote = shared_votes(table, found.group)
        wrong = effective_false_values(table, vote, holds, parameters)
    seats = Seats.by_kind(table)
    vote = own_votes(table, found, parameters)
    probability, _ = fixed_point(table, seats, vote, wrong, accuracy[seats.source], parameters)
    agree, disagree = counts(table, vote, probability)
    return Estimate(probability, mean_accuracy(agree, disagree, parameters), agree, disagree, found)


def shares(table: Assertions) -> FloatArray:
    """Return the share of an item's votes that each cell has."""
    votes = np.bincount(table.cell, minlength=len(table.cell_item)).astype(np.float64)
    return np.asarray(votes / np.bincount(table.cell_item, votes, table.items)[table.cell_item], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Seats:
    """Where an assertion counts: ``place[k]`` is the seat of assertion k, ``source`` the source of each seat.

    A source has one seat, or one for each kind of item of which it states something (``by_kind``).
    """

    place: IntArray
    source: IntArray
    split: bool

    @classmethod
    def by_source(cls, table: Assertions) -> Seats:
        """Return one seat a source."""
        return cls(table.source, np.arange(table.sources), split=False)

    @classmethod
    def by_kind(cls, table: Assertions) -> Seats:
        """Return one seat for each source and each kind of item of which it states something."""
        kinds = int(table.kind.max(initial=0)) + 1
        taken, place = np.unique(table.source * kinds + table.kind[table.item], return_inverse=True)
        return cls(place, taken // kinds, split=True)

    def log_odds(self, accuracy: FloatArray) -> FloatArray:
        """Return log(A / (1 - A)) by assertion, given the accuracy A by seat."""
        return np.asarray(np.log(accuracy / (1.0 - accuracy))[self.place], dtype=np.float64)


def fixed_point(
    table: Assertions,
    seats: Seats,
    vote: FloatArray,
    wrong: FloatArray,
    accuracy: FloatArray,
    parameters: Parameters,
) -> tuple[FloatArray, FloatArray]:
    """Return (probability by cell, accuracy by seat) where each follows from the other, from a first accuracy."""
    layout = Layout.of(table, wrong)
    for _ in range(int(parameters.iterations)):
        probability = probabilities(table, layout, vote, seats.log_odds(accuracy), parameters)
        after = accuracies(table, seats, vote, probability, parameters)
        moved = float(np.abs(after - accuracy).max(initial=0.0))
        accuracy = after
        if moved < TOLERANCE:
            break
    return probabilities(table, layout, vote, seats.log_odds(accuracy), parameters), accuracy


def accuracies(
    table: Assertions, seats: Seats, vote: FloatArray, probability: FloatArray, parameters: Parameters
) -> FloatArray:
    """Return the accuracy by seat: a source's own mean, and by kind of item drawn to it by ``kind_weight`` votes."""
    whole = mean_accuracy(*counts(table, vote, probability), parameters)
    if not seats.split:
        return whole
    agree = np.bincount(seats.place, vote * right(table, probability)[table.cell], len(seats.source))
    cast = np.bincount(seats.place, vote, len(seats.source))
    drawn = (parameters.kind_weight * whole[seats.source] + agree) / (parameters.kind_weight + cast)
    return np.asarray(np.clip(drawn, LEAST, MOST), dtype=np.float64)


def mean_accuracy(agree: FloatArray, disagree: FloatArray, parameters: Parameters) -> FloatArray:
    """Return the posterior mean of each source's accuracy, given its right and wrong votes."""
    held = parameters.prior_agree + agree
    return np.asarray(np.clip(held / (held + parameters.prior_disagree + disagree), LEAST, MOST), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Layout:
    """What stays the same over the rounds, for the items of which something is stated: where each one's cells begin,
    which of them a cell belongs to, the mass of its unstated values, and log n by cell."""

    starts: IntArray
    item: IntArray
    unstated: FloatArray
    several: FloatArray

    @classmethod
    def of(cls, table: Assertions, wrong: FloatArray) -> Layout:
        """Return the layout of a table, whose cells are ordered by item."""
        begins = np.diff(table.cell_item, prepend=-1) != 0
        starts = np.flatnonzero(begins)
        length = np.diff(starts, append=len(table.cell_item))
        stated = table.cell_item[starts]
        rest = np.where(
            table.domain[stated] > 1, np.maximum(wrong[stated] + 1.0 - length, LEAST_UNSTATED), 2.0 - length
        )
        return cls(starts, np.cumsum(begins) - 1, rest, np.log(wrong)[table.cell_item])


def probabilities(
    table: Assertions,
    layout: Layout,
    vote: FloatArray,
    log_odds: FloatArray,
    parameters: Parameters,
) -> FloatArray:
    """Return P(cell): softmax over each item's values of the sum of log(n A / (1 - A)), unstated ones at 0.

    ``log_odds`` is log(A / (1 - A)) by assertion. What is said less exactly gives ``rounding_support`` of its score
    to the exact.
    """
    said = np.bincount(table.cell, vote * log_odds, len(table.cell_item))
    votes = np.bincount(table.cell, vote, len(table.cell_item))
    score = said + votes * layout.several
    if table.wider is not None:
        given = parameters.rounding_support * np.maximum(score[table.wider[:, 0]], 0.0)
        score = score + np.bincount(table.wider[:, 1], given, len(score))
    top = np.maximum(np.maximum.reduceat(score, layout.starts), 0.0)
    mass = np.exp(score - top[layout.item])
    whole = np.add.reduceat(mass, layout.starts) + layout.unstated * np.exp(-top)
    probability = mass / whole[layout.item]
    return probability if table.known is None else np.where(np.isnan(table.known), probability, table.known)


def counts(table: Assertions, vote: FloatArray, probability: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return by source the expected number of votes that are right, and that are wrong."""
    agree = np.bincount(table.source, vote * right(table, probability)[table.cell], table.sources)
    cast = np.bincount(table.source, vote, table.sources)
    return np.asarray(agree, dtype=np.float64), np.maximum(cast - agree, 0.0)


def right(table: Assertions, probability: FloatArray) -> FloatArray:
    """Return the probability that who states a cell is right: its value is true, or it is compatible with what is."""
    if table.wider is None or table.compatible is None:
        return probability
    pairs = table.wider[table.compatible]
    return np.minimum(probability + np.bincount(pairs[:, 0], probability[pairs[:, 1]], len(probability)), 1.0)


def effective_false_values(
    table: Assertions, vote: FloatArray, holds: FloatArray, parameters: Parameters
) -> FloatArray:
    """Return n by item: one over the chance that two independent wrong statements about it are the same.

    Counted over all pairs of votes, by kind of item; the prior is ``false_values`` from a few pseudo-pairs. A
    mistake that many make for the same reason (take-off for departure) gives a small n: agreement on it says little.
    """
    wrong = vote * (1.0 - holds[table.cell])
    by_cell = np.bincount(table.cell, wrong, len(table.cell_item))
    own = np.bincount(table.cell, wrong * wrong, len(table.cell_item))
    same = np.bincount(table.kind[table.cell_item], np.maximum(by_cell**2 - own, 0.0))
    by_item = np.bincount(table.cell_item, by_cell, table.items)
    apart = by_item**2 - np.bincount(table.cell_item, own, table.items)
    pairs = np.bincount(table.kind, np.maximum(apart, 0.0))
    n = (pairs + PSEUDO_PAIRS * parameters.false_values) / (same + PSEUDO_PAIRS)
    return np.clip(n[table.kind], 1.0, table.domain)
