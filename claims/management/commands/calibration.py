"""``./run manage calibration``: the probabilities of decided claims against what was decided."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from claims.admin.drawing.calibration import reliability_diagram
from claims.services.reliability import calibrate, calibration_report


class Command(BaseCommand):
    """Compare the probabilities of decided claims with their verdicts; --fit learns the stance channel from them."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--svg", type=Path, default=None, metavar="FILE", help="write the reliability diagram")
        parser.add_argument("--fit", action="store_true", help="fit the stance channel to the verdicts first")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        console = Console(file=self.stdout, width=100)  # type: ignore[arg-type]
        if options["fit"]:
            fitted = calibrate()
            console.print("parameters as before" if fitted is None else str(fitted))
        report = calibration_report()
        if not report.count:
            console.print("No claim has been decided yet.")
            return
        table = Table(title=f"{report.count} decided claims")
        for heading in ("probability", "claims", "stated", "held"):
            table.add_column(heading, justify="right")
        for b in report.bins:
            table.add_row(f"{b.low:.1f} to {b.high:.1f}", str(b.count), f"{b.stated:.3f}", f"{b.observed:.3f}")
        console.print(table)
        console.print(f"accuracy {report.accuracy:.3f}, Brier score {report.brier:.3f}")
        console.print(
            f"calibration error {report.ece:.3f}; a perfectly calibrated score would show {report.ece_by_chance:.3f} "
            f"on so many; z {report.z:+.2f} (beyond 2 either way: not calibrated)"
        )
        if options["svg"]:
            options["svg"].write_text(reliability_diagram(report))
            console.print(f"diagram written to {options['svg']}")
