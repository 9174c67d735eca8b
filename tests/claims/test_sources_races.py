"""Many workers at once: one outlet, one speaker and one article, whatever spelling each of them brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.engine import types
from claims.models import Article, Source, SourceAlias, Speaker
from claims.services import sources
from claims.services.extraction import speaker_rows
from claims.services.ingest import NewArticle, ingest
from tests.conftest import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

NAMES = ["L’Écho", "l'e\u0301cho", "L'ÉCHO", "L'Éc\u200bho", "Ｌ'Écho", "L`Écho  ", "l‘écho", "L'\u00adÉcho"]


def at_once(jobs: Iterable[Callable[[], object]]) -> list[object]:
    jobs = list(jobs)
    start = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [done.result(30) for done in [pool.submit(run, job) for job in jobs]]


def test_one_article_of_one_outlet_in_eight_spellings() -> None:
    new = [NewArticle(text="The lighthouse is lit.", source=name, url="https://www.lecho.example/1") for name in NAMES]
    at_once(lambda one=one: ingest(one) for one in new)
    assert (Source.objects.count(), Article.objects.count()) == (1, 1)
    assert set(SourceAlias.objects.values_list("key", flat=True)) == {"l'écho", "lecho.example"}


def test_two_outlets_that_claim_one_site_at_once_stay_two_and_one_has_it() -> None:
    new = [
        NewArticle(text=f"Report {n}.", source=name, url=f"https://weirpress.example/{n}")
        for n, name in enumerate(["Weir Herald", "Aldham Post"] * 4)
    ]
    at_once(lambda one=one: ingest(one) for one in new)
    counted = {source.name: source.articles.count() for source in Source.objects.all()}
    assert counted == {"Weir Herald": 4, "Aldham Post": 4}
    assert SourceAlias.objects.filter(kind="site").count() == 1


def test_one_speaker_in_eight_spellings() -> None:
    said = [types.Speaker("x", f"{name} Müller", types.SpeakerKind.PERSON) for name in NAMES]
    at_once(lambda one=one: speaker_rows([one]) for one in said)
    assert Speaker.objects.count() == 1


def test_no_article_stays_with_a_source_that_is_merged_while_it_comes_in() -> None:
    ada: User = person("ada", "editor")
    for number in range(5):
        old = ingest(NewArticle(text=f"Old {number}.", source=f"Herald {number}")).article.source
        new = ingest(NewArticle(text=f"New {number}.", source=f"Post {number}")).article.source
        arriving = [NewArticle(text=f"Arriving {number} {n}.", source=f"herald {number}") for n in range(3)]
        jobs: list[Callable[[], object]] = [lambda one=one: ingest(one) for one in arriving]  # type: ignore[misc]
        at_once([*jobs, lambda old=old, new=new: sources.merge(old.pk, new.pk, by=ada, why="One.")])
        assert old.articles.count() == 0
        assert new.articles.count() == 5


def test_of_two_merges_that_cross_one_is_refused() -> None:
    one = ingest(NewArticle(text="One.", source="Herald")).article.source
    two = ingest(NewArticle(text="Two.", source="Post")).article.source

    def merge(source: Source, target: Source) -> bool:
        try:
            sources.merge(source.pk, target.pk, by=None, why="One.")
        except sources.SourceError:
            return False
        return True

    assert sorted(map(bool, at_once([lambda: merge(one, two), lambda: merge(two, one)]))) == [False, True]
