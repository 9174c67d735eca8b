"""Reads the sets of sentence pairs (``ecbplus_pairs``, ``mrpc``) and describes their sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claims.engine.reading.mentions import describe

from claims.engine.types import Mention


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences: ``same`` as labelled, the ``kind`` of the pair, and the ``topic`` it was drawn from."""

    same: bool
    kind: str
    topic: str
    left: str
    right: str


def ecbplus(data: Path, split: str) -> list[Pair]:
    """Return the pairs of ``ecbplus_pairs/<split>.tsv``."""
    pairs = []
    for line in _lines(data / "ecbplus_pairs" / f"{split}.tsv"):
        label, kind, first, _, *texts = line.split("\t")
        left, right = (t for t in texts if t.strip())  # a few sentences end in a tab
        pairs.append(Pair(label == "1", kind, first.split("_")[0], left, right))
    return pairs


def mrpc(data: Path, split: str) -> list[Pair]:
    """Return the pairs of ``mrpc/<split>.tsv``."""
    pairs = []
    for line in _lines(data / "mrpc" / f"{split}.tsv"):
        label, _, _, left, right = line.split("\t")
        pairs.append(Pair(label == "1", "paraphrase", "", left, right))
    return pairs


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")[1:]


def described(pairs: Iterable[Pair]) -> dict[str, Mention]:
    """Return the mention of each sentence of ``pairs``, by its text."""
    sentences = sorted({text for pair in pairs for text in (pair.left, pair.right)})
    return dict(zip(sentences, describe(sentences), strict=True))
