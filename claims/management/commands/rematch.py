"""``./run manage rematch``: match all stories or one anew, and stop or take up a run."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import Rematch, Story
from claims.services import rematching


class Command(BaseCommand):
    """Queue a run over all stories, after a new algorithm for instance, or stop one."""

    help = "Match all stories anew, or one; the workers do it, and the desk shows how far they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--story", type=int, metavar="ID", help="only this story")
        what.add_argument("--stop", type=int, metavar="RUN", help="let a run end after the story at hand")
        what.add_argument("--resume", type=int, metavar="RUN", help="take up a run that was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["stop"] or options["resume"]:
            job = Rematch.objects.filter(pk=options["stop"] or options["resume"], finished_at__isnull=True).first()
            if job is None:
                raise CommandError("There is no such run that is not done.")
            (rematching.stop if options["stop"] else rematching.resume)(job.pk)
        else:
            if options["story"] and not Story.objects.filter(pk=options["story"], merged_into__isnull=True).exists():
                raise CommandError(f"There is no story {options['story']}.")
            job = rematching.request(options["story"])
        job.refresh_from_db()
        self.stdout.write(f"{job}{' (stopped)' if job.stop_requested else ''}")
