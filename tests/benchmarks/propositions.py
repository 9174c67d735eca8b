"""``./run bench propositions``: does reading cut sentences into the statements that people find in them?

Calls what reading runs (``statements.choice.stated``). On the split on which the weights were fitted each sentence is
cut by a model fitted on the texts about other things. The rows of the events say how many of the places, and of the
pairs of places, that people judged a statement stands at; the baseline takes the mentions without what is nested.
"""

from __future__ import annotations

from pathlib import Path

from claims.engine.reading.mentions import read
from claims.engine.reading.statements.choice import shipped
from tests.benchmarks import _places
from tests.benchmarks._events import events
from tests.benchmarks._propositions import Cut, figures, load
from tests.benchmarks.fitting import propositions as fitting
from tests.benchmarks.rows import Row, present

SET, EVENTS = "propositions", "events"
FITTED_ON = "dev"


def run(data: Path, split: str) -> list[Row]:
    """Return precision, recall and F1; the baseline takes each sentence for one statement."""
    path = data / "propositions" / f"{split}.jsonl"
    rows = of_sentences(path, split) if present(path) else []
    return [*rows, *(of_events(data, split) if present(data / "events" / split) else [])]


def of_events(data: Path, split: str) -> list[Row]:
    """Return which of the judged places, and of the pairs of places, statements stand at."""
    told = events(data, split)
    found = [[m for one in read(event.documents, nested=True) for m in (*one.mentions, *one.nested)] for event in told]
    return _places.rows(EVENTS, told, found)


def of_sentences(path: Path, split: str) -> list[Row]:
    """Return how well single sentences are cut."""
    cut = fitting.read(load(path))
    base = figures([(row, _whole(row)) for row, *_ in cut])
    model = shipped()
    if split == FITTED_ON:
        ours = fitting.crossed(cut, model.threshold)
    else:
        ours = figures([(row, fitting.chosen(offered, sets, model)) for row, offered, sets in cut])
    return [Row(SET, name, b, o) for name, b, o in zip(("precision", "recall", "f1"), base, ours, strict=True)]


def _whole(row: Cut) -> list[frozenset[int]]:
    stop = row.text.rstrip().endswith((".", "!", "?"))
    return [frozenset(range(len(row.offsets) - stop))]
