"""Reads the sets of sentence pairs (``ecbplus_pairs``, ``mrpc``) and describes their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from claims.engine.matching.document_context import DocumentContext, document_context_of
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and their documents: ``same`` as labelled, the ``kind`` of pair, and the ``topic`` of the first."""

    same: bool
    kind: str
    topic: str
    left: str
    right: str
    left_document: str = ""
    right_document: str = ""


def ecbplus(data: Path, split: str) -> list[Pair]:
    """Return the pairs of ``ecbplus_pairs/<split>.tsv``."""
    pairs = []
    for line in _lines(data / "ecbplus_pairs" / f"{split}.tsv"):
        label, kind, first, second, *texts = line.split("\t")
        left, right = (t for t in texts if t.strip())  # a few sentences end in a tab
        pairs.append(Pair(label == "1", kind, first.split("_")[0], left, right, _document(first), _document(second)))
    return pairs


def _document(name: str) -> str:
    return name.partition("#")[0]


def mrpc(data: Path, split: str) -> list[Pair]:
    """Return the pairs of ``mrpc/<split>.tsv``."""
    pairs = []
    for line in _lines(data / "mrpc" / f"{split}.tsv"):
        label, _, _, left, right = line.split("\t")
        pairs.append(Pair(label == "1", "paraphrase", "", left, right))
    return pairs


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")[1:]


def document_context(pairs: Iterable[Pair], mentions: Mapping[str, Mention]) -> DocumentContext:
    """Return how alike the documents are, as far as the set's own sentences show them. No label is used."""
    sentences = {(d, t) for p in pairs for d, t in ((p.left_document, p.left), (p.right_document, p.right))}
    return document_context_of(replace(mentions[text], article=document) for document, text in sorted(sentences))


def placed(pair: Pair, mentions: Mapping[str, Mention]) -> tuple[Mention, Mention]:
    """Return the two mentions of a pair, each in its document."""
    return (
        replace(mentions[pair.left], article=pair.left_document),
        replace(mentions[pair.right], article=pair.right_document),
    )


def described(pairs: Iterable[Pair]) -> dict[str, Mention]:
    """Return the mention of each sentence of ``pairs``, by its text."""
    sentences = sorted({text for pair in pairs for text in (pair.left, pair.right)})
    return dict(zip(sentences, describe(sentences), strict=True))
