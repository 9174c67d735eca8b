"""Reliability of sources on yes/no items: how often each says yes to what is true, and no to what is not.

Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics
28(1), 1979, with two coins a source. A "no" is often only an omission and a "yes" seldom an invention (an author left
out, a denial by routine), so the two have their own rates. A source of which little is known is taken for one of its
sort (``sorts``). The model is symmetric: which of the two values is called yes is immaterial.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from claims.engine.agreement.learning.assertions import FloatArray, IntArray
from claims.engine.agreement.learning.communities import Record, Sorts
from claims.engine.agreement.parameters import Parameters

PREVALENCE_WEIGHT = 2.0
TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class YesNo:
    """Votes on yes/no items: ``says[k]`` is 1.0 or 0.0. ``known[i]`` is 1.0, 0.0 or NaN."""

    source: IntArray
    item: IntArray
    says: FloatArray
    sources: int
    items: int
    known: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class YesNoEstimate:
    """P(yes) by item, and the expected right and wrong votes by source."""

    probability: FloatArray
    agree: FloatArray
    disagree: FloatArray


def estimate_yes_no(votes: YesNo, parameters: Parameters) -> YesNoEstimate:
    """Return P(yes) for each item, by expectation and maximisation from the share of yes votes.

    Every item must have a vote; sources that vote on none have no part in what the others are taken for.
    """
    if not len(votes.source):
        return YesNoEstimate(np.zeros(votes.items), np.zeros(votes.sources), np.zeros(votes.sources))
    voting, place = np.unique(votes.source, return_inverse=True)
    votes = replace(votes, source=place)
    cast = np.bincount(votes.item, minlength=votes.items)
    yes = (np.bincount(votes.item, votes.says, votes.items) + 0.5) / (cast + 1.0)
    yes = _with_known(yes, votes)
    sorts: Sorts | None = None
    for _ in range(int(parameters.iterations) * 2):
        record = _record(votes, yes, len(voting))
        sorts = Sorts.first(record) if sorts is None else sorts.again(record)
        after = _expect(votes, yes, *sorts.rates(record))
        moved = float(np.abs(after - yes).max(initial=0.0))
        yes = after
        if moved < TOLERANCE:
            break
    right = yes[votes.item] * votes.says + (1.0 - yes[votes.item]) * (1.0 - votes.says)
    agree, disagree = np.zeros(votes.sources), np.zeros(votes.sources)
    agree[voting] = np.bincount(place, right, len(voting))
    disagree[voting] = np.maximum(np.bincount(place, minlength=len(voting)) - agree[voting], 0.0)
    return YesNoEstimate(yes, agree, disagree)


def _record(votes: YesNo, yes: FloatArray, sources: int) -> Record:
    """Return each source's yes to what is true (the first row), and its no to what is not."""
    true, said = yes[votes.item], votes.says

    def rows(yes: FloatArray, no: FloatArray) -> FloatArray:
        return np.stack([np.bincount(votes.source, x, sources).astype(np.float64) for x in (yes, no)])

    return Record(rows(true * said, (1.0 - true) * (1.0 - said)), rows(true, 1.0 - true))


def _expect(votes: YesNo, yes: FloatArray, hits: FloatArray, passes: FloatArray) -> FloatArray:
    """Return P(yes) by item from the rates of yes to what is true and of no to what is not, by source."""
    prevalence = (yes.sum() + PREVALENCE_WEIGHT) / (votes.items + 2.0 * PREVALENCE_WEIGHT)
    for_yes = np.log(hits / (1.0 - passes))[votes.source]
    for_no = np.log((1.0 - hits) / passes)[votes.source]
    score = np.bincount(votes.item, np.where(votes.says > 0.5, for_yes, for_no), votes.items)
    score = score + np.log(prevalence / (1.0 - prevalence))
    return _with_known(1.0 / (1.0 + np.exp(-np.clip(score, -700.0, 700.0))), votes)


def _with_known(yes: FloatArray, votes: YesNo) -> FloatArray:
    return yes if votes.known is None else np.where(np.isnan(votes.known), yes, votes.known)
