"""Fit weights/attribution.json: which constructions attribute a statement, learned from PolNeAR's train split.

``python -m tests.benchmarks.fitting.attribution --data DIR [--out FILE]``. A candidate is right where its cue is
the annotated one and its content overlaps the annotated content by half or more; of several, the closest.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from claims.engine.reading.attribution.candidates import RARE, UNKNOWN, Candidate, candidates
from claims.engine.reading.attribution.features import features
from claims.engine.reading.attribution.model import WEIGHTS, numbered, proposed
from claims.engine.reading.attribution.quotations import quotations
from claims.engine.reading.text.parsing import Parsed
from tests.benchmarks.attribution import Gold, gold_of, overlap, parsed_rows, rows_of, words

Example = tuple[list[str], int]


def cue_lexicon(rows: Sequence[dict[str, Any]], parsed: Sequence[Parsed]) -> dict[str, float]:
    """How often a lemma that could be a cue is one, for lemmas met three times or more."""
    seen: Counter[str] = Counter()
    cues: Counter[str] = Counter()
    for row, one in zip(rows, parsed, strict=True):
        marked = {i for gold in gold_of(row, one) for i in gold.cue}
        for sentence in one.doc.sents:
            for i in {candidate.cue for candidate in candidates(sentence)}:
                lemma = one.doc[i].lemma_.lower()
                seen[lemma] += 1
                cues[lemma] += i in marked
    return {
        lemma: round((cues[lemma] + UNKNOWN) / (number + 1), 3)
        for lemma, number in sorted(seen.items())
        if number >= 3 and (number >= 10 or cues[lemma])
    }


def examples(row: dict[str, Any], parsed: Parsed, cues: dict[str, float]) -> list[Example]:
    doc = parsed.doc
    gold = gold_of(row, parsed)
    quoted = numbered(quotations(parsed), len(doc))
    found = [one for sentence in doc.sents for one in proposed(sentence, quoted, cues)]
    good = right(parsed, found, gold, quoted)
    return [(list(features(doc, one, quoted)), int(number in good)) for number, one in enumerate(found)]


def right(parsed: Parsed, found: Sequence[Candidate], gold: Iterable[Gold], quoted: Sequence[int]) -> set[int]:
    """Numbers of the candidates that are right: the closest one for each annotated attribution."""
    doc = parsed.doc
    by_cue: defaultdict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        by_cue[one.cue].append(number)
    good: set[int] = set()
    for one in gold:
        wanted = words(doc, one.content)
        near = {doc[i].sent.start for i in one.cue}
        wanted = {i for i in wanted if doc[i].sent.start in near} or wanted
        scored = [
            (overlap(wanted, words(doc, (i for a, b in found[n].content for i in range(a, b)))), -n)
            for i in one.cue
            for n in by_cue.get(i, ())
        ]
        best = max(scored, default=(0.0, 0))
        if best[0] >= 0.5:
            good.add(-best[1])
    return good


def fit(data: Sequence[Example], c: float) -> tuple[float, dict[str, float]]:
    vectors = DictVectorizer(dtype=np.float32)
    counts = Counter(name for names, _ in data for name in set(names))
    x = vectors.fit_transform([{name: 1.0 for name in names if counts[name] >= 4} for names, _ in data])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    y = np.asarray([label for _, label in data])
    model = LogisticRegression(C=c, solver="liblinear", max_iter=300, random_state=1).fit(x, y)
    pairs = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(name): round(float(weight), 3) for name, weight in pairs if abs(weight) >= 0.03}
    return round(float(model.intercept_[0]), 4), dict(sorted(kept.items()))


def write(path: Path, bias: float, weights: dict[str, float], cues: dict[str, float], threshold: float) -> None:
    record = {
        "about": "Logistic weights of attribution candidates; see tests/benchmarks/fitting/attribution.py",
        "fitted_on": "PolNeAR, train split",
        "bias": bias,
        "threshold": threshold,
        "cues": cues,
        "weights": weights,
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def fit_all(rows: Sequence[dict[str, Any]], parsed: Sequence[Parsed], out: Path, c: float, threshold: float) -> None:
    cues = cue_lexicon(rows, parsed)
    data = [one for row, doc in zip(rows, parsed, strict=True) for one in examples(row, doc, cues)]
    random.Random(1).shuffle(data)  # noqa: S311
    bias, weights = fit(data, c)
    write(out, bias, weights, cues, threshold)
    rare = sum(value < RARE for value in cues.values())
    print(f"{len(data)} candidates, {len(weights)} weights, {len(cues)} cues ({rare} rare)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--c", type=float, default=0.3)
    parser.add_argument("--threshold", type=float, default=0.24)
    args = parser.parse_args()
    rows = rows_of(args.data, "train")
    fit_all(rows, list(parsed_rows(rows)), args.out, args.c, args.threshold)


if __name__ == "__main__":
    main()
