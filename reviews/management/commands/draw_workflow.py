"""``manage.py draw_workflow FILE``: draw the diagram and the tables of a document anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reviews.drawing import redraw
from reviews.people import GROUPS


class Command(BaseCommand):
    help = "Draw the diagram and the tables of a document (docs/reviewing.md) anew from the table of transitions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        document = options["file"].read_text(encoding="utf-8")
        options["file"].write_text(redraw(document, GROUPS), encoding="utf-8")
