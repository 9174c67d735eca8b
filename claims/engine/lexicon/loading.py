"""The one loader of language data: word lists (``*.txt``) and tables (``*.csv``) beside this file.

Every file begins with comment lines (``#``) that say what it holds and where it comes from. A word list holds words
divided by white space. A table's first line names its columns; ``|`` divides several ways to write one thing.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of the list ``name`` ("en/denials")."""
    return frozenset(word for line in _lines(name, "txt") for word in line.split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the lines of the list ``name``, one entry a line, in order."""
    return tuple(_lines(name, "txt"))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table ``name`` ("en/units"), each a dict by column, in order.

    Raises ValueError, naming the file, for a row that has more or fewer fields than the header.
    """
    rows = list(csv.DictReader(_lines(name, "csv"), restkey="", restval=None))
    if any("" in row or None in row.values() for row in rows):
        raise ValueError(f"lexicon/{name}.csv: a row has more or fewer fields than the header")
    return tuple(rows)


def _lines(name: str, suffix: str) -> list[str]:
    text = (_HERE / f"{name}.{suffix}").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
