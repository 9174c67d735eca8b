"""``./run manage unjoin STORY``: take a story out again that the machine joined to another one by mistake."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import StoryJoin
from claims.services import rematching
from claims.services.stories import unjoin_stories


class Command(BaseCommand):
    """Give a joined story its articles and claims back; the machine does not join the two again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("story", type=int, help="id of the story that was joined to another one")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        joins = StoryJoin.objects.filter(story=options["story"], joined_at__isnull=False, undone_at__isnull=True)
        join = joins.first()
        if join is None:
            raise CommandError(f"story {options['story']} is not joined to another one")
        unjoin_stories(join.pk)
        for story in (join.story_id, join.into_id):
            rematching.request(story)
        self.stdout.write(f"story {join.story_id} was taken out of story {join.into_id}; both are matched anew")
