"""``POST /api/v1/check/`` and the desk's page on it: what is known of a text, and where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient
from rest_framework.throttling import ScopedRateThrottle

from claims.models import Claim
from claims.services.matching import match
from reviews.services import open_review, publishing
from reviews.services.publishing import Words
from reviews.workflow import Status
from tests.claims.newsroom import publish, story
from tests.reviews.conftest import bring_to

pytestmark = pytest.mark.django_db

Api = Callable[[User | None], APIClient]
CHECK = "/api/v1/check/"
REEF = "The ferry Albatross ran aground on the Kestrel reef in thick fog."
TOLD = "In thick fog the ferry Albatross ran aground on the Kestrel reef, officials said."


@pytest.fixture
def claim(db: None, rita: User, vera: User) -> Claim:
    """A claim that the desk has refuted."""
    match(publish(story(), "a", [REEF]).pk)
    found = Claim.objects.get()
    open_review(found)
    bring_to(Status.REFUTED, found, rita, vera)
    return found


def test_a_claim_comes_with_what_the_desk_decided(claim: Claim, api: Api, rex: User) -> None:
    answer = api(rex).post(CHECK, {"claim": TOLD})
    assert answer.status_code == 200
    (statement,) = answer.json()["claims"]
    (known,) = statement["known"]
    assert (known["claim"], known["status"], known["same"]) == (claim.pk, "refuted", True)
    assert known["decided_at"] is not None
    assert any("kestrel" in line["text"] for line in known["lines"])


def test_a_text_comes_with_its_claims_and_their_places(claim: Claim, api: Api, rex: User) -> None:
    text = f"Aldham, Monday. {TOLD} A comet was seen over the islands."
    body = api(rex).post(CHECK, {"text": text}).json()
    assert (body["language"], body["unread"], body["left_out"]) == ("en", "", 0)
    assert [text[c["start"] : c["end"]] for c in body["claims"]] == [c["quote"] for c in body["claims"]]
    assert [known["claim"] for c in body["claims"] for known in c["known"] if known["same"]] == [claim.pk]


def test_a_claim_comes_with_what_readers_can_see_of_it(claim: Claim, api: Api, rex: User, ada: User) -> None:
    def publication() -> object:
        return api(rex).post(CHECK, {"claim": TOLD}).json()["claims"][0]["known"][0]["publication"]

    assert publication() is None
    made = publishing.publish(claim.pk, ada, Words())
    shown = publication()
    assert isinstance(shown, dict)
    assert (shown["address"], shown["verdict"]) == (f"http://127.0.0.1:8000/checks/{made.pk}/", "refuted")
    publishing.withdraw(claim.pk, ada, Words(why="A slip."))
    assert publication() is None


def test_a_claim_without_a_review_is_unverified(api: Api, rex: User) -> None:
    match(publish(story(), "a", [REEF]).pk)
    (known,) = api(rex).post(CHECK, {"claim": TOLD}).json()["claims"][0]["known"]
    assert (known["status"], known["decided_at"], known["independent_origins"]) == ("unverified", None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": "One.", "claim": "Two."}, "text"),
        ({"text": " "}, "text"),
        ({"claim": ""}, "claim"),
        ({"claim": "x" * 1001}, "claim"),
        ({"text": "x" * 20_001}, "text"),
        ({"claim": "One.", "url": "http://127.0.0.1/"}, "url"),
        ({"claim": ["One."]}, "claim"),
        ({"text": "One.", "language": "a language without end"}, "language"),
    ],
)
def test_what_cannot_be_checked_is_refused_by_name(body: dict[str, object], field: str, api: Api, rex: User) -> None:
    answer = api(rex).post(CHECK, body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, field)


def test_it_is_for_those_who_may_see_the_claims(api: Api, rex: User, sam: User, ingo: User) -> None:
    body = {"claim": REEF}
    assert [api(who).post(CHECK, body).status_code for who in (None, sam, ingo, rex)] == [401, 403, 403, 200]
    assert api(rex).get(CHECK).status_code == 405


def test_one_account_may_ask_so_many_times_a_minute(api: Api, rex: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", {"check": "2/min"})
    cache.clear()
    answers = [api(rex).post(CHECK, {"claim": REEF}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_the_number_of_queries_is_pinned(claim: Claim, api: Api, rex: User, django_assert_num_queries) -> None:
    client = api(User.objects.get(pk=rex.pk))
    with django_assert_num_queries(10):
        client.post(CHECK, {"claim": TOLD})


def test_the_page_of_the_desk_tells_the_same(claim: Claim, rex: User) -> None:
    client = Client()
    client.force_login(rex)
    assert "Check a text" in client.get("/admin/").content.decode()
    page = client.post("/admin/reviews/review/check/", {"text": TOLD})
    shown = page.content.decode()
    assert page.status_code == 200
    assert f'href="/admin/reviews/review/{claim.review.pk}/change/"' in shown
    assert "The same:" in shown
    assert "refuted" in shown
    assert TOLD in shown


@pytest.mark.parametrize("text", ["", " ", "x" * 20_001])
def test_the_page_says_what_is_wrong(text: str, rex: User) -> None:
    client = Client()
    client.force_login(rex)
    page = client.post("/admin/reviews/review/check/", {"text": text})
    assert page.status_code == 400
    assert "errorlist" in page.content.decode()
