"""``python -m tests.benchmarks NAME --data DIR [--split dev] [--json] [--freeze]``: measure one thing."""

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


def names() -> list[str]:
    """Return the names of the benchmarks that there are."""
    files = (p.stem for p in Path(__file__).parent.glob("*.py"))
    return sorted(n.replace("_", "-") for n in files if n not in NOT_BENCHES and not n.startswith("_"))


def show(bench: str, rows: list[Row], old: dict[str, float]) -> None:
    table = Table(title=bench)
    for heading in ("set", "metric", "baseline", "frozen", "ours"):
        table.add_column(heading, justify="left" if heading in ("set", "metric") else "right")
    for row in rows:
        values = (row.baseline, old.get(f"{row.set}/{row.metric}"), row.ours)
        table.add_row(row.set, row.metric, *("-" if v is None else f"{v:.4f}" for v in values))
    Console().print(table)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", choices=names())
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
    module = import_module(f"tests.benchmarks.{args.name.replace('-', '_')}")
    rows: list[Row] = module.run(args.data, args.split)
    old = frozen(args.name)
    if args.json:
        lines = [
            {
                "set": r.set,
                "metric": r.metric,
                "baseline": r.baseline,
                "frozen": old.get(f"{r.set}/{r.metric}"),
                "ours": r.ours,
            }
            for r in rows
        ]
        print(json.dumps({"bench": args.name, "split": args.split, "rows": lines}))
    else:
        show(args.name, rows, old)
    if args.freeze:
        FROZEN.mkdir(exist_ok=True)
        new = {f"{r.set}/{r.metric}": round(r.ours, 4) for r in rows if r.ours is not None}
        (FROZEN / f"{args.name}.json").write_text(json.dumps(new, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
