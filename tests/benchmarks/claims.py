"""``./run bench claims``: are the statements of an event's articles put into the right claims? See docs/benchmarks.md.

The whole of reading and matching over the articles of each event, against places that people judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

from claims.engine.matching.grouping import group
from claims.engine.reading.mentions import read
from claims.engine.types import Mention
from tests.benchmarks._events import Event, events, judged_pairs, together
from tests.benchmarks.rows import Row, present

SET = "events"
ALIKE = 0.5
"""The baseline's cosine from which on two statements are one claim (average link)."""

Grouping = Callable[[Sequence[Mention]], Sequence[Sequence[int]]]


def run(data: Path, split: str) -> list[Row]:
    """Return precision, recall and F1 over pairs, and the share of the claims of several articles that are pure."""
    told = events(data, split) if present(data / "events" / split) else []
    if not told:
        return []
    mentions = [[m for reading in read(event.documents) for m in reading.mentions] for event in told]
    base, ours = (score(told, mentions, grouping) for grouping in (by_words, group))
    names = ("pair_precision", "pair_recall", "pair_f1", "pure_claims")
    return [Row(SET, name, b, o) for name, b, o in zip(names, base, ours, strict=True)]


def score(told: Sequence[Event], mentions: Sequence[Sequence[Mention]], grouping: Grouping) -> tuple[float, ...]:
    """Return the four figures of ``run`` for one way of grouping, over all events together."""
    right = wrong = wanted = several = pure = 0
    for event, read_there in zip(told, mentions, strict=True):
        judged, groups = judged_pairs(event, read_there), grouping(read_there)
        wanted += sum(judged.values())
        for members in groups:
            verdicts = [judged[pair] for pair in together([members]) if pair in judged]
            right += sum(verdicts)
            wrong += len(verdicts) - sum(verdicts)
            if len({read_there[i].article for i in members}) > 1:
                several += 1
                pure += all(verdicts)
    precision, recall = right / max(right + wrong, 1), right / max(wanted, 1)
    return precision, recall, 2 * right / max(2 * right + wrong + wanted - right, 1), pure / max(several, 1)


def by_words(mentions: Sequence[Mention]) -> list[list[int]]:
    """The baseline: average-link clusters by the cosine of TF-IDF."""
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform([m.quote for m in mentions]).toarray()
    distances = np.clip(1 - rows @ rows.T, 0, 2)[np.triu_indices(len(rows), 1)]
    labels = fcluster(linkage(distances, "average"), 1 - ALIKE, "distance")
    return [[i for i, label in enumerate(labels) if label == wanted] for wanted in sorted(set(labels))]
