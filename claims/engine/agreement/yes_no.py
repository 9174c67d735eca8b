"""Reliability of sources on yes/no items: how often each says yes to what is true, and no to what is not.

Dawid and Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied Statistics
28(1), 1979, with two coins a source and hierarchical Beta priors: a source of which little is known is taken for an
average one. A "no" is often only an omission and a "yes" seldom an invention (an author left out, a denial by
routine), so the two have their own rates. The model is symmetric: which of the two values is called yes is immaterial.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.assertions import FloatArray, IntArray
from claims.engine.agreement.parameters import Parameters

LEAST, MOST = 0.01, 0.99
AVERAGE = 0.8
"""A source says yes to what is true, and no to what is not, this often before anything is known."""
AVERAGE_WEIGHT = 4.0
PREVALENCE_WEIGHT = 2.0
TOLERANCE = 1e-6


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
    """Return P(yes) for each item, by expectation and maximisation from the share of yes votes."""
    cast = np.bincount(votes.item, minlength=votes.items)
    yes = (np.bincount(votes.item, votes.says, votes.items) + 0.5) / (cast + 1.0)
    yes = _with_known(yes, votes)
    for _ in range(int(parameters.iterations) * 2):
        after = _expect(votes, yes, parameters)
        moved = float(np.abs(after - yes).max(initial=0.0))
        yes = after
        if moved < TOLERANCE:
            break
    right = yes[votes.item] * votes.says + (1.0 - yes[votes.item]) * (1.0 - votes.says)
    agree = np.bincount(votes.source, right, votes.sources).astype(np.float64)
    total = np.bincount(votes.source, minlength=votes.sources)
    return YesNoEstimate(yes, agree, np.maximum(total - agree, 0.0))


def _expect(votes: YesNo, yes: FloatArray, parameters: Parameters) -> FloatArray:
    """Return P(yes) by item from the rates that the present probabilities imply."""
    true = yes[votes.item]
    said = votes.says
    hits = _rates(votes, true * said, true, parameters.source_weight)
    passes = _rates(votes, (1.0 - true) * (1.0 - said), 1.0 - true, parameters.source_weight)
    prevalence = (yes.sum() + PREVALENCE_WEIGHT) / (votes.items + 2.0 * PREVALENCE_WEIGHT)
    for_yes = np.log(hits / (1.0 - passes))[votes.source]
    for_no = np.log((1.0 - hits) / passes)[votes.source]
    score = np.bincount(votes.item, np.where(said > 0.5, for_yes, for_no), votes.items)
    score = score + np.log(prevalence / (1.0 - prevalence))
    return _with_known(1.0 / (1.0 + np.exp(-np.clip(score, -700.0, 700.0))), votes)


def _rates(votes: YesNo, right: FloatArray, cases: FloatArray, weight: float) -> FloatArray:
    """Return each source's rate of right votes, drawn towards the average of all with ``weight`` pseudo-votes."""
    average = (right.sum() + AVERAGE_WEIGHT * AVERAGE) / (cases.sum() + AVERAGE_WEIGHT)
    own = np.bincount(votes.source, right, votes.sources) + weight * average
    rate = own / (np.bincount(votes.source, cases, votes.sources) + weight)
    return np.asarray(np.clip(rate, LEAST, MOST), dtype=np.float64)


def _with_known(yes: FloatArray, votes: YesNo) -> FloatArray:
    return yes if votes.known is None else np.where(np.isnan(votes.known), yes, votes.known)
