"""``/api/v1/publications/`` and ``claims/ID/publish/``: an editor puts verdicts before readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from reviews.models import Publication, Review
from reviews.services.publishing import Words, correct
from tests.reviews.published import decided, editor, published

pytestmark = pytest.mark.django_db

Api = Callable[[User | None], APIClient]
PUBLICATIONS = "/api/v1/publications/"


def test_an_editor_publishes_corrects_and_withdraws(api: Api, ada: User) -> None:
    client, claim = api(ada), decided().claim_id
    made = client.post(f"/api/v1/claims/{claim}/publish/", {"headline": "Yes, 155"})
    assert made.status_code == 201
    body = made.json()
    assert (body["claim"], body["version"], body["withdrawn"], body["stands"]) == (claim, 1, False, True)
    assert body["address"] == f"http://127.0.0.1:8000/checks/{body['id']}/"
    address = f"{PUBLICATIONS}{body['id']}/"
    corrected = client.post(f"{address}correct/", {"why": "A slip.", "summary": "One book."}).json()
    assert [v["kind"] for v in corrected["versions"]] == ["published", "corrected"]
    assert corrected["versions"][1]["snapshot"]["summary"] == "One book."
    gone = client.post(f"{address}withdraw/", {"why": "All wrong."}).json()
    assert (gone["withdrawn"], gone["headline"], gone["versions"][2]["snapshot"]) == (True, "", {})
    assert client.get(address).json() == gone


def test_what_is_not_decided_is_a_conflict_with_the_state(api: Api, ada: User) -> None:
    published_one = published()
    claim = published_one.review.claim_id
    answer = api(ada).post(f"/api/v1/claims/{claim}/publish/", {})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "published")
    assert answer.json()["current"]["claim"] == claim


def test_if_match_holds(api: Api, ada: User) -> None:
    claim = decided().claim_id
    client = api(ada)
    stale = client.post(f"/api/v1/claims/{claim}/publish/", {}, HTTP_IF_MATCH='"1"')
    assert stale.status_code == 412
    version = Review.objects.get(claim=claim).version
    assert client.post(f"/api/v1/claims/{claim}/publish/", {}, HTTP_IF_MATCH=f'"{version}"').status_code == 201


@pytest.mark.parametrize(
    ("deed", "body", "field"),
    [
        ("correct", {}, "why"), ("withdraw", {}, "why"), ("withdraw", {"why": " "}, "why"),
        ("withdraw", {"why": "w", "summary": "s"}, "summary"),
        ("correct", {"why": "w", "headline": "x" * 201}, "headline"),
    ],
)  # fmt: skip
def test_a_wrong_body_is_refused_by_name(deed: str, body: dict[str, str], field: str, api: Api, ada: User) -> None:
    answer = api(ada).post(f"{PUBLICATIONS}{published().pk}/{deed}/", body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, field)


def test_there_is_nothing_where_nothing_was_published(api: Api, ada: User) -> None:
    client = api(ada)
    for deed in ("", "correct/", "withdraw/"):
        method = client.post if deed else client.get
        assert method(f"{PUBLICATIONS}999999/{deed}", {"why": "w"} if deed else None).status_code == 404
    assert client.post("/api/v1/claims/999999/publish/", {}).status_code == 404


def test_who_is_no_editor_publishes_nothing(api: Api, rex: User, vera: User, ingo: User, sam: User) -> None:
    claim = decided().claim_id
    for person, status in ((None, 401), (sam, 403), (ingo, 403), (rex, 403)):
        assert api(person).post(f"/api/v1/claims/{claim}/publish/", {}).status_code == status
    assert not Publication.objects.exists()


def test_the_list_costs_the_same_whatever_its_length(api: Api, rex: User, django_assert_num_queries) -> None:
    for n in range(3):
        published(text=f"{n} divers were hired.")
    client = api(User.objects.get(pk=rex.pk))
    with django_assert_num_queries(4):  # the person's permissions (2), the count, the rows
        assert len(client.get(PUBLICATIONS).json()["results"]) == 3


def test_the_detail_costs_the_same_whatever_was_corrected(api: Api, rex: User, django_assert_num_queries) -> None:
    publication = published()
    for n in range(3):
        correct(publication.review.claim_id, editor(), Words(why=f"Slip {n}."))
    client = api(User.objects.get(pk=rex.pk))
    with django_assert_num_queries(5):
        assert len(client.get(f"{PUBLICATIONS}{publication.pk}/").json()["versions"]) == 4


def test_the_page_of_the_desk_does_the_same(ada: User) -> None:
    review, client = decided(), Client()
    client.force_login(ada)
    address = f"/admin/reviews/review/{review.pk}/publication/"
    assert "Publication" in client.get(f"/admin/reviews/review/{review.pk}/change/").content.decode()
    assert "It is not published." in client.get(address).content.decode()
    words = {"headline": "Yes", "summary": "Two books.", "version": review.version, "deed": "publish"}
    assert client.post(address, words).status_code == 302
    assert "Readers see it at" in client.get(address).content.decode()
    stale = client.post(address, {**words, "deed": "withdraw", "why": "A slip."})
    assert (stale.status_code, b"Nothing was written" in stale.content) == (409, True)
    version = Review.objects.get(pk=review.pk).version
    unsaid = client.post(address, {**words, "deed": "withdraw", "why": "", "version": version})
    assert (unsaid.status_code, b"Tell readers why" in unsaid.content) == (400, True)
    assert client.post(address, {**words, "deed": "correct", "why": "A slip.", "version": version}).status_code == 302
    assert client.post(address, {"deed": "delete"}).status_code == 404
    assert [v.kind for v in Publication.objects.get().versions.order_by("number")] == ["published", "corrected"]
