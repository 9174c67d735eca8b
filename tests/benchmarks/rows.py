"""What every benchmark returns, and the results frozen at the last release."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

FROZEN = Path(__file__).parent / "frozen"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure: on which set, by which metric, the naive baseline's value and ours (None: has none).

    ``unseen``: nothing was fitted or chosen with these rows in view, as with an event or a half that was left out.
    """

    set: str
    metric: str
    baseline: float | None
    ours: float | None
    unseen: bool = False


def frozen(bench: str) -> dict[str, float]:
    """Return ``{"set/metric": value}`` as frozen for ``bench``, empty where nothing was frozen yet."""
    path = FROZEN / f"{bench}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def present(path: Path) -> bool:
    """Return whether a set's file or folder is there; one that is not is named on stderr: its rows are left out."""
    if not path.exists():
        print(f"left out: {path} is not there", file=sys.stderr)
    return path.exists()
