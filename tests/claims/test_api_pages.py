"""Pages of the API's lists: every row once, whatever is written while somebody goes through them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from rest_framework.test import APIClient

from claims.models import Article, Assessment, Claim, Source, Story
from tests.conftest import person

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]

CLAIMS = "/api/v1/claims/"
ORDERINGS = [sign + name for name in ("id", "probability", "origins", "articles") for sign in ("", "-")]


@pytest.fixture
def adm(db: None) -> User:
    return person("adm", "administrator")


def walk(client: APIClient, url: str, leads: str = "next") -> Iterator[list[int]]:
    """Yield the ids of each page, and follow where it leads."""
    following: str | None = url
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.json()
        yield [row["id"] for row in answer.json()["results"]]
        following = answer.json()[leads]


def ids(client: APIClient, url: str) -> list[int]:
    return [number for page in walk(client, url) for number in page]


def scored(count: int, seed: int = 7) -> list[Claim]:
    """Claims with few different numbers, so that many are alike; every fifth is not scored yet."""
    dice = random.Random(seed)  # noqa: S311
    made = []
    for number in range(count):
        claim = Claim.objects.create(text=f"{number} lamps were stolen from the quay.")
        if number % 5:
            claim.assessment = Assessment.objects.create(
                claim=claim, version=1, evidence_version=0, algorithm="test-1", log_odds=0.0,
                probability=dice.choice([0.25, 0.1 + 0.2, 0.75]), independent_origins=dice.choice([1, 2, 3]),
                article_count=dice.choice([1, 4]), suggested="unverified", explanation="As it is.",
            )  # fmt: skip
            claim.save(update_fields=["assessment"])
        made.append(claim)
    return made


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("size", [1, 3, 500])
def test_every_row_comes_once_in_every_order_and_what_is_not_known_comes_last(
    ordering: str, size: int, api: Api, adm: User
) -> None:
    claims = scored(16)
    shown = ids(api(adm), f"{CLAIMS}?ordering={ordering}&page_size={size}")
    assert sorted(shown) == sorted(claim.pk for claim in claims)
    if not ordering.endswith("id"):
        assert sorted(shown[-4:]) == [claims[number].pk for number in (0, 5, 10, 15)]


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_the_way_back_shows_the_same_pages(ordering: str, api: Api, adm: User) -> None:
    scored(13)
    client = api(adm)
    there = list(walk(client, f"{CLAIMS}?ordering={ordering}&page_size=4"))
    last = client.get(f"{CLAIMS}?ordering={ordering}&page_size=4").json()
    while last["next"]:
        last = client.get(last["next"]).json()
    assert list(walk(client, last["previous"], "previous")) == there[-2::-1]


def test_an_order_is_the_order_of_its_numbers(api: Api, adm: User) -> None:
    scored(12)
    for ordering, name in (("-origins", "independent_origins"), ("probability", "probability")):
        rows = api(adm).get(f"{CLAIMS}?ordering={ordering}").json()["results"]
        known = [row[name] for row in rows if row[name] is not None]
        assert known == sorted(known, reverse=ordering.startswith("-"))


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("seed", [1, 2])
def test_rows_that_come_and_go_meanwhile_neither_double_nor_hide_another(
    ordering: str, seed: int, api: Api, adm: User
) -> None:
    dice = random.Random(seed)  # noqa: S311
    claims = [claim.pk for claim in scored(40, seed)]
    gone: set[int] = set()
    shown: list[int] = []
    for number, page in enumerate(walk(api(adm), f"{CLAIMS}?ordering={ordering}&page_size=7")):
        shown += page
        if number < 5:
            scored(3, dice.randrange(1000))
            for left in dice.sample([pk for pk in claims[1:] if pk not in gone], 3):
                Claim.objects.filter(pk=left).update(merged_into=claims[0])
                gone.add(left)
    assert len(shown) == len(set(shown)), "doubled"
    assert set(claims) - gone <= set(shown), "missed"


def test_the_count_is_that_of_the_first_page(api: Api, adm: User) -> None:
    scored(5)
    first = api(adm).get(f"{CLAIMS}?page_size=2").json()
    scored(4)
    assert first["count"] == api(adm).get(first["next"]).json()["count"] == 5
    assert api(adm).get(CLAIMS).json()["count"] == 9


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/articles/", "/api/v1/articles/?ordering=published", "/api/v1/articles/?ordering=id",
        "/api/v1/sources/", "/api/v1/sources/?ordering=-name", "/api/v1/stories/",
        "/api/v1/stories/?ordering=published",
    ],
)  # fmt: skip
def test_the_other_lists_show_each_row_once_while_rows_are_added(url: str, api: Api, adm: User) -> None:
    start = datetime(2025, 4, 10, 23, 59, 59, 999_999, tzinfo=UTC)
    for number in range(9):
        moment = start + timedelta(days=number // 3) if number % 4 else None
        article(f"Paper {number:02}", moment)
    before = {"articles": Article, "sources": Source, "stories": Story}[url.split("/")[3]]
    known = set(before.objects.values_list("pk", flat=True))
    shown: list[int] = []
    mark = "&" if "?" in url else "?"
    for page in walk(api(adm), f"{url}{mark}page_size=2"):
        shown += page
        if len(shown) < 12:
            article(f"Éxtra «{len(shown)}»", start)
    assert len(shown) == len(set(shown))
    assert known <= set(shown)


def article(outlet: str, moment: datetime | None) -> Article:
    source = Source.objects.create(name=outlet, key=outlet.lower())
    story = Story.objects.create(title=outlet, last_published_at=moment)
    return Article.objects.create(source=source, story=story, title=outlet, text=outlet, published_at=moment,
                                  content_hash=f"{outlet:64}"[:64])  # fmt: skip


def test_a_cursor_serves_the_list_that_gave_it_and_no_other(api: Api, adm: User) -> None:
    scored(6)
    client = api(adm)
    cursor = client.get(f"{CLAIMS}?page_size=2&ordering=-origins").json()["next"].partition("cursor=")[2].split("&")[0]
    for other in (
        f"{CLAIMS}?cursor={cursor}", f"{CLAIMS}?cursor={cursor}&ordering=origins", f"/api/v1/reviews/?cursor={cursor}",
        f"{CLAIMS}?cursor={cursor}&ordering=-origins&status=refuted",
    ):  # fmt: skip
        error = client.get(other).json()["errors"][0]
        assert (error["attr"], "another list" in error["detail"]) == ("cursor", True), other
    assert client.get(f"{CLAIMS}?cursor={cursor}&ordering=-origins&page_size=500").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["cursor=x", "cursor=", "cursor=..",
     pytest.param(f"cursor={signing.dumps({'at': [1]}, salt='another')}", id="a cursor signed for something else"),
     "page_size=0",
     "page_size=501", "page_size=-1", "page_size=²", "page_size=٣", "page_size=1e2", "page_size=", "page=2", "page=1",
     "ordering=--id", "ordering=id,-id", "ordering=text", "ordering=", "page_size=3&page_size=4",
     "limit=5", "offset=5"],
)  # fmt: skip
def test_a_wrong_place_size_or_order_is_refused_by_name(query: str, api: Api, adm: User) -> None:
    answer = api(adm).get(f"{CLAIMS}?{query}")
    assert answer.status_code == 400, answer.json()
    assert answer.json()["errors"][0]["attr"] == query.partition("=")[0]


def test_a_page_costs_the_same_queries_in_the_middle_of_a_list(
    api: Api, adm: User, django_assert_num_queries: Any
) -> None:
    scored(9)
    client = api(User.objects.get(pk=adm.pk))
    following = client.get(f"{CLAIMS}?page_size=3&ordering=-probability").json()["next"]
    client = api(User.objects.get(pk=adm.pk))
    with django_assert_num_queries(3):  # two for the permissions, the page; nothing is counted again
        client.get(following)
