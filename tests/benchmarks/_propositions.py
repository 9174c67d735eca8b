"""Sentences that people cut into propositions, and the rule by which two ways of cutting are compared.

A proposition is a set of signs: a run of letters and digits, or one other mark. Two match at a Jaccard of .8 or more,
one to one, as many as can be; precision and recall are means over sentences, F1 is of these two means (the rule of
PropSegEnt, the paper behind the set).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from spacy.tokens import Doc

ALIKE = 0.8
_SIGN = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Cut:
    """A sentence, the offsets of its signs, its propositions as numbers of signs, and what its text is about."""

    text: str
    offsets: tuple[tuple[int, int], ...]
    propositions: tuple[frozenset[int], ...]
    group: str


def load(path: Path) -> list[Cut]:
    """Return the sentences of a set, in order."""
    return [_cut(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _cut(row: dict) -> Cut:
    offsets = tuple((m.start(), m.end()) for m in _SIGN.finditer(row["text"]))
    propositions = tuple(_within(offsets, spans) for spans in row["propositions"])
    return Cut(row["text"], offsets, propositions, row["cluster"])


def _within(offsets: Sequence[tuple[int, int]], spans: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(n for n, (a, b) in enumerate(offsets) if any(a < end and start < b for start, end in spans))


def signs(row: Cut, doc: Doc, words: Iterable[int]) -> frozenset[int]:
    """Return of which signs of a sentence some words of its parse consist."""
    return _within(row.offsets, [(doc[i].idx, doc[i].idx + len(doc[i])) for i in words])


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how much two propositions share (Jaccard)."""
    return len(one & other) / max(len(one | other), 1)


def figures(found: Iterable[tuple[Cut, Sequence[frozenset[int]]]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of what was found in each sentence."""
    precisions, recalls = [], []
    for row, ours in found:
        matches = np.array([[alike(one, gold) >= ALIKE for gold in row.propositions] for one in ours], dtype=float)
        hits = matches[linear_sum_assignment(-matches)].sum() if matches.size else 0.0
        precisions.append(hits / len(ours) if ours else 0.0)
        recalls.append(hits / max(len(row.propositions), 1))
    precision, recall = float(np.mean(precisions)), float(np.mean(recalls))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
