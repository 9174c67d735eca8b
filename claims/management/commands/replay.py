"""``./run manage replay CLAIM [--number N]``: score a claim as a stored version did, and say what changed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from claims.errors import VerifierError
from claims.models import Assessment
from claims.services.replaying import Replay, replay

EXACT = 1e-9


class Command(BaseCommand):
    """Score a claim as a stored version of its assessment did; show what changed since the version before, and why."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("claim", type=int, help="id of the claim")
        parser.add_argument(
            "--number", type=int, default=None, metavar="N", help="version of the assessment (default: the latest)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            result = replay(options["claim"], options["number"])
        except Assessment.DoesNotExist as error:
            raise CommandError(f"claim {options['claim']} has no such version of an assessment") from error
        except VerifierError as error:
            raise CommandError(error.message) from error
        show(result, Console(file=self.stdout, width=120))  # type: ignore[arg-type]
        if result.difference > EXACT:
            raise CommandError(f"the repeated score differs by {result.difference:.3g}: its evidence was changed")


def show(result: Replay, console: Console) -> None:
    """Print a replay."""
    stored = result.stored
    console.print(f"claim {stored.claim_id}, version {stored.version}, {stored.algorithm}: {stored.explanation}")
    console.print(
        f"stored log-odds {stored.log_odds:+.4f} (p {stored.probability:.3f}, {stored.suggested}); "
        f"scored again {result.again.log_odds:+.4f}"
    )
    table = Table(title="lines")
    for heading in ("origin", "before", "after", "what happened"):
        table.add_column(heading)
    for line in result.lines:
        values = ("-" if v is None else f"{v:+.3f}" for v in (line.before, line.after))
        table.add_row(line.label, *values, line.reason)
    if result.lines:
        console.print(table)
    for reason in result.reasons:
        console.print(f"- {reason}")
