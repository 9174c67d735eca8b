"""Fits the weights of claim matching: ``python -m tests.benchmarks.fitting.matching --data DIR``.

Each comparison gets a curve of straight lines from its score to log-odds; all curves together are one logistic
regression over hat functions. What the pair sets cannot teach (figures and what they count are rare in them) is set
by hand below and says so in the file. Fitted on the train splits only.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.metrics import average_precision_score, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from claims.engine.matching.claims import ALGORITHM
from claims.engine.matching.comparisons import LEARNED
from claims.engine.matching.features import Background, Lens
from claims.engine.matching.views import view
from claims.engine.matching.weights import FILE, Curve
from claims.engine.types import Mention
from tests.benchmarks.pair_sets import Pair, described, ecbplus, in_company, mrpc, placed

YES_NO = frozenset({"numbers", "dates", "speaker", "headline", "negation", "deed", "places"})
KNOTS = (0.0, 0.15, 0.3, 0.5, 0.75, 1.0)
STRENGTH = 0.3
LEFT_OUT = frozenset({"speaker", "headline", "dates", "places", "deed", "other_numbers"})
FALLING = frozenset({"stray_names", "both_alone", "one_alone", "other_numbers"})
BY_HAND: Mapping[str, Curve] = {
    "unit": Curve((0.0, 1.0), (-4.0, 0.0)),
    "counted": Curve((0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0), (-6.0, -4.0, -2.5, 0.0, 0.5, 2.0, 3.5, 4.0)),
    "figure": Curve((0.0, 1.0), (-1.5, 0.3)),
    "fates": Curve((0.0, 0.4, 0.75, 1.0), (-9.0, -2.5, -0.5, 1.2)),
    "same_article": Curve((0.0, 0.5, 0.75, 1.0), (0.0, -0.8, -1.0, -20.0)),
    "checking": Curve((0.0, 1.0), (-1.5, 3.0)),
    "denial": Curve((0.0, 1.0), (-3.0, 0.0)),
    "gist": Curve((0.0, 0.25, 0.5, 1.0), (-2.5, -0.8, 0.0, 0.5)),
    "deed": Curve((0.0, 1.0), (0.0, 0.7)),
    "speaker": Curve((0.0, 1.0), (0.0, 0.3)),
    "places": Curve((0.0, 1.0), (-0.4, 0.2)),
    "dates": Curve((0.0, 1.0), (-0.3, 0.3)),
}
AT_HOME = 0.75
"""How alike two articles of one story mostly are."""

Matrix = np.ndarray


def knots(name: str) -> tuple[float, ...]:
    """Return the scores between which the curve of ``name`` is straight."""
    return (0.0, 1.0) if name in YES_NO else KNOTS


def counted_background(mentions: Sequence[Mention]) -> Background:
    """Return the inverse document frequency of each word that two or more sentences hold."""
    counts: Counter[str] = Counter()
    for mention in mentions:
        seen = view(mention)
        counts.update(seen.stems | seen.concepts)
    total = len(mentions)
    idf = {w: round(math.log(total / n), 2) for w, n in sorted(counts.items()) if n > 1}
    return Background(idf, round(math.log(total), 2))


def scores(pairs: Sequence[Pair], mentions: Mapping[str, Mention], background: Background) -> Matrix:
    """Return one row a pair and one column a comparison; NaN where there is nothing to compare."""
    lens, rows = Lens(background, company=in_company(pairs, mentions)), []
    for pair in pairs:
        left, right = (view(m) for m in placed(pair, mentions))
        found = (c(left, right, lens).score for c in LEARNED.values())
        rows.append([math.nan if s is None else s for s in found])
    return np.array(rows)


def basis(matrix: Matrix, left_out: Collection[str] = LEFT_OUT) -> Matrix:
    """Return the columns of the regression: how far each stretch between two knots is passed, and what is missing."""
    columns = []
    for index, name in enumerate(LEARNED):
        if name in left_out:
            continue
        column = matrix[:, index]
        missing = np.isnan(column)
        known = np.where(missing, 0.0, column)
        columns.append(missing.astype(float))
        marks = knots(name)
        for low, high in pairwise(marks):
            columns.append(np.where(missing, 0.0, np.clip((known - low) / (high - low), 0.0, 1.0)))
    return np.array(columns).T


class Rising(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Ridge logistic regression whose curves only rise with the score (fall, for ``FALLING``), so that they read well.

    Sign constraints also keep two comparisons that say nearly the same from being set off against each other. The
    curve of ``company`` is fitted last, on top of the others: within one story they stand alone.
    """

    def fit(self, columns: Matrix, truth: Matrix) -> Rising:
        self.classes_ = np.array([False, True])
        signs, last = np.where(truth, 1.0, -1.0), columns_of("company")
        first = np.setdiff1d(np.arange(columns.shape[1]), last)
        self.coef_ = np.zeros((1, columns.shape[1]))
        self.intercept_ = np.zeros(1)
        for chosen in (first, last):
            base = self.decision_function(columns)
            allowed = [bounds()[i] for i in chosen]
            found = minimize(_loss, np.zeros(len(chosen) + 1), args=(columns[:, chosen], signs, base), jac=True,
                             method="L-BFGS-B", bounds=[(None, None), *allowed])  # fmt: skip
            self.intercept_ = self.intercept_ + found.x[:1]
            self.coef_[0, chosen] = found.x[1:]
        return self

    def decision_function(self, columns: Matrix) -> Matrix:
        return columns @ self.coef_[0] + self.intercept_[0]

    def predict(self, columns: Matrix) -> Matrix:
        return self.decision_function(columns) >= 0


