"""``./run analyse IN.jsonl --out OUT.jsonl``: the whole engine over a set of articles, without a database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.data import starter
from claims.engine import pipeline
from claims.management.paths import from_here
from claims.services.batches import BatchError, read_documents


class Command(BaseCommand):
    help = "Read, match and score a file of articles (JSON lines); write one claim a line. No database is used."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("input", type=from_here, metavar="IN.jsonl")
        parser.add_argument("--out", type=from_here, required=True, metavar="OUT.jsonl")
        parser.add_argument(
            "--explain",
            type=from_here,
            metavar="REPORT.jsonl",
            help="write what was read of each sentence, and why not",
        )
        parser.add_argument("--processes", type=int, default=1, help="processes that read")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            documents = read_documents(options["input"])
        except BatchError as error:
            raise CommandError(error.message) from error
        claims = pipeline.analyse(
            documents, model=settings.LANGUAGE_MODEL, processes=options["processes"], leaders=starter.leaders()
        )
        _write(options["out"], map(pipeline.as_record, claims))
        if options["explain"]:
            told = pipeline.explain(documents, model=settings.LANGUAGE_MODEL, processes=options["processes"])
            _write(options["explain"], told)
        sys.stderr.write(f"{len(documents)} articles, {len(claims)} claims -> {options['out']}\n")


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Write beside the target first, so that a failure leaves the old file whole."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            stream.writelines(orjson.dumps(record) + b"\n" for record in records)
        part.replace(path)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror or error}") from error
