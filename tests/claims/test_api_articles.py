"""``/api/v1/articles/``: who may read, who may post, and what is answered to a wrong body."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Article
from claims.services.ingest import MAX_BYTES, NewArticle, ingest

pytestmark = pytest.mark.django_db

URL = "/api/v1/articles/"
TEXT = "Bridge closed\n\nThe river bridge at Aldham was closed on Monday, the town council said.\n"

Client = Callable[[User | None], APIClient]


def test_nobody_is_answered_401_and_a_stranger_403(api: Client, sam: User):
    ingest(NewArticle(text=TEXT))
    for method in ("get", "post"):
        assert getattr(api(None), method)(URL).status_code == 401
        assert getattr(api(sam), method)(URL).status_code == 403


def test_a_reviewer_reads_but_does_not_post(api: Client, rex: User):
    assert api(rex).get(URL).status_code == 200
    assert api(rex).post(URL, {"text": TEXT}, format="json").status_code == 403
    assert Article.objects.count() == 0


@pytest.mark.parametrize("who", ["ada", "ingo"])
def test_editors_and_feeds_post_articles(api: Client, who: str, request: pytest.FixtureRequest):
    body = {"text": TEXT, "source": "Aldham Post", "published": "2025-03-01", "language": "en"}
    answer = api(request.getfixturevalue(who)).post(URL, body, format="json")
    assert answer.status_code == 201, answer.json()
    assert answer.json()["title"] == "Bridge closed"
    assert answer.json()["source"]["name"] == "Aldham Post"
    assert answer.json()["state"] == "waiting"


def test_a_known_article_is_answered_200_and_stays_one(api: Client, ingo: User):
    client = api(ingo)
    first = client.post(URL, {"text": TEXT, "source": "Aldham Post"}, format="json")
    again = client.post(URL, {"text": TEXT, "source": "Aldham Post"}, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.parametrize(
    ("body", "field", "reason"),
    [
        ({}, "text", "empty"),
        ({"text": "  "}, "text", "empty"),
        ({"text": TEXT, "published": "yesterday"}, "published", "ISO 8601"),
        ({"text": TEXT, "published": "2999-01-01"}, "published", "future"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "url", "http"),
        ({"text": TEXT, "language": "English!"}, "language", "tag"),
        ({"text": TEXT, "titel": "Bridge"}, "titel", "Unknown field"),
        ({"text": 5, "title": ["x"]}, "title", "string"),
        ({"text": "a\x00b"}, "text", "ull character"),
        ({"text": "é" * (MAX_BYTES // 2) + "x"}, "text", "2 MiB"),
        ([1, 2], "body", "JSON object"),
    ],
)
def test_a_wrong_body_is_answered_400_with_the_field_and_the_reason(
    api: Client, ingo: User, body: object, field: str, reason: str
):
    answer = api(ingo).post(URL, body, format="json")
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    errors = {error["attr"]: error["detail"] for error in answer.json()["errors"]}
    assert reason in errors[field]
    assert Article.objects.count() == 0


def test_a_body_that_is_not_json_is_answered_400(api: Client, ingo: User):
    answer = api(ingo).post(URL, "{not json", content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "parse_error"


def test_the_list_costs_the_same_queries_for_one_article_and_for_twenty(
    api: Client, rex: User, django_assert_max_num_queries
):
    client = api(User.objects.get(pk=rex.pk))
    ingest(NewArticle(text=TEXT, source="Post 0"))
    client.get(URL)
    for number in range(1, 20):
        ingest(NewArticle(text=f"{TEXT} Number {number}.", source=f"Post {number}"))
    with django_assert_max_num_queries(4):
        assert len(client.get(URL).json()["results"]) == 20


def test_the_list_is_filtered_by_source_and_by_words_of_the_title(api: Client, rex: User):
    one = ingest(NewArticle(text=TEXT, source="Aldham Post")).article
    ingest(NewArticle(text="Fair opened\n\nThe fair of Weir was opened.", source="Weir Herald"))
    client = api(rex)
    for query in ({"source": one.source_id}, {"text": "bridge"}):
        assert [row["id"] for row in client.get(URL, query).json()["results"]] == [one.pk]


def test_the_detail_shows_the_text_as_it_was_given(api: Client, rex: User):
    article = ingest(NewArticle(text=TEXT)).article
    answer = api(rex).get(f"{URL}{article.pk}/").json()
    assert answer["text"] == TEXT
    assert answer["mentions"] == []
    assert answer["step_errors"] == {}
