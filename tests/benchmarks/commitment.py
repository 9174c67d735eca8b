"""Commitment against ``commitment``: is what stands under a negation, modal, question or condition so, or not so?

The last sentence of a passage is parsed as an article's is, the complement is found in it by its words, and what
reading says of the complement's clause (``factuality.commitment``) gives a sign. Rows whose readers agree on a sign
(mean of 1 or more, either way) count. The baseline says no under a negation, else yes. ``half-0`` and ``half-1`` part
the rows by a hash of their ids: the table of predicates was made with a look at the errors of half-0 alone.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from claims.engine.reading.factuality.commitment import around
from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.parsing import parse, prepare
from claims.engine.types import Span
from tests.benchmarks.rows import Row, present

DECIDED = 1.0
"""Of the mean, from -3 to 3: from here on readers agree on a sign."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row of the set with what is said of it: ``gold`` and ``lean`` are 1 or -1."""

    id: str
    genre: str
    embedding: str
    gold: int
    lean: int

    @property
    def half(self) -> int:
        """Return 0 or 1, by a hash of the id."""
        return hashlib.sha256(self.id.encode()).digest()[-1] % 2


def event(doc: Doc, complement: str) -> Token:
    """Return the token (a verb, if there is one) whose subtree holds the words of ``complement`` best (Jaccard)."""
    wanted = _words(complement)

    def fit(token: Token) -> float:
        held = _words(" ".join(t.text for t in token.subtree))
        return len(wanted & held) / len(wanted | held)

    verbs = [t for t in doc if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")]
    return max(verbs or doc, key=lambda token: (round(fit(token), 6), -token.i))


def _words(text: str) -> frozenset[str]:
    return frozenset("".join(c if c.isalnum() else " " for c in text.lower()).split())


def judged(path: Path) -> Iterator[Judged]:
    """Yield the decided rows of a file of the set, each with what reading says of it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [r for r in rows if abs(float(r["mean"])) >= DECIDED]
    texts = [r["sentence"].replace("``", '"').replace("''", '"') for r in rows]
    parsed = parse(prepare(text, [Paragraph(Span(0, len(text)))]) for text in texts)
    for row, one in zip(rows, parsed, strict=True):
        lean = around(event(one.doc, row["complement"])).lean
        yield Judged(row["id"], row["genre"], row["embedding"], 1 if float(row["mean"]) > 0 else -1, lean)


def rows(name: str, found: list[Judged], *, unseen: bool = False) -> list[Row]:
    """Return the accuracy of the sign."""
    if not found:
        return []
    naive = sum((-1 if one.embedding == "negation" else 1) == one.gold for one in found) / len(found)
    return [Row(name, "sign_accuracy", naive, sum(one.lean == one.gold for one in found) / len(found), unseen)]


def run(data: Path, split: str) -> list[Row]:
    """Measure on ``commitment/SPLIT.tsv``: all rows, by half, by genre and by what embeds the complement."""
    if not present(path := data / "commitment" / f"{split}.tsv"):
        return []
    found = list(judged(path))
    result = rows("commitment", found)
    for half in (0, 1):
        result += rows(f"commitment/half-{half}", [one for one in found if one.half == half], unseen=half == 1)
    for genre in sorted({one.genre for one in found}):
        result += rows(f"commitment/{genre}", [one for one in found if one.genre == genre])
    for embedding in sorted({one.embedding for one in found}):
        result += rows(f"commitment/{embedding}", [one for one in found if one.embedding == embedding])
    return result
