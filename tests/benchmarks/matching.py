"""``./run bench matching``: are two sentences one claim? Scoring rules: docs/benchmarks.md, "matching"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold

from claims.engine.matching.claims import compare, lens_of
from claims.engine.matching.features import Lens
from claims.engine.matching.weights import shipped
from claims.engine.types import Mention
from tests.benchmarks.fitting.matching import basis, scores
from tests.benchmarks.pair_sets import Pair, described, ecbplus, in_company, mrpc, placed
from tests.benchmarks.rows import Row

FOLDS = 10
DANGEROUS = "other_event_same_topic"


def run(data: Path, split: str) -> list[Row]:
    """Return the rows of both sets. ``mrpc`` has no split of its own: ten folds of ``train``."""
    return [*ecbplus_rows(data, split), *mrpc_rows(data)]


def ecbplus_rows(data: Path, split: str) -> list[Row]:
    """Score every pair with the shipped weights; nothing is fitted here but the baseline's threshold, on train."""
    pairs = ecbplus(data, split)
    truth, mentions = np.array([p.same for p in pairs]), described(pairs)
    ours = log_odds(pairs, mentions, Lens(shipped().background, company=in_company(pairs, mentions)))
    alone = log_odds(pairs, mentions, lens_of())
    train = ecbplus(data, "train")
    vectorizer = TfidfVectorizer(sublinear_tf=True).fit([t for p in [*train, *pairs] for t in (p.left, p.right)])
    threshold = best_threshold(np.array([p.same for p in train]), cosines(vectorizer, train))
    base = cosines(vectorizer, pairs)
    dangerous = np.array([p.kind == DANGEROUS for p in pairs])
    limits = shipped()
    return [
        Row("ecbplus_pairs", "f1", f1_score(truth, base >= threshold), f1_score(truth, ours >= limits.same_event)),
        Row("ecbplus_pairs", "ap", average_precision_score(truth, base), average_precision_score(truth, ours)),
        Row(
            "ecbplus_pairs",
            "false_merge_rate",
            float((base >= threshold)[dangerous].mean()),
            float((ours >= limits.join)[dangerous].mean()),
        ),
        Row("ecbplus_pairs_alone", "ap", average_precision_score(truth, base), average_precision_score(truth, alone)),
    ]


def log_odds(pairs: Sequence[Pair], mentions: Mapping[str, Mention], lens: Lens) -> np.ndarray:
    """Return the log-odds of each pair as the matcher gives them."""
    return np.array([compare(*placed(pair, mentions), lens=lens).log_odds for pair in pairs])


def mrpc_rows(data: Path) -> list[Row]:
    """Fit the same comparisons on nine tenths, judge the tenth, ten times; baseline: one threshold on the cosine."""
    pairs = mrpc(data, "train")
    truth, mentions = np.array([p.same for p in pairs]), described(pairs)
    columns = basis(scores(pairs, mentions, shipped().background), left_out=())
    base, ours = np.zeros(len(pairs), dtype=bool), np.zeros(len(pairs), dtype=bool)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(columns, truth):
        ours[test] = LogisticRegression(C=0.1, max_iter=5000).fit(columns[train], truth[train]).predict(columns[test])
        seen = [pairs[i] for i in train]
        vectorizer = TfidfVectorizer(sublinear_tf=True).fit([t for p in seen for t in (p.left, p.right)])
        threshold = best_threshold(truth[train], cosines(vectorizer, seen), accuracy_score)
        base[test] = cosines(vectorizer, [pairs[i] for i in test]) >= threshold
    return [
        Row("mrpc", "accuracy", accuracy_score(truth, base), accuracy_score(truth, ours)),
        Row("mrpc", "f1", f1_score(truth, base), f1_score(truth, ours)),
    ]


def cosines(vectorizer: TfidfVectorizer, pairs: Sequence[Pair]) -> np.ndarray:
    """Return the cosine of the two sentences of each pair."""
    left, right = (vectorizer.transform([getattr(p, side) for p in pairs]) for side in ("left", "right"))
    return np.asarray(left.multiply(right).sum(axis=1)).ravel()


def best_threshold(truth: np.ndarray, score: np.ndarray, metric: object = f1_score) -> float:
    """Return the score above which calling pairs the same does best by ``metric``."""
    assert callable(metric)
    return float(max(np.quantile(score, np.linspace(0.02, 0.98, 97)), key=lambda t: metric(truth, score >= t)))
