"""Two sorts of sources, each with its own habits: what a source is taken for as long as little is known of it.

Careful and careless workers, outlets that omit and outlets that invent: one average describes neither. Each sort has a
Beta prior for each of a source's rates, learned by marginal likelihood (Minka, "Estimating a Dirichlet distribution",
2000), and a source belongs to either with a probability: the community model of Venanzi et al., "Community-based
Bayesian aggregation models for crowdsourcing", WWW 2014, with two communities and point estimates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from claims.engine.agreement.learning.assertions import FloatArray
from claims.engine.agreement.learning.gamma import digamma, log_gamma

COUNT = 2
FIRST_RIGHT, FIRST_WRONG = 4.0, 1.0
"""The Beta prior of every rate before anything is known: right four times in five."""
IMAGINED_RIGHT, IMAGINED_CASES = (4.0, 2.4), (4.0, 4.0)
"""Two imagined sources of each sort, so that a handful of real ones does not make a rule."""
LEAST, MOST = 0.02, 200.0
"""Bounds of a Beta prior's parameters: the least of one, the most of both together."""
STEPS = 5
FIRST_LEAN = 0.4


@dataclass(frozen=True, slots=True)
class Record:
    """How often each source was right, of how many cases (expected counts): a row for each rate, a column a source."""

    right: FloatArray
    cases: FloatArray

    @property
    def wrong(self) -> FloatArray:
        """Return how often each source was wrong."""
        return np.maximum(self.cases - self.right, 0.0)


@dataclass(frozen=True, slots=True)
class Sorts:
    """``share[k, s]`` is the probability that source s is of sort k; ``a[k, c]`` and ``b[k, c]`` are the parameters of
    that sort's Beta prior for rate c."""

    share: FloatArray
    a: FloatArray
    b: FloatArray

    @classmethod
    def first(cls, record: Record) -> Sorts:
        """Return the sources leaning towards one sort by how often they were right; smooth, so that no order tells."""
        right, cases = record.right.sum(axis=0) + FIRST_RIGHT, record.cases.sum(axis=0) + FIRST_RIGHT + FIRST_WRONG
        mean = right / cases
        lean = FIRST_LEAN * np.tanh((mean - mean.mean()) / max(float(mean.std()), 1e-9))
        shape = (COUNT, len(record.right))
        sorts = cls(np.stack((0.5 + lean, 0.5 - lean)), np.full(shape, FIRST_RIGHT), np.full(shape, FIRST_WRONG))
        return sorts.taught(record)

    def again(self, record: Record) -> Sorts:
        """Return of which sort each source is by its record, and what the sorts are like by their sources."""
        a, b = self.a[:, :, None], self.b[:, :, None]
        size = (self.share.sum(axis=1) + 1.0) / (self.share.shape[1] + COUNT)
        evidence = log_gamma(record.right + a) + log_gamma(record.wrong + b) - log_gamma(record.cases + a + b)
        alone = log_gamma(self.a + self.b) - log_gamma(self.a) - log_gamma(self.b)
        odds = evidence.sum(axis=1) + (np.log(size) + alone.sum(axis=1))[:, None]
        share = np.exp(odds - odds.max(axis=0))
        return Sorts(share / share.sum(axis=0), self.a, self.b).taught(record)

    def taught(self, record: Record) -> Sorts:
        """Return the sorts with their priors a few steps nearer to the most likely ones, given who is of which."""
        rates = len(record.right)
        right = np.hstack((record.right, np.tile(IMAGINED_RIGHT, (rates, 1))))
        cases = np.hstack((record.cases, np.tile(IMAGINED_CASES, (rates, 1))))
        wrong = np.maximum(cases - right, 0.0)
        share = np.hstack((self.share, np.ones((COUNT, len(IMAGINED_CASES)))))
        a, b = self.a, self.b
        for _ in range(STEPS):
            both = _gain(cases, share, a + b)
            a, b = a * _gain(right, share, a) / both, b * _gain(wrong, share, b) / both
            shrink = np.minimum(1.0, MOST / (a + b))
            a, b = np.maximum(a * shrink, LEAST), np.maximum(b * shrink, LEAST)
        return Sorts(self.share, a, b)

    def rates(self, record: Record) -> FloatArray:
        """Return each source's rates: the posterior means over the sorts, a row for each rate."""
        a, b = self.a[:, :, None], self.b[:, :, None]
        rates = (record.right + a) / (record.cases + a + b)
        return np.asarray((self.share[:, None, :] * rates).sum(axis=0), dtype=np.float64)


def _gain(counts: FloatArray, share: FloatArray, parameter: FloatArray) -> FloatArray:
    """Return the sum over sources of share x (digamma(count + parameter) - digamma(parameter)), by sort and rate."""
    gained = digamma(counts + parameter[:, :, None]) - digamma(parameter)[:, :, None]
    return np.asarray((gained * share[:, None, :]).sum(axis=2), dtype=np.float64)
