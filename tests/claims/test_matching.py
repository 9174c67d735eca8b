"""services.matching: each mention of an article finds its claim, or opens one."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from claims.models import Article, ArticleStep, Claim, Mention, StepName
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, edition, grouping, live, publish, story

WORKERS = 6


@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_same_fact_with_other_figures_is_one_claim() -> None:
    home = story()
    for number, telling in enumerate(TELLINGS["divers"]):
        match(publish(home, f"paper-{number}", [telling]).pk)
    (claim,) = live()
    assert {m.value for m in claim.mentions.all()} == {155.0, 168.0, 100.0}


@pytest.mark.django_db
def test_the_dead_and_the_injured_of_one_accident_are_two_claims() -> None:
    home = story()
    for number, telling in enumerate(TELLINGS["dead"] + TELLINGS["hurt"]):
        match(publish(home, f"paper-{number}", [telling]).pk)
    assert {topic: len(claims) for topic, claims in grouping().items()} == {"dead": 1, "hurt": 1}
    assert len(live()) == 2


@pytest.mark.django_db
def test_people_of_another_nation_are_another_claim() -> None:
    home = story()
    match(publish(home, "one", ["155 Chinese citizens are fighting for Russia."]).pk)
    match(publish(home, "two", ["12,000 North Korean soldiers are fighting for Russia."]).pk)
    match(publish(home, "three", ["At least 168 Chinese nationals are fighting for Russia."]).pk)
    assert sorted(c.mentions.count() for c in live()) == [1, 2]


@pytest.mark.django_db
def test_a_denial_joins_the_claim_that_it_denies() -> None:
    home = story()
    match(publish(home, "one", [TELLINGS["vaccine"][0]]).pk)
    match(publish(home, "two", [TELLINGS["vaccine"][1]], stance="denies").pk)
    (claim,) = live()
    assert sorted(m.stance for m in claim.mentions.all()) == ["asserts", "denies"]


@pytest.mark.django_db
@pytest.mark.sqlite
def test_matching_again_changes_nothing() -> None:
    home = story()
    article = publish(home, "one", [TELLINGS["ferry"][0], TELLINGS["prize"][0]])
    assert len(match(article.pk)) == 2
    before = list(Claim.objects.values_list("pk", "evidence_version", "text"))
    assert match(article.pk) == ()
    assert list(Claim.objects.values_list("pk", "evidence_version", "text")) == before
    assert ArticleStep.objects.get(article=article, name=StepName.MATCH).done_at is not None


@pytest.mark.django_db
def test_every_new_mention_counts_up_the_evidence_of_its_claim() -> None:
    home = story()
    first = match(publish(home, "one", [TELLINGS["ferry"][0]]).pk)
    second = match(publish(home, "two", [TELLINGS["ferry"][1]]).pk)
    assert first == second
    assert Claim.objects.get(pk=first[0]).evidence_version == 2


@pytest.mark.django_db
def test_an_article_without_mentions_is_matched_all_the_same() -> None:
    article = publish(story(), "one", [TELLINGS["ferry"][0]])
    article.mentions.all().delete()
    assert match(article.pk) == ()
    assert ArticleStep.objects.filter(article=article, name=StepName.MATCH, done_at__isnull=False).exists()


@pytest.mark.django_db
def test_matching_takes_the_same_number_of_queries_however_much_is_stored() -> None:
    home, chance = story(), random.Random(3)  # noqa: S311
    told = [tellings[0] for tellings in TELLINGS.values()]
    match(publish(home, "first", told).pk)
    few = _queries(publish(home, "early", told))
    for number in range(40):
        match(edition(home, number, chance).pk)
    many = _queries(publish(home, "late", told))
    assert few == many <= 36


def _queries(article: Article) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        match(article.pk)
    return len(queries)


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_workers_on_one_story_never_make_two_claims_of_one_nor_lose_a_mention(seed: int) -> None:
    chance, home = random.Random(seed), story()  # noqa: S311
    articles = [edition(home, number, chance).pk for number in range(200)]
    twice = articles + chance.sample(articles, 60)  # a redelivered task runs again
    chance.shuffle(twice)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(_work, twice))
    assert not Mention.objects.filter(claim__isnull=True).exists()
    assert Mention.objects.count() == 600
    assert {topic: len(claims) for topic, claims in grouping().items()} == dict.fromkeys(TELLINGS, 1)
    assert len(live()) == len(TELLINGS)


def _work(article_id: int) -> None:
    try:
        match(article_id)
    finally:
        connections.close_all()
