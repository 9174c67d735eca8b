"""``./run manage import_claimreview PATH...``: take in other publishers' verdicts, as evidence beside our claims."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.services.claimreviews import LARGEST, find, take_in


class Command(BaseCommand):
    help = "Take in ClaimReview of other publishers: saved pages, DataFeeds, JSON of the Fact Check Tools API."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for path in options["paths"]:
            try:
                if path.stat().st_size > LARGEST:
                    raise OSError(f"larger than {LARGEST} bytes")
                text = path.read_text(encoding="utf-8-sig", errors="replace")
            except OSError as error:
                refused += 1
                self.stderr.write(f"refused {path}: {error}")
                continue
            taken = take_in(find(text))
            self.stdout.write(
                f"{path}: {taken.new} new, {taken.changed} changed, {taken.known} known, "
                f"{taken.linked} about claims of the desk, {taken.ours} of our own left out"
            )
        if refused:
            raise CommandError(f"{refused} refused; everything else was taken")