def _loss(parameters: Matrix, columns: Matrix, signs: Matrix, base: Matrix) -> tuple[float, Matrix]:
    margins = signs * (base + columns @ parameters[1:] + parameters[0])
    slopes = -signs * expit(-margins)
    penalty = float(parameters[1:] @ parameters[1:]) / (2 * STRENGTH)
    gradient = np.concatenate([[slopes.sum()], columns.T @ slopes + parameters[1:] / STRENGTH])
    return float(np.logaddexp(0.0, -margins).sum()) + penalty, gradient


def columns_of(wanted: str) -> Matrix:
    """Return the places of the columns of one comparison in ``basis``."""
    at = 0
    for name in LEARNED:
        if name not in LEFT_OUT:
            if name == wanted:
                return np.arange(at, at + len(knots(name)))
            at += len(knots(name))
    raise KeyError(wanted)


def bounds() -> list[tuple[float | None, float | None]]:
    """Return the bounds of each column of ``basis``: free for what is missing, else by the direction of the curve."""
    result: list[tuple[float | None, float | None]] = []
    for name in LEARNED:
        if name not in LEFT_OUT:
            step = (None, 0.0) if name in FALLING else (0.0, None)
            result += [(None, None)] + [step] * (len(knots(name)) - 1)
    return result


def model() -> Rising:
    return Rising()


def curves_of(coefficients: Matrix) -> dict[str, Curve]:
    """Return the curves that ``coefficients`` (one a column of ``basis``) stand for."""
    curves, at = {}, 0
    for name in LEARNED:
        if name in LEFT_OUT:
            continue
        marks = knots(name)
        steps = coefficients[at + 1 : at + len(marks)]
        values = [0.0, *np.cumsum(steps)]
        curves[name] = Curve(marks, tuple(round(float(v), 3) for v in values), round(float(coefficients[at]), 3))
        at += len(marks)
    return curves


def lowered(curve: Curve, by: float) -> Curve:
    """Return the curve with all its values, but not that for what is missing, lower by ``by``."""
    return Curve(curve.knots, tuple(round(v - by, 3) for v in curve.values), curve.missing)


def thresholds(truth: Matrix, log_odds: Matrix, kinds: Sequence[str]) -> dict[str, float]:
    """Return the log-odds with the best F1, and those above which 2% of other events' pairs lie."""
    candidates = np.quantile(log_odds, np.linspace(0.05, 0.95, 91))
    best = max(candidates, key=lambda t: f1_score(truth, log_odds >= t))
    other = log_odds[np.array(kinds) == "other_event_same_topic"]
    return {"same_event": round(float(best), 2), "join": round(float(np.quantile(other, 0.98)), 2)}


def fit(data: Path) -> dict[str, object]:
    """Return what ``weights/matching.json`` holds, fitted on the train splits under ``data``."""
    pairs, more = ecbplus(data, "train"), mrpc(data, "train")
    mentions = described([*pairs, *more])
    background = counted_background(list(mentions.values()))
    columns, truth = basis(scores(pairs, mentions, background)), np.array([p.same for p in pairs])
    topics = [p.topic for p in pairs]
    held_out = cross_val_predict(model(), columns, truth, groups=topics, cv=GroupKFold(10), method="decision_function")
    fitted = model().fit(columns, truth)
    curves = {**curves_of(fitted.coef_[0]), **BY_HAND}
    at_home = curves["company"].at(AT_HOME)  # no company known: taken to be that of one story
    curves["company"] = lowered(curves["company"], at_home)
    return {
        "algorithm": ALGORITHM,
        "fitted": {
            "on": "ecbplus_pairs train (weights), sentences of ecbplus_pairs and mrpc train (how rare words are)",
            "when": datetime.now(UTC).date().isoformat(),
            "by": "tests/benchmarks/fitting/matching.py",
            "by_hand": sorted(BY_HAND),
            "average_precision_10_folds_by_topic": round(float(average_precision_score(truth, held_out)), 4),
        },
        "base": round(float(fitted.intercept_[0]) + at_home, 3),
        "thresholds": thresholds(truth, held_out, [p.kind for p in pairs]),
        "comparisons": {
            name: {"knots": c.knots, "log_odds": c.values, "missing": c.missing} for name, c in curves.items()
        },
        "background": {"unseen": background.unseen, "idf": background.idf},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    stored = fit(parser.parse_args().data)
    FILE.write_text(json.dumps(stored, separators=(",", ":")).replace('},"', '},\n"') + "\n", encoding="utf-8")
    print(stored["fitted"], stored["thresholds"])


if __name__ == "__main__":
    main()
