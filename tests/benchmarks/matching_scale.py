"""What one more article costs at 1,000, 10,000 and 100,000 stored ones (``matching-scale``), on a real PostgreSQL.

The stored articles are made up: events with words and names of their own over a vocabulary in which few words are
common and most are rare, three alike articles an event, spread over time. They are stored as the placing service would
have left them; then new articles, half on known events and half on new ones, go through ``place_article``. A scratch
server is started for it from the binaries of the tests and thrown away.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command
from django.db import connection

from claims.engine.matching import stories as engine
from claims.engine.types import Digest
from tests.benchmarks.rows import Row
from tests.postgres import start_postgres

if TYPE_CHECKING:
    from claims.models import Article, Source, Story

SIZES = (1_000, 10_000, 100_000)
A_STORY = 3
TIMED = 60
START = datetime(2020, 1, 1, tzinfo=UTC)
A_DAY = 150
"""Articles that the desk takes in a day."""


def run(data: Path, split: str) -> list[Row]:
    """Return the median milliseconds for one more article at each size, and how much they grow from first to last."""
    del data, split
    with tempfile.TemporaryDirectory() as folder:
        server = start_postgres(Path(folder) / "postgres")
        try:
            os.environ["DATABASE_URL"] = server.url
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")
            django.setup()
            call_command("migrate", verbosity=0)
            times = measured()
        finally:
            connection.close()
            server.child.stop(5)
    rows = [Row("matching_scale", f"milliseconds_at_{size}", None, 1000 * times[size]) for size in SIZES]
    return [*rows, Row("matching_scale", "growth", None, times[SIZES[-1]] / times[SIZES[0]])]


def measured() -> dict[int, float]:
    """Return the median seconds for one more article at each size."""
    desk = Desk.opened()
    times = {}
    for size in SIZES:
        desk.store(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        times[size] = statistics.median(desk.timed())
    return times


@dataclass(slots=True)
class World:
    """A made-up stream of news: event ``n`` always has the same words and names."""

    chance: random.Random

    def word(self) -> str:
        """A word; the k-th most common one is met about in proportion to 1 / k."""
        return f"word{int(20_000 ** self.chance.random())}"

    def article(self, event: int) -> Digest:
        """Another article on an event."""
        own = random.Random(event)  # noqa: S311 - made-up data
        theirs = [f"word{own.randrange(300, 20_000)}" for _ in range(40)]
        names = [f"name{own.randrange(40_000)}" for _ in range(6)] + [f"place{int(500 ** own.random())}"]
        words = Counter(self.chance.sample(theirs, 25)) + Counter(self.word() for _ in range(120))
        kept = self.chance.sample(names, 5)
        return Digest(
            terms={**words, **dict.fromkeys(kept, 2)},
            entities=dict.fromkeys(kept, 2),
            places=tuple(n for n in kept if n.startswith("place")),
            title_terms=tuple(theirs[:6]),
            lead=tuple(theirs[:20]),
            numbers=(str(own.randrange(100)), str(self.chance.randrange(100))),
        )


@dataclass(slots=True)
class Desk:
    """The database being filled."""

    source: Source
    world: World
    stored: int = 0
    fresh: int = 10_000_000

    @classmethod
    def opened(cls) -> Desk:
        from claims.models import Source  # noqa: PLC0415 - models exist only once the server has an address

        return cls(Source.objects.create(key="desk.example", name="Desk"), World(random.Random(1)))  # noqa: S311

    def store(self, size: int) -> None:
        """Fill up to ``size`` articles."""
        from claims.models import Article, Story, StoryKey, TermCount  # noqa: PLC0415

        counts: Counter[str] = Counter()
        first = self.stored // A_STORY
        for batch in _batches(range(first, size // A_STORY), 500):
            stories: list[Story] = []
            keys: list[tuple[int, str, int]] = []
            articles: list[Article] = []
            for number, event in enumerate(batch):
                when = START + timedelta(days=event * A_STORY / A_DAY)
                digest = self.world.article(event)
                terms = set(engine.terms_of(digest))
                counts.update(dict.fromkeys(terms, A_STORY))
                counts[""] += A_STORY
                known = engine.general().plus(counts[""], {term: counts[term] for term in terms})
                first_member = engine.member(f"{event}", digest, when, known)
                profile = engine.StoryProfile("", A_STORY, (first_member,) * A_STORY)
                keys += [(number, key, when.toordinal()) for key in engine.story_keys(digest, known)]
                articles += [self.row(f"{event}-{part}", when, None) for part in range(A_STORY)]
                stories.append(
                    Story(
                        title=f"event {event}",
                        profile=profile.to_json(),
                        first_published_at=when,
                        last_published_at=when,
                    )
                )
            Story.objects.bulk_create(stories)
            for number, article in enumerate(articles):
                article.story = stories[number // A_STORY]
            Article.objects.bulk_create(articles)
            rows = {(n, key): StoryKey(story=stories[n], key=key, day=day) for n, key, day in keys}
            StoryKey.objects.bulk_create(rows.values(), batch_size=5000)
        totals = [TermCount(term=term, articles=count) for term, count in counts.items()]
        old = dict(TermCount.objects.values_list("term", "articles"))
        for row in totals:
            row.articles += old.get(row.term, 0)
        TermCount.objects.bulk_create(
            totals, batch_size=5000, update_conflicts=True, unique_fields=["term"], update_fields=["articles"]
        )
        self.stored = size

    def row(self, key: str, when: datetime, digest: Digest | None) -> Article:
        """An article's row, not yet stored."""
        from claims.models import Article  # noqa: PLC0415

        return Article(
            source=self.source,
            title=f"report {key}",
            text="as told elsewhere",
            content_hash=key,
            published_at=when,
            digest=asdict(digest) if digest else None,
        )

    def timed(self) -> Iterator[float]:
        """Place new articles, on known events and on new ones in turn; give the seconds of each."""
        from claims.services.stories import place_article  # noqa: PLC0415

        last = self.stored // A_STORY
        for number in range(TIMED):
            self.fresh += 1
            event = self.fresh if number % 2 else last - 1 - self.world.chance.randrange(min(300, last))
            when = START + timedelta(days=min(event, last) * A_STORY / A_DAY)
            article = self.row(f"new-{self.fresh}", when, self.world.article(event))
            article.save()
            begin = time.perf_counter()
            place_article(article)
            yield time.perf_counter() - begin


def _batches(numbers: range, size: int) -> Iterator[range]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
