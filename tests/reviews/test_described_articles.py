"""Title, outlet, address, date and language of an article are corrected without pasting its text again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import Article, ArticleChange, ArticleStep, Mention, Source
from claims.services import scoring, steps
from claims.services.describing import describe, undo
from claims.services.ingest import NewArticle, ingest
from claims.services.matching import match
from reviews.models import Review
from reviews.workflow import Status
from tests.claims.newsroom import TELLINGS, publish, story
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Api = Callable[[User | None], APIClient]


@pytest.fixture
def article(db: None) -> Article:
    new = NewArticle(text="The ferry was late on Sunday.", title="Fery late", source="Aldham Post")
    return ingest(new).article


def ask(client: APIClient, article: Article, **body: object) -> Any:
    return client.post(f"/api/v1/articles/{article.pk}/describe/", {"why": "a slip", **body})


def test_everything_but_the_text_is_corrected_and_what_was_there_is_kept(article: Article, api: Api, ada: User) -> None:
    given = {
        "title": "Ferry late",
        "source": "Port Gazette",
        "url": "https://gazette.example/ferry",
        "published": "2025-04-10",
        "language": "en",
    }
    answer = ask(api(ada), article, **given)
    assert answer.status_code == 200, answer.json()
    article.refresh_from_db()
    assert (article.title, article.folded, article.source.name) == ("Ferry late", "ferry late", "Port Gazette")
    assert (article.site, article.published_at) == ("gazette.example", datetime(2025, 4, 10, tzinfo=UTC))
    (change,) = api(ada).get(f"/api/v1/articles/{article.pk}/").json()["changes"]
    assert (change["kind"], change["by"], change["why"]) == ("described", "ada", "a slip")
    assert change["details"]["read"] == {
        "title": "Fery late", "source": "Aldham Post", "url": "", "published_at": None, "language": "",
    }  # fmt: skip
    assert change["details"]["corrected"]["source"] == "Port Gazette"


def test_what_is_left_out_stays_and_what_is_empty_goes(article: Article, api: Api, ada: User) -> None:
    ask(api(ada), article, url="https://gazette.example/ferry", published="2025-04-10")
    assert ask(api(ada), article, published="").status_code == 200
    article.refresh_from_db()
    assert (article.published_at, article.url) == (None, "https://gazette.example/ferry")


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"title": "\u200b"}, "title"),
        ({"source": " "}, "source"),
        ({"url": "gazette"}, "url"),
        ({"published": "soon"}, "published"),
        ({"published": "2199-01-01"}, "published"),
        ({"language": "English!"}, "language"),
        ({"text": "Another text."}, "text"),
        ({"title": "Fery late"}, None),
        ({"why": ""}, "why"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(
    body: dict[str, str], attr: str | None, article: Article, api: Api, ada: User
) -> None:
    answer = ask(api(ada), article, **body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr or "non_field_errors"), answer.json()
    assert not ArticleChange.objects.exists()


def test_an_outlet_is_found_by_its_name_in_any_spelling_and_not_doubled(article: Article, api: Api, ada: User) -> None:
    ingest(NewArticle(text="Another text.", source="Port Gazette"))
    ask(api(ada), article, source="PORT  gazette")
    article.refresh_from_db()
    assert article.source == Source.objects.get(name="Port Gazette")


def test_a_description_is_taken_back_as_far_as_nobody_changed_it_again(article: Article, ada: User) -> None:
    done = describe(article.pk, {"title": "Ferry late", "language": "en"}, by=ada, why="a slip")
    describe(article.pk, {"title": "The ferry is late"}, by=ada, why="clearer")
    undo(done.pk, by=ada, why="")
    article.refresh_from_db()
    assert (article.title, article.language) == ("The ferry is late", "")


def test_the_outlet_comes_back_too(article: Article, ada: User) -> None:
    before = article.source
    done = describe(article.pk, {"source": "Port Gazette", "published": "2025-04-10"}, by=ada, why="a slip")
    undo(done.pk, by=ada, why="no slip")
    article.refresh_from_db()
    assert (article.source, article.published_at) == (before, None)


@pytest.mark.parametrize(
    ("given", "again"), [({"title": "Ferry late"}, True), ({"published": "2025-04-10"}, True), ({"source": "X"}, False)]
)
def test_an_article_is_read_again_where_it_may_read_otherwise(
    given: dict[str, str], again: bool, article: Article, ada: User, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    ArticleStep.objects.create(article=article, name="extract", done_at=timezone.now())
    sent: list[Any] = []
    monkeypatch.setattr(steps, "send", lambda *asked: sent.append(asked) or True)
    with django_capture_on_commit_callbacks(execute=True):
        describe(article.pk, given, by=ada, why="a slip")
    assert ((steps.REREAD_TASK, article.pk) in sent) == again


def test_two_outlets_that_are_one_make_one_witness_of_two(ada: User) -> None:
    home = story()
    first, second = (publish(home, f"Paper {n}", [TELLINGS["dead"][n]]) for n in range(2))
    Mention.objects.update(speaker=None)  # each says so itself
    for article in (first, second):
        (claim,) = match(article.pk)
    before = scoring.score(claim).independent_origins
    describe(second.pk, {"source": str(first.source_id)}, by=ada, why="one paper")
    assert (before, scoring.score(claim).independent_origins) == (2, 1)


def test_who_described_what_a_verdict_rests_on_does_not_confirm_it(
    make_review: MakeReview, api: Api, rex: User
) -> None:
    bo, review = person("bo", "editor", "reviewer"), make_review(Status.CORROBORATED, outlets=2)
    assert ask(api(bo), review.claim.mentions.earliest("pk").article, title="Another").status_code == 200
    Review.objects.filter(pk=review.pk).update(recheck_at=datetime.now(UTC))
    here = f"/api/v1/claims/{review.claim_id}/confirm/"
    assert api(bo).post(here, {"note": "It stands."}).json()["errors"][0]["code"] == "own_change"
    assert api(rex).post(here, {"note": "It stands."}).status_code == 200


def test_on_the_desk_the_form_begins_with_what_stands_and_can_be_taken_back(article: Article, ada: User) -> None:
    client, here = Client(), f"/admin/claims/article/{article.pk}/change/"
    client.force_login(ada)
    (form,) = [c.form for c in client.get(here).context["open_changes"] if c.name == "describe"]
    assert (form["title"].value(), form["source"].value()) == ("Fery late", "Aldham Post")
    typed = {name: form[name].value() for name in form.fields if name != "why"}
    body = {**typed, "change": "describe", "title": "Ferry late", "why": "a slip"}
    told = client.post(here, body, follow=True).content.decode()
    assert "title: “Fery late” → “Ferry late”" in told
    client.post(here, {"change": "undescribe", "line": ArticleChange.objects.get().pk})
    article.refresh_from_db()
    assert article.title == "Fery late"


def test_a_correction_of_the_text_begins_with_the_present_text(article: Article, ada: User) -> None:
    client, here = Client(), f"/admin/claims/article/{article.pk}/change/"
    client.force_login(ada)
    (form,) = [c.form for c in client.get(here).context["open_changes"] if c.name == "correct"]
    assert form["text"].value() == article.text
    Article.objects.filter(pk=article.pk).update(text="The ferry was late. " * 2_000)
    (form,) = [c.form for c in client.get(here).context["open_changes"] if c.name == "correct"]
    assert not form["text"].value()
