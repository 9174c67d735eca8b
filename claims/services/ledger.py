"""The ledger of what people say apart from their decisions: notes and judgements, each chained when it is written.

One chain for the whole desk: whoever writes into it waits for whoever does so just now.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from claims import chain
from claims.models import Judgement, LedgerLine

Kind = LedgerLine.Kind
_LOCK = 0x6C656467  # "ledg"


@transaction.atomic
def append(kind: Kind, contents: Mapping[int, str]) -> None:
    """Write a line for each row (its id -> the hash of its content), in order of the ids."""
    if not contents:
        return
    _one_at_a_time()
    last = LedgerLine.objects.order_by("-sequence").first()
    now = timezone.now()
    for row, content in sorted(contents.items()):
        line = LedgerLine(
            sequence=last.sequence + 1 if last else 1,
            kind=kind,
            row=row,
            content=content,
            created_at=now,
            previous=last.hash if last else chain.LEDGER_GENESIS,
        )
        line.hash = chain.digest(line_fields(line))
        line.save(force_insert=True)
        last = line


def head() -> list[object]:
    """Return number and hash of the newest line: it vouches for all lines before; empty where there is none."""
    return list(LedgerLine.objects.order_by("-sequence").values_list("sequence", "hash").first() or ())


def line_fields(line: LedgerLine) -> dict[str, object]:
    """Return what a line's hash covers: every column but ``id`` and ``hash``."""
    names = (f.attname for f in line._meta.concrete_fields if f.attname not in {"id", "hash"})
    return {name: getattr(line, name) for name in names}


def judgement_content(given: Judgement) -> str:
    """Return the hash of a judgement as it was given; that it was taken back is a line of its own."""
    return chain.digest(
        {"word": [given.pk, given.left, given.right, given.word, given.why, given.by_id], "at": given.created_at}
    )


def withdrawal_content(judgement_id: int, at: datetime, by: int | None) -> str:
    """Return the hash of a judgement's withdrawal."""
    return chain.digest({"withdrawn": [judgement_id, by], "at": at})


def _one_at_a_time() -> None:
    """Let nobody else write a line until this transaction ends. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
