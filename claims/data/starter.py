"""The files beside this one as records. No database is used, so ``./run analyse`` and the benchmarks read them too."""

from __future__ import annotations

import csv
from pathlib import Path

from claims.engine.agreement.provenance.leaders import Leader

LEADERS = Path(__file__).parent / "leaders.csv"


def leaders() -> list[Leader]:
    """Return who leads which state, and in which whole years."""
    with LEADERS.open(encoding="utf-8", newline="") as rows:
        return [
            Leader(
                row["name"], row["state"], int(row["first_year"]), int(row["last_year"]) if row["last_year"] else None
            )
            for row in csv.DictReader(rows)
        ]
