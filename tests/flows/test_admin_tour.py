"""The tour of the README on the starter data, as rex and vera walk it in the admin."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from claims.services import inline
from reviews.models import Review
from reviews.people import ensure_groups
from reviews.workflow import Action, Status
from seeds.loader import load
from tests.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def _starter_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded and processed once for the whole file, and rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_groups()
        load()
        for _ in inline.process():
            pass
        yield
        transaction.set_rollback(True)


@pytest.fixture
def review(_starter_data: None, db: None) -> Review:
    """The review of the claim about the number of Chinese citizens."""
    return Review.objects.filter(claim__mentions__value=163).distinct().get()


def browser_of(name: str, group: str) -> Client:
    client = Client()
    account = User.objects.filter(username=name).first() or person(name, group)
    client.force_login(account)
    return client


def ask(client: Client, review: Review, action: Action, **given: object) -> HttpResponse:
    review.refresh_from_db()
    data = {"action": action.value, "version": review.version, "assessment": review.claim.assessment_id, **given}
    return client.post(f"/admin/reviews/review/{review.pk}/change/", data)


def test_the_queue_begins_its_lines_with_the_origins_and_lists_the_claim(review: Review) -> None:
    page = browser_of("rex", "reviewer").get("/admin/reviews/review/", {"queue": "waiting"}).content.decode()
    assert f"/admin/reviews/review/{review.pk}/change/" in page
    assert 'class="big"' in page


def test_the_page_shows_five_articles_and_how_few_origins(review: Review) -> None:
    page = browser_of("rex", "reviewer").get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    told = re.search(r"(\d+) articles, (\d+) independent origins?", page)
    assert told is not None
    assert int(told[1]) == 5
    assert int(told[2]) < 5
    for figure in ("more than 100", "more than 150", "at least 163", "155", "168"):
        assert f">{figure}<" in page


def test_rex_proposes_and_vera_approves(review: Review) -> None:
    rex, vera = browser_of("rex", "reviewer"), browser_of("vera", "approver")
    ask(rex, review, Action.TAKE)
    evidence = list(review.claim.mentions.values_list("pk", flat=True)[:2])
    ask(rex, review, Action.PROPOSE, verdict="corroborated", rationale="Both sides name the men.", evidence=evidence)
    assert ask(rex, review, Action.APPROVE).status_code == 403
    assert ask(vera, review, Action.APPROVE).status_code == 302
    review.refresh_from_db()
    assert review.status == Status.CORROBORATED
    page = vera.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    told = page[page.index("history-title") :]
    assert told.index("approved") < told.index("proposed a verdict") < told.index("took it")
