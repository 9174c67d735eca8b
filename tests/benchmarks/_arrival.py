"""An empty desk on a SQLite file that is thrown away, and an article that goes the whole way through it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command


@contextmanager
def empty_desk() -> Iterator[None]:
    """Set Django up on a new database; ends with the file. Once a process."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/desk.sqlite3"
        os.environ |= {"VERIFIER_TASKS_INLINE": "true", "DJANGO_SETTINGS_MODULE": "verifier.settings"}
        django.setup()
        call_command("migrate", verbosity=0)
        yield


def arrive(text: str, title: str, source: str) -> None:
    """Take an article in, read, match, re-match and score, as a worker would."""
    from claims.models import StepName  # noqa: PLC0415 - models exist only once the database has an address
    from claims.services import extraction, matching, rematching, scoring, steps  # noqa: PLC0415
    from claims.services.ingest import NewArticle, ingest  # noqa: PLC0415

    article = ingest(NewArticle(text=text, title=title, source=source)).article.pk
    steps.attempt(article, StepName.EXTRACT, extraction.extract)
    changed = set(steps.attempt(article, StepName.MATCH, matching.match) or ())
    story = rematching.at_once(article)
    if story is not None:
        changed.update(rematching.rematch_story(story))
    for claim in sorted(changed):
        scoring.score(claim)
