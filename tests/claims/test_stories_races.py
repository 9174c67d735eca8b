"""Workers that place articles at the same time: one event stays one story, and nobody waits for ever."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from claims.models import Article, Story, StoryKey, TermCount
from claims.services.stories import carry_out_joins, join_stories, place_article
from tests.claims.test_stories import ferry, trial

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

WORKERS = 4


@pytest.fixture(autouse=True)
def _needs_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def at_once(work: Callable[[int], object], items: list[int]) -> list[object]:
    """Run the work over the items on several connections."""

    def one(item: int) -> object:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        return list(workers.map(one, items))


def place_and_join(article_id: int) -> int:
    story = place_article(Article.objects.get(pk=article_id))
    carry_out_joins(story.pk)
    return story.pk


def test_articles_of_a_new_event_placed_at_once_open_one_story() -> None:
    articles = [ferry(f"Report {number}").pk for number in range(8)]
    assert len(set(at_once(place_and_join, articles))) == 1
    assert Story.objects.count() == 1
    assert Story.objects.get().profile["size"] == 8


def test_two_events_in_random_order_make_two_stories_and_lose_no_article() -> None:
    articles = [
        make(f"{make.__name__} report {number}", days=number // 10).pk
        for number in range(30)
        for make in (ferry, trial)
    ]
    random.Random(7).shuffle(articles)  # noqa: S311
    at_once(place_and_join, articles)
    assert Story.objects.filter(merged_into__isnull=True).count() == 2
    assert not Article.objects.filter(story__isnull=True).exists()
    assert TermCount.objects.get(term="").articles == 60


def test_the_same_article_placed_twice_at_once_is_counted_once() -> None:
    article = ferry().pk
    assert len(set(at_once(place_and_join, [article] * 6))) == 1
    assert TermCount.objects.get(term="").articles == 1
    assert Story.objects.get().profile["size"] == 1


def test_placing_and_joining_at_once_never_deadlock() -> None:
    kept, gone = place_article(ferry()), place_article(trial())
    articles = [make(f"More of the {make.__name__}, {number}").pk for number in range(10) for make in (ferry, trial)]

    def work(item: int) -> object:
        return join_stories(kept.pk, gone.pk, why="one event") if item == 0 else place_and_join(item)

    at_once(work, [*articles[:10], 0, *articles[10:]])
    assert Article.objects.exclude(story=kept).filter(story__merged_into__isnull=False).count() == 0
    assert StoryKey.objects.filter(story=kept).exists()
