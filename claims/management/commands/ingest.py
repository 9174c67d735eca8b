"""``./run ingest PATH...``: take in files and folders, and see their claims through to the score."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from claims.management.paths import from_here
from claims.models import ArticleStep
from claims.services import inline
from claims.services.dates import parse_date
from claims.services.files import Summary, find_files, ingest_files
from claims.services.ingest import NewArticle

POLL = 0.5


class Command(BaseCommand):
    help = "Take in articles from files (.txt .html .json .jsonl) and folders. The same article twice is one article."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=from_here, metavar="PATH")
        parser.add_argument("--source", default="", help="outlet of articles that do not name theirs")
        parser.add_argument("--published", default="", help="date (ISO 8601) of articles that do not name theirs")
        parser.add_argument("--language", default="", help="language tag of the articles, such as en")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--inline", action="store_true", help="read, match and score in this process")
        how.add_argument("--wait", type=int, metavar="SECONDS", default=0, help="wait for the workers to finish")

    def handle(self, *args: Any, **options: Any) -> None:
        given = self._given(options)
        console = Console(stderr=True, no_color=options["no_color"])
        summary = self._take_in(options["paths"], given, console)
        if options["inline"]:
            self._inline(console)
        elif options["wait"]:
            self._wait(options["wait"], console)
        self._report(summary)
        if summary.refused:
            raise CommandError(f"{len(summary.refused)} refused; everything else was taken")

    def _given(self, options: dict[str, Any]) -> NewArticle:
        try:
            published = parse_date(options["published"]) if options["published"] else None
        except ValueError:
            raise CommandError(f"--published: not a date in ISO 8601: {options['published']!r}") from None
        return NewArticle(source=options["source"], language=options["language"], published=published)

    def _take_in(self, paths: list[Path], given: NewArticle, console: Console) -> Summary:
        total = sum(1 for _ in find_files(paths))
        whole = Summary()
        with _progress(console) as progress:
            task = progress.add_task("Taking in", total=total)
            for path, summary in ingest_files(paths, given):
                progress.update(task, advance=1, description=f"Taking in {path.name[:40]}")
                whole.new += summary.new
                whole.known += summary.known
                whole.notes += summary.notes
                whole.refused += summary.refused
        return whole

    def _inline(self, console: Console) -> None:
        with _progress(console) as progress:
            task = progress.add_task("Reading, matching, scoring", total=None)
            for done, total in inline.process():
                progress.update(task, completed=done, total=total)

    def _wait(self, seconds: int, console: Console) -> None:
        """Watch the rows until no step is missing, or the time is over: the workers go on either way."""
        end = time.monotonic() + seconds
        with _progress(console) as progress:
            task = progress.add_task("Waiting for the workers", total=None)
            while (left := inline.remaining()) and time.monotonic() < end:
                progress.update(task, description=f"Waiting for the workers: {left} steps left")
                time.sleep(POLL)
        if left:
            self.stderr.write(f"{left} steps are still open after {seconds} s; the workers go on with them.")

    def _report(self, summary: Summary) -> None:
        self.stdout.write(f"{len(summary.new)} new, {summary.known} known, {len(summary.refused)} refused")
        for note in summary.notes:
            self.stderr.write(f"note {note.where}: {note.reason}")
        for refusal in summary.refused:
            self.stderr.write(f"refused {refusal.where}: {refusal.reason}")
        parked = ArticleStep.objects.filter(parked_at__isnull=False, article_id__in=summary.new).select_related(
            "article"
        )
        for step in parked:
            self.stderr.write(f"parked at {step.name}: {step.article.title[:60]}: {step.error.splitlines()[0][:200]}")


def _progress(console: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True)
