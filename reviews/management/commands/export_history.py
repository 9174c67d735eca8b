"""``manage.py export_history``: the history of all reviews as lines of JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reviews.services.exporting import export


class Command(BaseCommand):
    help = "Write every event of the history as a line of JSON, to a file or to the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="the file to write; else the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["out"] is None:
            for line in export():
                self.stdout.write(line, ending="")
            return
        with options["out"].open("w", encoding="utf-8") as file:
            file.writelines(export())
