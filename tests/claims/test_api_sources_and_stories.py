"""``/api/v1/sources/`` and ``/api/v1/stories/``: lists with their counts, for whoever may view them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Article, Story
from claims.services.ingest import NewArticle, ingest

pytestmark = pytest.mark.django_db

Client = Callable[[User | None], APIClient]


@pytest.fixture
def articles() -> list[Article]:
    texts = [f"The river bridge at Aldham was closed on day {n}." for n in range(12)]
    made = [ingest(NewArticle(text=text, source=f"Post {n % 3}")).article for n, text in enumerate(texts)]
    for n in range(4):
        story = Story.objects.create(title=f"Bridge {n}")
        Article.objects.filter(pk__in=[a.pk for a in made[n::4]]).update(story=story)
    return made


@pytest.mark.parametrize("url", ["/api/v1/sources/", "/api/v1/stories/"])
def test_nobody_is_answered_401_and_a_stranger_403(api: Client, sam: User, url: str):
    assert api(None).get(url).status_code == 401
    assert api(sam).get(url).status_code == 403


def test_sources_come_with_their_number_of_articles(api: Client, rex: User, articles: list[Article]):
    rows = api(rex).get("/api/v1/sources/").json()["results"]
    assert [(row["name"], row["articles"]) for row in rows] == [("Post 0", 4), ("Post 1", 4), ("Post 2", 4)]


def test_stories_come_with_their_numbers_of_articles_and_claims(api: Client, rex: User, articles: list[Article]):
    rows = api(rex).get("/api/v1/stories/", {"text": "bridge 2"}).json()["results"]
    assert [(row["title"], row["articles"], row["claims"]) for row in rows] == [("Bridge 2", 3, 0)]


@pytest.mark.parametrize("url", ["/api/v1/sources/", "/api/v1/stories/"])
def test_the_lists_cost_a_fixed_number_of_queries(
    api: Client, rex: User, articles: list[Article], url: str, django_assert_max_num_queries
):
    client = api(User.objects.get(pk=rex.pk))
    with django_assert_max_num_queries(4):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/api/v1/sources/", "/api/v1/stories/", "/api/v1/articles/"])
def test_the_facts_are_not_changed_over_the_api(api: Client, ada: User, articles: list[Article], url: str):
    pk = api(ada).get(url).json()["results"][0]["id"]
    for method in ("put", "patch", "delete"):
        assert getattr(api(ada), method)(f"{url}{pk}/").status_code in (403, 405)
