"""Fit weights/pronouns.json: what speaks for whom "he" or "she" may stand, learned from GAP and from GUM's Wikinews.

``python -m tests.benchmarks.fitting.pronouns --data DIR [--judge] [--out FILE]``. A conditional logistic model over the
candidates of a pronoun: who is meant is right, and where neither name of a GAP passage is, both are wrong. Other
pronouns of a text are told by the weights of the round before. ``--judge`` fits on one half of the passages and of the
articles, judges on the other, then turns them round; the shipped weights are fitted on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claims.engine.reading.people.pronouns import WEIGHTS, Weights, compared, remember, scenes, voices_of, weigh
from tests.benchmarks.pronouns import (
    Passage,
    Read,
    asked,
    gap_scores,
    gum_scores,
    means,
    overlaps,
    passages,
    places_of,
    read_texts,
    token_at,
)

START = {"distance0": 0.5, "distance1": 0.2, "distance2": -0.5, "distance3": -1.0, "rank": -0.3, "subject": 1.0}
Example = tuple[list[dict[str, float]], list[bool], list[bool]]
"""The candidates of a pronoun, which of them are right, and which of them the passage says anything about."""


def example(passage: Passage, read: Read, weights: Weights) -> Example | None:
    at = token_at(read.parsed, passage.pronoun)
    voices = voices_of(read.attributed, read.registry)
    for token, scene in scenes(read.parsed.doc, read.registry, read.attributed, voices):
        if token.i != at:
            remember(scene, token, weigh(scene, token, weights).who)
            continue
        found = compared(scene, token)
        places = [places_of(read, who) for who in found]
        right = [any(m and overlaps(p, s) for s, m in zip(passage.names, passage.meant, strict=True)) for p in places]
        named = [any(overlaps(p, s) for s in passage.names) for p in places]
        known = [True] * len(right) if any(passage.meant) else named
        return list(found.values()), right, known
    return None


def fit(examples: Sequence[Example], rounds: int = 250, penalty: float = 0.5) -> dict[str, float]:
    """Maximise the likelihood of the right candidate (else of nobody), with a ridge penalty."""
    names = sorted({name for rows, _, _ in examples for row in rows for name in row})
    index = {name: n for n, name in enumerate(names)}
    data = []
    for rows, right, known in examples:
        kept = [n for n, k in enumerate(known) if k]
        x = np.zeros((len(kept) + 1, len(names)))
        for at, n in enumerate(kept):
            for name, value in rows[n].items():
                x[at, index[name]] = value
        y = np.asarray([*(float(right[n]) for n in kept), 0.0])
        if not y.sum():
            y[-1] = 1.0
        data.append((x, y / y.sum()))
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, rounds + 1):
        gradient = -penalty * w
        for x, y in data:
            z = x @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            gradient += x.T @ (y - p)
        gradient /= len(data)
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        w += 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(w[n]), 3) for name, n in index.items() if abs(w[n]) >= 0.02}


def articles(data: Path) -> list[dict[str, Any]]:
    lines = (data / "gum_coref" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def examples_of(row: dict[str, Any], read: Read, weights: Weights) -> Iterator[Example]:
    """The pronouns of an annotated article that stand for somebody named before, whom the candidates hold."""
    wanted = {token_at(read.parsed, offset): (entity, before) for offset, entity, before in asked(row)}
    voices = voices_of(read.attributed, read.registry)
    for token, scene in scenes(read.parsed.doc, read.registry, read.attributed, voices):
        if token.i in wanted:
            entity, before = wanted[token.i]
            found = compared(scene, token)
            right = [means(read, who, entity, before) for who in found]
            if any(right):
                yield list(found.values()), right, [True] * len(right)
        remember(scene, token, weigh(scene, token, weights).who)


def trained(texts: Texts, sure: float) -> Weights:
    weights = Weights(START, sure)
    for _ in range(3):
        found = [one for passage, read in texts.passages if (one := example(passage, read, weights)) is not None]
        for row, read in texts.articles:
            found += examples_of(row, read, weights)
        weights = Weights(fit(found), sure)
    return weights


@dataclass(frozen=True, slots=True)
class Texts:
    """What is fitted on or judged: passages of GAP and articles of GUM, as the product reads them."""

    passages: list[tuple[Passage, Read]]
    articles: list[tuple[dict[str, Any], Read]]

    def half(self, number: int) -> Texts:
        return Texts(self.passages[number::2], self.articles[number::2])


def judged(texts: Texts, sure: float) -> None:
    for number in (0, 1):
        weights, other = trained(texts.half(number), sure), texts.half(1 - number)
        news = [one for one in other.articles if one[0]["genre"] == "news"]
        for row in [*gap_scores(other.passages, weights), *gum_scores(news, weights)]:
            print(f"fitted on half {number}, judged on the other: {row.set} {row.metric} {row.ours:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--sure", type=float, default=0.5)
    args = parser.parse_args()
    found, rows = passages(args.data / "gap" / "dev.tsv"), articles(args.data)
    texts = Texts(
        list(zip(found, read_texts(one.text for one in found), strict=True)),
        list(zip(rows, read_texts(one["text"] for one in rows), strict=True)),
    )
    if args.judge:
        judged(texts, args.sure)
        return
    weights = trained(texts, args.sure)
    record = {
        "about": "Conditional logistic weights of whom a pronoun stands for; see tests/benchmarks/fitting/pronouns.py",
        "fitted_on": "GAP and GUM's Wikinews, dev",
        "sure": args.sure,
        "weights": weights.weights,
    }
    args.out.write_text(json.dumps(record, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights.weights)} weights")


if __name__ == "__main__":
    main()
