"""What the API does not know, it refuses by name: methods, parameters, values, bodies."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.test import APIClient

from claims.api.strict import StrictView
from claims.models import Article, Claim
from reviews.models import Review
from reviews.workflow import Status
from tests.claims import desk_data
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]

LISTS = (
    "articles", "claims", "sources", "stories", "reviews", "regroupings", "bulk", "notifications", "publications",
)  # fmt: skip


@pytest.fixture
def adm(db: None) -> User:
    return person("adm", "administrator")


def refusal(answer: Any) -> tuple[int, str, str | None]:
    """The status, the type of the refusal and what it names first."""
    body = json.loads(answer.content)
    assert set(body) >= {"type", "errors"}
    return answer.status_code, body["type"], body["errors"][0]["attr"]


def views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
        elif route.startswith("api/"):
            yield route, getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)


def test_every_view_of_the_api_refuses_what_it_does_not_know() -> None:
    found = dict(views(get_resolver().url_patterns))
    loose = [route for route, view in found.items() if not (view and issubclass(view, StrictView))]
    assert loose == ["api/v1/docs/"], "a page for people"


# Parameters


@pytest.mark.parametrize("name", ["statuss", "verdict", "Status", "status[]", "page", "format", "search", "id", "q"])
@pytest.mark.parametrize("listed", LISTS)
def test_a_list_refuses_a_parameter_that_it_does_not_know(name: str, listed: str, api: Api, adm: User) -> None:
    assert refusal(api(adm).get(f"/api/v1/{listed}/", {name: "x"})) == (400, "validation_error", name)


def test_so_does_everything_else(make_review: MakeReview, api: Api, adm: User) -> None:
    claim = make_review().claim_id
    client = api(adm)
    article, mention = Article.objects.earliest("pk"), f"/api/v1/claims/{claim}/"
    for path in (
        mention, f"{mention}review/", f"{mention}transitions/", f"{mention}history/", f"{mention}notes/",
        f"/api/v1/articles/{article.pk}/", "/api/v1/history/", "/api/v1/notifications/choices/", "/api/v1/schema/",
        f"/api/v1/sources/{article.source_id}/",
    ):  # fmt: skip
        assert refusal(client.get(path, {"status": "refuted"})) == (400, "validation_error", "status"), path
    for path in (f"{mention}take/", f"{mention}notes/", "/api/v1/bulk/", "/api/v1/articles/", "/api/v1/reviews/next/"):
        assert refusal(client.post(f"{path}?dry_run=1", {})) == (400, "validation_error", "dry_run"), path
    assert Review.objects.get(claim=claim).version == 1


def test_each_unknown_parameter_is_named_and_the_known_ones_are_told(api: Api, adm: User) -> None:
    errors = api(adm).get("/api/v1/stories/?txt=a&from=b").json()["errors"]
    assert [(e["attr"], e["code"]) for e in errors] == [("txt", "unknown_parameter"), ("from", "unknown_parameter")]
    assert "cursor, ordering, page_size, text" in errors[0]["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "claims/?recheck=1", "claims/?recheck=yes", "claims/?recheck=True", "reviews/?contested=0", "reviews/?recheck=",
        "claims/?status=", "claims/?status=,", "claims/?status=unverified,", "claims/?status=unverified;refuted",
        "claims/?status=UNVERIFIED", "claims/?suggested=refuted", "claims/?story=", "claims/?story=0",
        "claims/?story=1.5",
        "claims/?story=1&story=2", "claims/?text=a&text=a", "claims/?text=%20", "claims/?text=%ff", "claims/?text=a%00",
        "claims/?probability_min=nan", "claims/?probability_min=inf", "claims/?probability_max=1.01",
        "claims/?probability_min=-0.1", "claims/?origins_min=1.5", "claims/?origins_max=99999999999",
        "claims/?speaker=" + "a" * 201, "articles/?language=", "regroupings/?claim=x",
        "claims/?created_after=yesterday", "claims/?created_before=2025-13-01", "claims/?published_after=2025-04",
        "claims/?published_after=20250410", "claims/?published_before=2025-W15-4", "claims/?published_after=0",
        "articles/?published_after=2025-04-10T12:00:00+02:00", "articles/?created_before=9999-12-31",
        "articles/?published_before=0001-01-01T00:00:00%2B14:00", "articles/?published_before=2025-02-29",
    ],
)  # fmt: skip
def test_a_value_that_a_parameter_does_not_take_is_refused_by_its_name(query: str, api: Api, adm: User) -> None:
    name = query.partition("?")[2].partition("=")[0]
    assert refusal(api(adm).get(f"/api/v1/{query}")) == (400, "validation_error", name), query


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=in_review", {Status.IN_REVIEW}),
        ("status=in_review,refuted", {Status.IN_REVIEW, Status.REFUTED}),
        ("status=refuted,in_review,refuted", {Status.IN_REVIEW, Status.REFUTED}),
        ("status=refuted&status=in_review", {Status.IN_REVIEW, Status.REFUTED}),
        ("status=refuted%2C%20unverified", {Status.REFUTED, Status.UNVERIFIED}),
        ("status=proposed", set()),
    ],
)
def test_several_statuses_are_written_with_commas(
    query: str, found: set[Status], make_review: MakeReview, api: Api, adm: User
) -> None:
    for status in (Status.UNVERIFIED, Status.IN_REVIEW, Status.REFUTED):
        make_review(status)
    for listed in ("claims", "reviews"):
        rows = api(adm).get(f"/api/v1/{listed}/?{query}").json()["results"]
        assert {row["status"] for row in rows} == found


def test_a_claim_that_is_shown_as_unverified_is_found_as_unverified(
    make_review: MakeReview, api: Api, adm: User
) -> None:
    make_review(Status.DISMISSED)
    unscored = Claim.objects.create(text="Nobody has looked at it.")
    rows = api(adm).get("/api/v1/claims/?status=unverified").json()["results"]
    assert [(row["id"], row["status"]) for row in rows] == [(unscored.pk, "unverified")]


@pytest.mark.parametrize(("query", "marked"), [("true", True), ("false", False)])
def test_what_is_marked_for_recheck_is_asked_for_by_true_or_false(
    query: str, marked: bool, make_review: MakeReview, api: Api, adm: User
) -> None:
    reviews = [make_review(Status.REFUTED) for _ in range(2)]
    Review.objects.filter(pk=reviews[0].pk).update(recheck_at=datetime(2025, 4, 10, tzinfo=UTC))
    for listed, name in (("claims", "id"), ("reviews", "claim")):
        rows = api(adm).get(f"/api/v1/{listed}/?recheck={query}").json()["results"]
        assert [row[name] for row in rows] == [reviews[0 if marked else 1].claim_id]


# Dates: the divers' articles were published on 2025-04-10 to 13, see desk_data


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("published_after=2026-02-28", [28, 1, 2]),
        ("published_before=2026-02-28", [27, 28]),
        ("published_after=2026-02-28&published_before=2026-02-28", [28]),
        ("published_after=2026-03-01&published_before=2026-02-28", []),
        ("published_before=2026-02-28T23:30:00Z", [27]),
        ("published_before=2026-02-28T23:30:00.000001Z", [27, 28]),
        ("published_after=2026-02-28T23:30:00Z", [28, 1, 2]),
        ("published_after=2026-03-01T00:30:00%2B01:00", [28, 1, 2]),
        ("published_after=2026-03-01T00:00", [1, 2]),
    ],
)
@pytest.mark.parametrize("listed", ["articles", "claims"])
def test_a_day_is_meant_with_all_its_hours_and_a_moment_as_it_is(
    query: str, days: list[int], listed: str, api: Api, adm: User
) -> None:
    made = {}
    for month, day in ((2, 27), (2, 28), (3, 1), (3, 2)):
        claim = desk_data.claim(f"{day} boats sank.", title=f"The boats of {day}")
        articles = Article.objects.filter(mentions__claim=claim)
        Article.objects.filter(pk__in=articles).update(published_at=datetime(2026, month, day, 23, 30, tzinfo=UTC))
        made[day] = {claim.pk} if listed == "claims" else set(articles.values_list("pk", flat=True))
    rows = api(adm).get(f"/api/v1/{listed}/?{query}&page_size=500").json()["results"]
    assert {row["id"] for row in rows} == set().union(*(made[day] for day in days))


def test_what_is_asked_of_a_mention_holds_for_one_mention(api: Api, adm: User) -> None:
    claim = desk_data.claim()
    mentions = list(claim.mentions.order_by("article__published_at", "pk"))
    first, last = mentions[0].article, mentions[-1].article
    assert first.published_at is not None
    assert last.published_at is not None
    days = f"published_after={last.published_at:%Y-%m-%d}"
    for source, found in ((last.source_id, [claim.pk]), (first.source_id, [])):
        rows = api(adm).get(f"/api/v1/claims/?source={source}&{days}").json()["results"]
        assert [row["id"] for row in rows] == found


def test_claims_are_found_by_the_day_on_which_they_were_first_read(api: Api, adm: User) -> None:
    old, new = desk_data.claim("Two boats sank."), desk_data.claim("Nine lamps were lit.")
    Claim.objects.filter(pk=old.pk).update(created_at=datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC))
    for query, found in (("created_before=2024-12-31", old), ("created_after=2025-01-01", new)):
        rows = api(adm).get(f"/api/v1/claims/?{query}").json()["results"]
        assert [row["id"] for row in rows] == [found.pk]


# Methods


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("delete", "claims/"), ("put", "claims/1/"), ("patch", "articles/1/"), ("delete", "sources/1/"),
        ("post", "claims/"), ("post", "sources/"), ("get", "claims/1/take/"), ("put", "claims/1/notes/"),
        ("delete", "bulk/1/"), ("post", "history/"), ("get", "reviews/next/"), ("post", "schema/"),
        ("patch", "notifications/choices/"), ("get", "regroupings/1/undo/"), ("trace", "claims/"),
    ],
)  # fmt: skip
def test_a_method_that_an_address_does_not_have_is_405_before_403(
    method: str, path: str, api: Api, sam: User, ingo: User, rex: User
) -> None:
    for user in (sam, ingo, rex):
        client = api(user)
        assert refusal(client.generic(method.upper(), f"/api/v1/{path}")) == (405, "client_error", None), user
    assert api(None).generic(method.upper(), f"/api/v1/{path}").status_code == 401


def test_so_it_is_for_a_browser_without_a_token_against_forgery(rex: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(rex)
    assert client.delete("/api/v1/claims/").status_code == 405
    assert client.post("/api/v1/reviews/next/").status_code == 403


# Bodies


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        (b"[]", "body"), (b"[{}]", "body"), (b"null", "body"), (b'"take"', "body"), (b"5", "body"), (b"true", "body"),
        (b"{", "body"), (b" ", "body"), (b"{'note': 1}", "body"), (b'{"note": NaN}', "body"), (b"\xff\xfe", "body"),
        (b'{"note": "\xff"}', "body"), (b'{"note": ' + b"9" * 5_000 + b"}", "body"), (b"[" * 100_000, "body"),
        (b'{"note": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "body"),
        (b'{"note": ' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"}", "note"),
        (rb'{"note": "\ud800"}', "note"), (rb'{"note": "a\udfffb"}', "note"),
        (rb'{"links": ["a", "\udc00"]}', "links.1"),
        (rb'{"\ud800": 1}', "body"), (rb'{"note": {"\udbff": 1}}', "note"), (rb'{"note": "a\u0000b"}', "note"),
        (rb'{"a\u0000": 1}', "body"), (rb'{"links": [["\u0000"]]}', "links.0.0"),
        (b'{"note": "a", "note": "b"}', "note"), (b'{"note": "a", "noet": "b"}', "noet"),
        (b'{"note": ["a"]}', "note"), (b'{"note": {}}', "note"), (b'{"links": "a"}', "links"),
        (b'{"links": {}}', "links"),
        (b'{"mentions": [1, 2, 1]}', "mentions"), (b'{"mentions": [1e400]}', "mentions.0"),
        (b'{"mentions": [true]}', "mentions.0"),
        (b'{"mentions": [1.5]}', "mentions.0"), (b'{"assessment": -0}', "assessment"), (b'{"": 1}', ""),
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_and_the_field_or_the_body_is_named(
    body: bytes, attr: str, make_review: MakeReview, api: Api, adm: User
) -> None:
    claim = make_review().claim_id
    answer = api(adm).generic("POST", f"/api/v1/claims/{claim}/take/", body, content_type="application/json")
    assert refusal(answer) == (400, "validation_error", attr)
    assert Review.objects.get(claim=claim).version == 1


@pytest.mark.parametrize(
    "path", ["articles/", "bulk/", "claims/1/notes/", "claims/1/merge/", "claims/1/split/", "notifications/read/"]
)
@pytest.mark.parametrize("body", [[], "x", None, 7, [{"text": "x"}]])
def test_every_address_wants_an_object(path: str, body: object, make_review: MakeReview, api: Api, adm: User) -> None:
    claim = make_review().claim_id
    answer = api(adm).generic(
        "POST", f"/api/v1/{path.replace('1', str(claim))}", json.dumps(body), content_type="application/json"
    )
    assert refusal(answer) == (400, "validation_error", "body")


@pytest.mark.parametrize("text", ["a\ud83d", "\udc4ba", "a\0b"])
def test_no_text_that_a_database_cannot_hold_comes_in(text: str, api: Api, ingo: User) -> None:
    for name in ("text", "html", "title", "source", "url"):
        body = json.dumps({"text": "Plain words.", name: text})
        answer = api(ingo).generic("POST", "/api/v1/articles/", body, content_type="application/json")
        assert refusal(answer) == (400, "validation_error", name)
    assert not Article.objects.exists()


def test_a_pair_of_surrogates_is_a_character_and_a_byte_order_mark_is_none(
    make_review: MakeReview, api: Api, adm: User
) -> None:
    claim = make_review().claim_id
    body = b"\xef\xbb\xbf" + rb'{"text": "\ud83d\udc4b"}'
    answer = api(adm).generic("POST", f"/api/v1/claims/{claim}/notes/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["text"]) == (201, "👋")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("split/", {"mentions": [3, 4, 3], "why": "x"}),
        ("propose/", {"mentions": [5, 5]}),
        ("/api/v1/notifications/read/", {"ids": [9, 9, 1, 1]}),
    ],
)
def test_what_is_named_twice_in_a_list_of_ids_is_refused(
    path: str, body: dict[str, object], make_review: MakeReview, api: Api, adm: User
) -> None:
    url = path if path.startswith("/") else f"/api/v1/claims/{make_review().claim_id}/{path}"
    answer = api(adm).post(url, body)
    assert refusal(answer)[0] == 400
    assert answer.json()["errors"][0]["code"] == "repeated"


# The page that describes it


def test_a_browser_is_led_to_the_sign_in_page_and_back(client: Client, rex: User) -> None:
    page = "/api/v1/docs/?lang=en"
    for accepted in ("text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"):
        answer = client.get(page, HTTP_ACCEPT=accepted)
        assert (answer.status_code, answer.url) == (302, "/admin/login/?next=/api/v1/docs/%3Flang%3Den")
    rex.set_password("a right one")
    rex.save()
    back = client.post(answer.url, {"username": "rex", "password": "a right one"})
    assert back.url == page
    assert client.get(back.url, HTTP_ACCEPT="text/html").status_code == 200


@pytest.mark.parametrize("accepted", ["*/*", "application/json"])
def test_a_program_is_told_401_there_as_everywhere(accepted: str, client: Client, db: None) -> None:
    assert client.get("/api/v1/docs/", HTTP_ACCEPT=accepted).status_code == 401
