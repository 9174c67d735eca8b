"""``./run manage seed``: load the starter data; again and again without harm."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from claims.services import inline
from seeds.loader import load


class Command(BaseCommand):
    help = "Load the starter data: a few sources and five articles on one event."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--inline", action="store_true", help="read, match and score in this process too")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load()
        if options["inline"] or settings.TASKS_INLINE:
            for _ in inline.process():
                pass
        self.stdout.write(f"{loaded.new} new, {loaded.known} known")
