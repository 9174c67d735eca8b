"""Nothing typed is lost: a session that has ended and a token that is too old keep the text, and send nothing."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from claims.admin import unsent
from claims.models import Article, Source
from reviews.models import Note, Review
from reviews.services import Order, act
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
PASSWORD = "a long password of the cast"
TEXT = "Two papers say so, «Öl» & <b>all</b>.\r\n\r\nThe third one copies."
INPUT = re.compile(r"<input\b[^>]*>")


def who(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def held(make_review: MakeReview, rex: User) -> Review:
    """A review that rex holds, and may propose a verdict on."""
    who(rex)
    review = make_review(outlets=2)
    act(review.claim_id, rex, Order(Action.TAKE))
    review.refresh_from_db()
    return review


def expire() -> None:
    """End every session, as time does."""
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def fields(answer: HttpResponse, form: str) -> dict[str, Any]:
    """What a browser would send from a form of a page, by the form's id."""
    page = answer.content.decode()
    inside = page[page.index(f'id="{form}"') :].partition("</form>")[0]
    outside = [tag for tag in INPUT.findall(page) if f'form="{form}"' in tag]
    found: dict[str, list[str]] = {}
    for tag in [*INPUT.findall(inside), *outside]:
        given = {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" in given and given.get("type") != "submit":
            found.setdefault(given["name"], []).append(given.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([\w-]+)"[^>]*>\n?(.*?)</textarea>', inside, re.DOTALL):
        found.setdefault(name, []).append(html.unescape(text))
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def address(review: Review) -> str:
    return f"/admin/reviews/review/{review.pk}/change/"


def proposal(review: Review) -> dict[str, Any]:
    evidence = list(review.claim.mentions.values_list("pk", flat=True))
    given = {"action": "propose", "version": review.version, "verdict": "refuted", "rationale": TEXT}
    return {**given, "evidence": evidence, "assessment": review.claim.assessment_id}


def signed_out(client: Client, url: str, data: dict[str, Any]) -> HttpResponse:
    """Send a form after the session has ended: the sign-in page, and nothing written."""
    expire()
    answer = client.post(url, data)
    assert answer.status_code == 200
    assert "Sign in to the desk" in answer.content.decode()
    assert TEXT.encode() not in answer.content, "it is not shown before somebody has signed in"
    return answer


def sign_in(client: Client, page: HttpResponse, name: str, password: str = PASSWORD) -> HttpResponse:
    return client.post(LOGIN, {**fields(page, "login-form"), "username": name, "password": password})


def test_a_proposal_of_an_ended_session_is_shown_after_signing_in_and_sent_on_request(
    held: Review, client: Client, rex: User
) -> None:
    client.force_login(rex)
    data = proposal(held)
    again = sign_in(client, signed_out(client, address(held), data), "rex")
    assert again.status_code == 200
    kept = fields(again, "unsent-form")
    assert kept["rationale"] == TEXT
    assert kept["verdict"] == "refuted"
    assert list(map(int, kept["evidence"])) == data["evidence"]
    held.refresh_from_db()
    assert held.status == Status.IN_REVIEW, "signing in sends nothing"
    assert client.post(address(held), kept).status_code == 302
    held.refresh_from_db()
    assert (held.status, held.verdict, held.rationale) == (Status.PROPOSED, "refuted", TEXT)


def test_a_wrong_password_in_between_loses_nothing(held: Review, client: Client, rex: User) -> None:
    client.force_login(rex)
    page = signed_out(client, address(held), proposal(held))
    for _ in range(3):
        page = sign_in(client, page, "rex", "wrong")
        assert page.status_code == 200
    assert fields(sign_in(client, page, "rex"), "unsent-form")["rationale"] == TEXT


def test_it_is_shown_to_nobody_but_the_one_who_typed_it(held: Review, client: Client, rex: User) -> None:
    rita = who(User.objects.get(username="rita"))
    client.force_login(rex)
    answer = sign_in(client, signed_out(client, address(held), proposal(held)), rita.username)
    assert answer.status_code == 302
    assert "The third one copies" not in client.get(answer.url).content.decode()


def test_what_somebody_else_decided_meanwhile_is_shown_with_the_text(held: Review, client: Client, rex: User) -> None:
    client.force_login(rex)
    page = signed_out(client, address(held), proposal(held))
    act(held.claim_id, rex, Order(Action.TAKE))
    kept = fields(sign_in(client, page, "rex"), "unsent-form")
    late = client.post(address(held), kept)
    assert late.status_code == 409
    assert "Somebody was faster" in late.content.decode()
    assert html.escape(TEXT).split("\r\n")[0] in late.content.decode()


@pytest.mark.parametrize("door", ["note", "withdraw", "correct", "source", "bulk", "regroup", "person", "next"])
def test_so_it_is_at_every_door_of_the_desk(door: str, make_review: MakeReview, client: Client) -> None:
    adm = who(person("adm", "administrator"))
    client.force_login(adm)
    review = make_review(outlets=2)
    article, source = Article.objects.earliest("pk"), Source.objects.earliest("pk")
    url, data = {
        "note": (address(review), {"action": "note", "text": TEXT}),
        "withdraw": (f"/admin/claims/article/{article.pk}/change/", {"change": "withdraw", "why": TEXT}),
        "correct": (f"/admin/claims/article/{article.pk}/change/", {"change": "correct", "why": "x", "text": TEXT}),
        "source": (f"/admin/claims/source/{source.pk}/change/", {"name": TEXT, "kind": "agency", "_save": "Save"}),
        "bulk": ("/admin/reviews/review/bulk/", {"action": "dismiss", "note": TEXT, "claim": ["1:1", "2:1"]}),
        "regroup": (f"/admin/reviews/review/{review.pk}/regroup/", {"kind": "merge", "why": TEXT, "version": "1"}),
        "person": ("/admin/auth/user/add/", {"username": "new", "password1": "secret words", "first_name": TEXT}),
        "next": ("/admin/reviews/review/next/", {}),
    }[door]
    again = sign_in(client, signed_out(client, url, data), "adm")
    kept = fields(again, "unsent-form")
    kept.pop("csrfmiddlewaretoken")
    assert kept == {name: value for name, value in data.items() if "password" not in name}
    assert f'action="{url}"' in again.content.decode()
    assert "secret words" not in again.content.decode()
    opened = re.search(r'<a href="([^"]+)">Open the page without it', again.content.decode())
    assert opened is not None
    assert client.get(opened[1]).status_code == 200
    assert not Note.objects.exists()


def test_a_text_of_two_megabytes_comes_through(client: Client, db: None) -> None:
    ada = who(person("ada", "editor"))
    client.force_login(ada)
    source = Source.objects.create(name="Post", key="post")
    article = Article.objects.create(source=source, title="A", text="A", content_hash="a" * 64)
    long = "".join(f"Sentence {number} of a long article. " for number in range(60_000))
    url = f"/admin/claims/article/{article.pk}/change/"
    page = signed_out(client, url, {"change": "correct", "why": "The figures.", "text": long})
    assert fields(sign_in(client, page, "ada"), "unsent-form")["text"] == long


def test_a_token_that_is_too_old_keeps_the_text_and_sends_nothing(held: Review, rex: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(rex)
    answer = client.post(address(held), proposal(held), HTTP_ORIGIN="http://testserver")
    assert answer.status_code == 403
    kept = fields(answer, "unsent-form")
    assert kept["rationale"] == TEXT
    assert client.post(address(held), kept).status_code == 302
    held.refresh_from_db()
    assert held.status == Status.PROPOSED


def test_with_neither_a_session_nor_a_token_it_takes_both_ways(held: Review, rex: User) -> None:
    client = Client(enforce_csrf_checks=True)
    first = client.post(address(held), proposal(held))
    assert first.status_code == 403
    second = client.post(address(held), fields(first, "unsent-form"))
    third = sign_in(client, second, "rex")
    kept = fields(third, "unsent-form")
    assert kept["rationale"] == TEXT
    assert client.post(address(held), kept).status_code == 302


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://elsewhere.example/page"},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
        {"HTTP_ORIGIN": "http://testserver:8080"},
    ],
)
def test_what_another_site_has_sent_is_not_shown_to_be_sent_again(
    told: dict[str, str], held: Review, rex: User
) -> None:
    for signed_in in (True, False):
        client = Client(enforce_csrf_checks=True)
        if signed_in:
            client.force_login(rex)
        answer = client.post(address(held), proposal(held), **told)
        assert answer.status_code == 403
        assert "The third one copies" not in answer.content.decode()
        assert "unsent" not in answer.content.decode()


def test_the_sign_in_form_takes_only_what_this_desk_has_sealed(held: Review, client: Client, rex: User) -> None:
    made = unsent.Unsent(address(held), (unsent.Field("action", "take"),))
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        old = made.sealed()
    for forged in ("x", made.sealed()[:-1], old, "{}", "\0"):
        answer = client.post(LOGIN, {"username": "rex", "password": PASSWORD, "next": "/admin/", "unsent": forged})
        assert (answer.status_code, answer.url) == (302, "/admin/")
        client.logout()


def test_a_sign_in_form_that_is_too_old_keeps_it_too(held: Review, rex: User) -> None:
    client = Client(enforce_csrf_checks=True)
    sealed = unsent.Unsent(address(held), (unsent.Field("rationale", TEXT),)).sealed()
    answer = client.post(LOGIN, {"username": "rex", "password": PASSWORD, "unsent": sealed})
    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()
    assert fields(sign_in(client, answer, "rex"), "unsent-form")["rationale"] == TEXT


def test_a_session_lasts_as_long_as_somebody_works(client: Client, rex: User) -> None:
    start = datetime(2026, 3, 2, 6, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(rex)
        for _ in range(5):
            clock.shift(timedelta(hours=8))
            assert client.get("/admin/").status_code == 200
            assert client.get("/api/v1/reviews/").status_code == 200
        clock.shift(timedelta(hours=13))
        assert client.get("/admin/").status_code == 302


def test_a_session_is_not_written_at_every_request(client: Client, rex: User, django_assert_num_queries: Any) -> None:
    client.force_login(rex)
    client.get("/api/v1/notifications/choices/")
    kept = Session.objects.get().session_data
    for _ in range(3):
        client.get("/admin/")
    assert Session.objects.get().session_data == kept
