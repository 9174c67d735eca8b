"""Fits what claim matching does not set: ``python -m tests.benchmarks.fitting.matching --data DIR``.

The worth of each comparison is set in ``claims/engine/matching/policy.py``. Fitted are three things: how rare words are
(sentences of the train splits), ``same_event`` (best F1 on pairs of sentences) and ``join``, the lowest threshold at
which enough of the merged pairs of the judged events are right. Rows of a judged event are left out of the pair sets.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from claims.engine.matching.claims import ALGORITHM, compare
from claims.engine.matching.comparing import Background, ComparisonContext
from claims.engine.matching.prepared import words_of
from claims.engine.matching.weights import FILE, Weights, shipped
from claims.engine.reading.mentions import read
from claims.engine.types import Mention
from tests.benchmarks._events import events
from tests.benchmarks._pair_sets import described, document_context, ecbplus, mrpc, placed
from tests.benchmarks.claims import JOINS, counts_of, lowest_join, mentions_of, tried
from tests.benchmarks.matching import before_vetoes

BASE = -6.0
"""Before anything is compared: set, so that two unlike statements come out near -5 and twins near 12."""
JUDGED_EVENTS = frozenset({"8"})
"""Topics of ecbplus_pairs that are one of the judged events, too."""


def counted_background(mentions: Sequence[Mention]) -> Background:
    """Return the inverse document frequency of each word that two or more sentences hold."""
    counts = Counter(word for mention in mentions for word in words_of(mention))
    total = len(mentions)
    idf = {w: round(math.log(total / n), 2) for w, n in sorted(counts.items()) if n > 1}
    return Background(idf, round(math.log(total), 2))


def best_f1(truth: np.ndarray, log_odds: np.ndarray) -> float:
    """Return the log-odds with the best F1."""
    candidates = np.quantile(log_odds, np.linspace(0.05, 0.95, 91))
    return round(float(max(candidates, key=lambda t: f1_score(truth, log_odds >= t))), 2)


def fit_background(data: Path) -> Background:
    """Return how rare words are, counted over the train splits without the judged events."""
    pairs = [p for p in ecbplus(data, "train") if p.topic not in JUDGED_EVENTS]
    return counted_background(list(described([*pairs, *mrpc(data, "train")]).values()))


def fit_thresholds(data: Path) -> dict[str, float]:
    """Return both thresholds under the shipped background and policy."""
    pairs = [p for p in ecbplus(data, "train") if p.topic not in JUDGED_EVENTS]
    mentions = described(pairs)
    context = ComparisonContext(shipped().background, documents=document_context(pairs, mentions))
    log_odds = np.array([before_vetoes(compare(*placed(pair, mentions), context=context)) for pair in pairs])
    told = events(data, "dev")
    mentions = [mentions_of(list(read(event.documents))) for event in told]
    results = counts_of(told, mentions, tried(mentions))
    return {"same_event": best_f1(np.array([p.same for p in pairs]), log_odds), "join": lowest_join(results)}


def store(background: Background, thresholds: dict[str, float]) -> None:
    """Write ``weights/matching.json``; the next call of ``shipped`` reads it."""
    stored = {
        "algorithm": ALGORITHM,
        "fitted": {
            "on": "ecbplus_pairs and mrpc train without topic 8 (how rare words are), ecbplus_pairs train without it "
            "(same_event), the nine judged events (join)",
            "when": datetime.now(UTC).date().isoformat(),
            "by": "tests/benchmarks/fitting/matching.py",
        },
        "base": BASE,
        "thresholds": thresholds,
        "background": {"unseen": background.unseen, "idf": background.idf},
    }
    FILE.write_text(json.dumps(stored, separators=(",", ":")) + "\n", encoding="utf-8")
    shipped.cache_clear()


def main() -> None:
    """Fit and store; print the thresholds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    before: Weights = shipped()
    store(fit_background(data), {"same_event": before.same_event, "join": before.join})
    thresholds = fit_thresholds(data)
    store(shipped().background, thresholds)
    print(thresholds, "of", JOINS)


if __name__ == "__main__":
    main()
