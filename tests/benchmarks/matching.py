"""``./run bench matching``: are two sentences one claim? Scoring rules: docs/benchmarks.md, "matching"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from sklearn.model_selection import StratifiedKFold

from claims.engine.matching.claims import PairScore, compare, context_of
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.policy import CURVES, POLICY
from claims.engine.matching.prepared import prepared
from claims.engine.matching.weights import shipped
from claims.engine.types import Mention
from tests.benchmarks._pair_sets import Pair, described, document_context, ecbplus, mrpc, placed
from tests.benchmarks.rows import Row

FOLDS, SECOND = 10, 2
DANGEROUS = "other_event_same_topic"


def run(data: Path, split: str) -> list[Row]:
    """Return the rows of both sets. ``mrpc`` has no split of its own: ten folds of ``train``."""
    return [*ecbplus_rows(data, split), *other_topics(data, split), *mrpc_rows(data)]


def other_topics(data: Path, split: str) -> list[Row]:
    """Return the rows of a random half of all topics, so that ``split`` is not the only evidence; nothing is fitted."""
    pairs = [*ecbplus(data, "train"), *ecbplus(data, split)]
    topics = sorted({p.topic for p in pairs})
    chosen = set(np.random.default_rng(SECOND).permutation(topics)[: len(topics) // 2].tolist())
    rest, here = [[p for p in pairs if (p.topic in chosen) is wanted] for wanted in (False, True)]
    mentions = described(here)
    context = ComparisonContext(shipped().background, documents=document_context(here, mentions))
    compared = [compare(*placed(pair, mentions), context=context) for pair in here]
    truth, dangerous = np.array([p.same for p in here]), np.array([p.kind == DANGEROUS for p in here])
    vectorizer = TfidfVectorizer(sublinear_tf=True).fit([t for p in pairs for t in (p.left, p.right)])
    threshold = best_threshold(np.array([p.same for p in rest]), cosines(vectorizer, rest))
    base, joined = cosines(vectorizer, here), np.array([c.log_odds >= shipped().join for c in compared])
    ours = average_precision_score(truth, np.array([before_vetoes(c) for c in compared]))
    merged = float((base >= threshold)[dangerous].mean()), float(joined[dangerous].mean())
    return [
        Row("ecbplus_other_topics", "ap", average_precision_score(truth, base), ours),
        Row("ecbplus_other_topics", "false_merge_rate", *merged),
    ]


def ecbplus_rows(data: Path, split: str) -> list[Row]:
    """Score every pair with the shipped weights; nothing is fitted here but the baseline's threshold, on train."""
    pairs = ecbplus(data, split)
    truth, mentions = np.array([p.same for p in pairs]), described(pairs)
    context = ComparisonContext(shipped().background, documents=document_context(pairs, mentions))
    compared = [compare(*placed(pair, mentions), context=context) for pair in pairs]
    ours, whole = np.array([before_vetoes(c) for c in compared]), np.array([c.log_odds for c in compared])
    alone = np.array([before_vetoes(compare(*placed(pair, mentions), context=context_of())) for pair in pairs])
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
            float((whole >= limits.join)[dangerous].mean()),
        ),
        Row("ecbplus_pairs_alone", "ap", average_precision_score(truth, base), average_precision_score(truth, alone)),
    ]


def before_vetoes(found: PairScore) -> float:
    """Return the score of a pair without what a veto or a caution takes away: one event may be told in two claims."""
    return sum(line.log_odds for line in found.comparisons if line.name == "base" or line.name in CURVES)


def mrpc_rows(data: Path) -> list[Row]:
    """Fit the same comparisons on nine tenths, judge the tenth, ten times; baseline: one threshold on the cosine."""
    pairs = mrpc(data, "train")
    truth, mentions = np.array([p.same for p in pairs]), described(pairs)
    columns = scores(pairs, mentions)
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


def scores(pairs: Sequence[Pair], mentions: Mapping[str, Mention]) -> np.ndarray:
    """Return one row a pair: the score of each comparison (0 where nothing is compared), and whether there is none."""
    context, rows = context_of(), []
    for pair in pairs:
        left, right = (prepared(m) for m in placed(pair, mentions))
        found = [term.function(left, right, context).score for term in POLICY]
        rows.append([*(s or 0.0 for s in found), *(s is None for s in found)])
    return np.array(rows, dtype=float)


def cosines(vectorizer: TfidfVectorizer, pairs: Sequence[Pair]) -> np.ndarray:
    """Return the cosine of the two sentences of each pair."""
    left, right = (vectorizer.transform([getattr(p, side) for p in pairs]) for side in ("left", "right"))
    return np.asarray(left.multiply(right).sum(axis=1)).ravel()


def best_threshold(truth: np.ndarray, score: np.ndarray, metric: object = f1_score) -> float:
    """Return the score above which calling pairs the same does best by ``metric``."""
    assert callable(metric)
    return float(max(np.quantile(score, np.linspace(0.02, 0.98, 97)), key=lambda t: metric(truth, score >= t)))
