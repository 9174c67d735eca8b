"""Where is this article? Lists, the first page, health, metrics and the API give one answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from claims.models import Article, ArticleStep, Source, StepName
from claims.querysets import STATES, articles_in
from claims.services import inline, steps

pytestmark = pytest.mark.django_db

DONE, PARKED, BEGUN = "done", "parked", "begun"
CAST = {
    "just came in": ("waiting", {}, {}),
    "being read": ("waiting", {"extract": BEGUN}, {}),
    "read": ("waiting", {"extract": DONE}, {}),
    "being matched": ("waiting", {"extract": DONE, "match": BEGUN}, {}),
    "matched": ("ready", {"extract": DONE, "match": DONE}, {}),
    "matched, of another outlet": ("ready", {"extract": DONE, "match": DONE}, {}),
    "in a language that is not read": ("unread", {"extract": DONE}, {"unread": "language: fr"}),
    "not read, and matched with nothing": ("unread", {"extract": DONE, "match": DONE}, {"unread": "language: fr"}),
    "not read either, and matched": ("unread", {"extract": DONE, "match": DONE}, {"unread": "no text"}),
    "cannot be read": ("parked", {"extract": PARKED}, {}),
    "cannot be matched": ("parked", {"extract": DONE, "match": PARKED}, {}),
    "taken back before it was read": ("withdrawn", {}, {"withdrawn_at": timezone.now()}),
    "taken back": ("withdrawn", {"extract": DONE, "match": DONE}, {"withdrawn_at": timezone.now()}),
    "taken back while parked": ("withdrawn", {"extract": PARKED}, {"withdrawn_at": timezone.now()}),
    "taken back, and not read": ("withdrawn", {"extract": DONE}, {"withdrawn_at": timezone.now(), "unread": "no text"}),
}
EXPECTED = {title: state for title, (state, _, _) in CAST.items()}
COUNTS = Counter(EXPECTED.values())


@pytest.fixture(autouse=True)
def articles() -> None:
    """One article of every kind."""
    source = Source.objects.create(key="harbour post", name="Harbour Post")
    for title, (_, gone_through, fields) in CAST.items():
        article = Article.objects.create(source=source, title=title, text="A text.", content_hash=title, **fields)
        for name, end in gone_through.items():
            moments = {f"{end}_at": timezone.now()} if end != BEGUN else {}
            ArticleStep.objects.create(article=article, name=name, attempts=1, **moments)


def test_every_article_is_in_one_state_and_found_under_it() -> None:
    found = {article.title: state for state, _ in STATES for article in articles_in(state)}
    assert found == EXPECTED
    assert sum(articles_in(state).count() for state, _ in STATES) == len(CAST)


def test_the_list_filters_by_the_state_that_it_shows(client: Client, ada: User) -> None:
    client.force_login(ada)
    for state, _ in STATES:
        page = client.get("/admin/claims/article/", {"state": state})
        assert {article.title for article in page.context["cl"].result_list} == {
            title for title, expected in EXPECTED.items() if expected == state
        }


def test_the_api_says_the_same_in_a_list_and_on_a_page(api: Callable[[User | None], APIClient], ada: User) -> None:
    listed = api(ada).get("/api/v1/articles/").json()["results"]
    assert {article["title"]: article["state"] for article in listed} == EXPECTED
    for article in listed:
        assert api(ada).get(f"/api/v1/articles/{article['id']}/").json()["state"] == article["state"]


def test_the_first_page_and_the_metrics_count_the_same(client: Client, ada: User, settings: Settings) -> None:
    client.force_login(ada)
    shown = " ".join(client.get("/admin/").content.decode().split())
    for label, state in (("articles in the pipeline", "waiting"), ("articles parked with an error", "parked")):
        assert f'<span class="n">{COUNTS[state]}</span> <span class="label">{label}</span>' in shown
    settings.METRICS_TOKEN = "right"
    told = client.get("/metrics", headers={"Authorization": "Bearer right"}).content.decode()
    for state in ("waiting", "parked"):
        assert re.search(rf"^verifier_articles_{state} {COUNTS[state]}\.0$", told, re.MULTILINE)


def test_what_is_still_to_be_done_for_the_articles_is_asked_in_one_place() -> None:
    to_read = ["being read", "just came in", "taken back before it was read"]
    assert sorted(steps.missing(StepName.EXTRACT).values_list("title", flat=True)) == to_read
    assert inline.remaining() == len(to_read) + steps.missing(StepName.MATCH).count()
