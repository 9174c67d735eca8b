"""Fit ``claims/engine/weights/propositions.json``: ``python -m tests.benchmarks.fitting.propositions --data DIR``.

Fitted on ``propositions/dev.jsonl``: a candidate is right where it matches a proposition that people cut. ``crossed``
measures the recipe on texts about other things than those it was fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from claims.engine.reading.statements.choice import WEIGHTS, Model, stated
from claims.engine.reading.statements.listing import Candidate
from claims.engine.reading.statements.propositions import candidates
from claims.engine.reading.text.parsing import pipeline
from claims.engine.reading.tree import Tree
from tests.benchmarks._propositions import ALIKE, Cut, alike, figures, load, signs

STRENGTH = 0.15
"""Inverse regularisation."""
RAREST = 4
"""Sentences' candidates with a feature, at least."""
THRESHOLDS = np.arange(-1.6, 0.2, 0.05)

Read = tuple[Cut, list[Candidate], list[frozenset[int]]]


def read(rows: Sequence[Cut]) -> list[Read]:
    """Return for each sentence its candidates, and of which signs of the text each consists."""
    found = []
    for row, doc in zip(rows, pipeline().pipe([row.text for row in rows]), strict=True):
        tree = Tree(doc)
        offered = [one for sentence in doc.sents for one in candidates(tree, (sentence.start, sentence.end))]
        found.append((row, offered, [signs(row, doc, one.words) for one in offered]))
    return found


def fit(rows: Sequence[Read], threshold: float = 0.0) -> Model:
    """Fit a logistic model; each sentence counts by the root of the number of its candidates."""
    offered = [
        (one, said, row, len(all_) ** -0.5) for row, all_, sets in rows for one, said in zip(all_, sets, strict=True)
    ]
    labels = [
        max((alike(said, gold) for gold in row.propositions), default=0.0) >= ALIKE for _, said, row, _ in offered
    ]
    counts = Counter(name for one, *_ in offered for name in set(one.features))
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    place = {name: at for at, name in enumerate(names)}
    cells = [
        (line, place[name]) for line, (one, *_) in enumerate(offered) for name in set(one.features) if name in place
    ]
    lines, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (lines, columns)), shape=(len(offered), len(names)))
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(matrix, labels, sample_weight=[w for *_, w in offered])
    weights = {name: round(float(w), 3) for name, w in zip(names, fitted.coef_[0], strict=True) if abs(w) >= 0.001}
    return Model(float(fitted.intercept_[0]), threshold, weights)


def crossed(rows: Sequence[Read], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 where each text is cut by a model fitted on all others."""
    found: list[tuple[Cut, list[frozenset[int]]]] = []
    for group in sorted({row.group for row, *_ in rows}):
        model = _without(rows, group)
        model = Model(model.bias, threshold, model.features)
        found += [(row, chosen(offered, sets, model)) for row, offered, sets in rows if row.group == group]
    return figures(found)


_MODELS: dict[tuple[int, str], Model] = {}


def _without(rows: Sequence[Read], group: str) -> Model:
    key = (len(rows), group)
    if key not in _MODELS:
        _MODELS[key] = fit([one for one in rows if one[0].group != group])
    return _MODELS[key]


def chosen(offered: Sequence[Candidate], sets: Sequence[frozenset[int]], model: Model) -> list[frozenset[int]]:
    """Return the signs of the candidates that are stated."""
    by_words = {one.words: said for one, said in zip(offered, sets, strict=True)}
    return [by_words[one.words] for one in stated(offered, model)]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args(argv)
    rows = read(load(args.data / "propositions" / "dev.jsonl"))
    threshold = float(max(THRESHOLDS, key=lambda at: crossed(rows, at)[2]))
    precision, recall, f1 = crossed(rows, threshold)
    model = fit(rows)
    made = {
        "by": "tests/benchmarks/fitting/propositions.py",
        "on": f"propositions dev, {len(rows)} sentences",
        "when": datetime.now(UTC).date().isoformat(),
        "crossed by topic": {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)},
    }
    stored = {
        "provenance": made,
        "bias": round(model.bias, 4),
        "threshold": round(threshold, 3),
        "features": model.features,
    }
    WEIGHTS.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps(made, indent=1), WEIGHTS.stat().st_size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
