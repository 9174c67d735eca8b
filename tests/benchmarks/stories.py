"""Articles into events (``gva``, ``news_clusters``): pair F1 and B-cubed F1, articles arriving in order of date.

The baselines are those of the sets' makers (TF-IDF groups). Times and texts go through the product's own reading
(without the dependency parse, which digests do not use) and its own placing; nothing is grouped afterwards.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from claims.engine.matching.stories import Placed, Stories
from tests.benchmarks._digests import Article, gva, news_clusters
from tests.benchmarks.rows import Row

SETS: dict[str, tuple[Callable[[Path, str], list[Article]], float, float]] = {
    "gva": (gva, 0.57, 0.88),
    "news_clusters": (news_clusters, 0.75, 0.83),
}


def run(data: Path, split: str) -> list[Row]:
    """Return ``pair_f1`` and ``b3_f1`` for both sets."""
    rows = []
    for name, (load, pair_baseline, b3_baseline) in SETS.items():
        try:
            articles = load(data, split)
        except FileNotFoundError as missing:
            print(f"stories: {name} is left out: {missing.filename} is not there", file=sys.stderr)
            continue
        predicted, gold = grouped(articles), [article.event for article in articles]
        rows.append(Row(name, "pair_f1", pair_baseline, pair_f1(predicted, gold)))
        rows.append(Row(name, "b3_f1", b3_baseline, b_cubed_f1(predicted, gold)))
    return rows


def grouped(articles: Sequence[Article]) -> list[str]:
    """Place the articles in order; return the story of each."""
    stories = Stories()
    for article in articles:
        stories.add(Placed(article.key, article.title, article.published, article.digest))
    found = stories.stories()
    return [found[article.key] for article in articles]


def pair_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """F1 over pairs of articles: together in the prediction, together in the gold."""
    both = pairs_in(zip(predicted, gold, strict=True))
    return f1(both / max(1, pairs_in(predicted)), both / max(1, pairs_in(gold)))


def pairs_in(groups: object) -> int:
    """Count the pairs inside groups."""
    return sum(n * (n - 1) // 2 for n in Counter(groups).values())  # type: ignore[call-overload]


def b_cubed_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """B-cubed F1 (Bagga and Baldwin, 1998): precision and recall averaged over articles."""
    ours, theirs, joint = Counter(predicted), Counter(gold), Counter(zip(predicted, gold, strict=True))
    total = len(predicted)
    precision = sum(n * n / ours[p] for (p, _), n in joint.items()) / total
    recall = sum(n * n / theirs[g] for (_, g), n in joint.items()) / total
    return f1(precision, recall)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
