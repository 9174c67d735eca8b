"""Files that come in over the desk: kept in the database, taken in by a job, as ``./run ingest`` takes them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.errors import IngestError
from claims.models import Intake, IntakeFile
from claims.services import steps
from claims.services.dates import parse_date
from claims.services.files import Refusal, Summary, ingest_files
from claims.services.ingest import NewArticle, tidied

TASK = "claims.tasks.take_in"
MOST_FILES = 50
MOST_BYTES = 20 * 1024 * 1024
"""Of all files that are sent together; more goes by ``./run ingest`` on the server."""

LOST = timedelta(minutes=5)
"""After so long a job that has not ended is taken for lost: longer than any may run."""

Upload = tuple[str, bytes]


@transaction.atomic
def receive(uploads: Sequence[Upload], given: NewArticle, *, by: User | None) -> Intake:
    """Keep files and queue the job that takes them in; ``given`` holds source, date and language of them all.

    Raises IngestError for none, too many or too much, and for what is said of them and cannot be.
    """
    if not uploads:
        raise IngestError("Choose at least one file.", field="uploads")
    if len(uploads) > MOST_FILES:
        raise IngestError(f"Too many files: at most {MOST_FILES} at once.", field="uploads")
    if sum(len(content) for _, content in uploads) > MOST_BYTES:
        raise IngestError(f"Too large: at most {MOST_BYTES // 1024 // 1024} MiB at once.", field="uploads")
    checked = tidied(given)
    published = given.published.isoformat() if given.published else ""
    about = {"source": checked.source, "language": checked.language, "published": published}
    intake = Intake.objects.create(by=by, given=about)
    files = [IntakeFile(intake=intake, name=name[:200] or "file", content=content) for name, content in uploads]
    IntakeFile.objects.bulk_create(files)
    transaction.on_commit(lambda: steps.send(TASK, intake.pk), robust=True)
    return intake


def take_in(intake_id: int, *, go_on: Callable[[], bool] = lambda: True) -> bool:
    """Take in one file after the other, until all are done or ``go_on()`` says no; whether all are done.

    A file that was begun and lost is taken in once more: its articles are known then, and none is doubled.
    """
    intake = Intake.objects.get(pk=intake_id)
    waiting = intake.files.filter(done_at__isnull=True).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        if not go_on():
            return False
        _touch(intake_id)
        file = IntakeFile.objects.get(pk=pk)
        if file.done_at is None:
            _keep(file, _summary(file, _about(intake)))
    return True


def resend_lost(now: datetime | None = None) -> int:
    """Queue again the intakes with files that nobody has been taking in for a while; how many."""
    since = (now or timezone.now()) - LOST
    waiting = IntakeFile.objects.filter(done_at__isnull=True, intake__worked_at__lt=since)
    found = sorted(set(waiting.values_list("intake", flat=True)))
    for intake_id in found:
        _touch(intake_id)
    return sum(steps.send(TASK, intake_id) for intake_id in found)


def _touch(intake_id: int) -> None:
    Intake.objects.filter(pk=intake_id).update(worked_at=timezone.now())


def _about(intake: Intake) -> NewArticle:
    given = dict(intake.given)
    published = given.pop("published", "")
    return NewArticle(**given, published=parse_date(published) if published else None)


def _summary(file: IntakeFile, about: NewArticle) -> Summary:
    with tempfile.TemporaryDirectory(prefix="verifier-intake-") as folder:
        path = Path(folder) / f"file{Path(file.name).suffix.lower()[:10]}"
        path.write_bytes(bytes(file.content or b""))
        ((_, summary),) = ingest_files([path], about)
    for told in (summary.refused, summary.notes):
        told[:] = [Refusal(one.where.replace(str(path), file.name), one.reason) for one in told]
    return summary


def _keep(file: IntakeFile, summary: Summary) -> None:
    """Write what came of a file, unless another process was faster, and forget its content."""
    IntakeFile.objects.filter(pk=file.pk, done_at__isnull=True).update(
        content=None,
        new=summary.new,
        known=summary.known,
        refused=[asdict(one) for one in summary.refused],
        notes=[asdict(one) for one in summary.notes],
        done_at=timezone.now(),
    )
