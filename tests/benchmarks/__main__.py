"""``python -m tests.benchmarks NAME --data DIR [--split dev] [--json] [--freeze]``: measure one thing, or ``all``.

Of the split ``dev`` a figure is "seen" (rules or weights were chosen with these rows in view) unless its row says
otherwise; on any other split every figure is "unseen".
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks.rows import FROZEN, Row, frozen

NOT_BENCHES = {"__init__", "__main__", "rows"}
ALL = "all"
SEPARATE = {"agreement-speed"}
"""Benchmarks that need more than the developer's environment, and run only by their own name."""


def names() -> list[str]:
    """Return the names of the benchmarks that there are."""
    files = (p.stem for p in Path(__file__).parent.glob("*.py"))
    return sorted(n.replace("_", "-") for n in files if n not in NOT_BENCHES and not n.startswith("_"))


Figures = list[tuple[str, Row]]
"""Rows, each with the name of its benchmark."""


def show(title: str, figures: Figures, split: str) -> None:
    """Print one table of what was measured."""
    table = Table(title=title)
    for heading in ("bench", "set", "metric", "baseline", "frozen", "ours", "rows"):
        table.add_column(heading, justify="left" if heading in ("bench", "set", "metric", "rows") else "right")
    for bench, row in figures:
        values = (row.baseline, frozen(bench).get(f"{row.set}/{row.metric}"), row.ours)
        shown = ("-" if value is None else f"{value:.4f}" for value in values)
        table.add_row(bench, row.set, row.metric, *shown, "unseen" if is_unseen(row, split) else "seen")
    Console().print(table)


def is_unseen(row: Row, split: str) -> bool:
    """Return whether nothing was fitted or chosen with these rows in view."""
    return row.unseen or split != "dev"


def as_json(bench: str, rows: list[Row], split: str) -> str:
    """Return what was measured as one JSON object."""
    old = frozen(bench)
    lines = [
        {
            "set": row.set,
            "metric": row.metric,
            "baseline": row.baseline,
            "frozen": old.get(f"{row.set}/{row.metric}"),
            "ours": row.ours,
            "unseen": is_unseen(row, split),
        }
        for row in rows
    ]
    return json.dumps({"bench": bench, "split": split, "rows": lines})


def freeze(bench: str, rows: list[Row]) -> None:
    """Store the results as the frozen ones."""
    FROZEN.mkdir(exist_ok=True)
    new = {f"{row.set}/{row.metric}": round(row.ours, 4) for row in rows if row.ours is not None}
    (FROZEN / f"{bench}.json").write_text(json.dumps(new, indent=1) + "\n")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", choices=[*names(), ALL])
    parser.add_argument("--data", type=Path, default=None, help="folder of the evaluation sets")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--freeze", action="store_true", help="store these results as the frozen ones")
    args = parser.parse_args(argv)
    if args.data is None or not args.data.is_dir():
        print(
            "bench: --data DIR is needed: the folder of the evaluation sets (docs/benchmarks.md)",
            file=sys.stderr,
        )
        return 2
    wanted = [name for name in names() if name not in SEPARATE] if args.name == ALL else [args.name]
    figures: Figures = []
    for name in wanted:
        rows: list[Row] = import_module(f"tests.benchmarks.{name.replace('-', '_')}").run(args.data, args.split)
        figures += [(name, row) for row in rows]
        if args.json:
            print(as_json(name, rows, args.split), flush=True)
        if args.freeze:
            freeze(name, rows)
    if not args.json:
        show(args.name, figures, args.split)
    return 0


if __name__ == "__main__":
    sys.exit(main())
