"""What no form would send: numbers that no column holds, characters that no database takes. Refused, never an error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from reviews.models import BulkJob, Note, Review
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db
Api = Callable[[User | None], APIClient]

ODD = ["²", "1e3", "-1", "0", "9" * 19, "9" * 40, "a", "%00"]
HUGE = 10**30


@pytest.fixture
def ann(db: None) -> User:
    return person("ann", "administrator")


@pytest.fixture
def desk(ann: User) -> Client:
    client = Client()
    client.force_login(ann)
    return client


@pytest.mark.parametrize("number", ODD)
def test_a_number_that_can_be_no_claims_is_not_found(number: str, api: Api, ann: User) -> None:
    client = api(ann)
    for path in ("", "review/", "transitions/", "history/", "notes/"):
        assert client.get(f"/api/v1/claims/{number}/{path}").status_code == 404, path
    bodies: dict[str, dict[str, object]] = {
        "take": {},
        "notes": {"text": "x"},
        "merge": {"into": 1, "why": "x"},
        "split": {"mentions": [1], "why": "x"},
        "move": {"mention": 1, "into": 1, "why": "x"},
    }
    for action, body in bodies.items():
        assert client.post(f"/api/v1/claims/{number}/{action}/", body).status_code == 404, action
    assert client.post(f"/api/v1/regroupings/{number}/undo/", {"why": "x"}).status_code == 404
    for thing in ("regroupings", "bulk", "articles", "sources", "stories"):
        assert client.get(f"/api/v1/{thing}/{number}/").status_code == 404, thing


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bulk/", {"action": "take", "together": False, "claims": [{"claim": HUGE}]}),
        ("bulk/", {"action": "take", "together": False, "claims": [{"claim": 1, "version": 2**31}]}),
        ("bulk/", {"action": "take", "together": False, "claims": [{"claim": 1}] * 501}),
        ("claims/{claim}/propose/", {"mentions": [HUGE]}),
        ("claims/{claim}/propose/", {"assessment": HUGE}),
        ("claims/{claim}/merge/", {"into": HUGE, "why": "x"}),
        ("claims/{claim}/merge/", {"into": 999_999, "why": "x"}),
        ("claims/{claim}/split/", {"mentions": [HUGE], "why": "x"}),
        ("claims/{claim}/move/", {"mention": HUGE, "into": 1, "why": "x"}),
        ("notifications/read/", {"ids": [HUGE]}),
    ],
)
def test_a_number_that_no_column_holds_is_a_wrong_request(
    path: str, body: dict[str, object], make_review: MakeReview, api: Api, ann: User
) -> None:
    claim = make_review().claim_id
    answer = api(ann).post(f"/api/v1/{path.format(claim=claim)}", body)
    assert answer.status_code == 400, answer.json()
    assert not BulkJob.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "claims/?story=1.5", f"claims/?story={HUGE}", f"claims/?source={HUGE}", "regroupings/?claim=-6.5e16",
        "articles/?source=-6.478e%2B16", "articles/?published_before=0036-09-19T06:32:55-16:28",
        "articles/?published_after=0001-01-01T00:00:00%2B14:00", "articles/?published_after=2025-02-30",
        "claims/?text=%00",
    ],
)  # fmt: skip
def test_a_filter_answers_or_refuses(query: str, api: Api, ann: User) -> None:
    assert api(ann).get(f"/api/v1/{query}").status_code in {200, 400}


@pytest.mark.parametrize("query", ["status=doubtful", "suggested=doubtful", "ordering=doubtful"])
def test_a_word_that_a_filter_does_not_know_is_a_wrong_request(query: str, api: Api, ann: User) -> None:
    answer = api(ann).get(f"/api/v1/claims/?{query}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "invalid_choice")


@pytest.mark.parametrize(
    "published", ["2025-01-01T00:00:00-16:28", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59-14:00"]
)
def test_an_article_of_an_impossible_moment_is_taken_or_refused(published: str, api: Api, ann: User) -> None:
    body = {"text": "A report in plain words.", "title": "A report", "published": published}
    assert api(ann).post("/api/v1/articles/", body).status_code in {201, 400}


def test_the_export_may_be_asked_for_as_what_it_is(make_review: MakeReview, api: Api, ann: User) -> None:
    make_review()
    for wanted in ("application/x-ndjson", "application/json", "*/*"):
        answer = api(ann).get("/api/v1/history/", HTTP_ACCEPT=wanted)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-ndjson")


@pytest.mark.parametrize(
    "given",
    [
        {"action": "note", "text": "a\0b"},
        {"action": "note", "text": "a" * 10_001},
        {"action": "propose", "evidence": ["²", "9" * 40, "9" * 5_000, "-1"], "verdict": "refuted", "rationale": "x"},
        {"action": "propose", "rationale": "a\0b"},
        {"action": "take", "version": "²"},
        {"action": "take", "assessment": "9" * 40},
        {"action": "reassign", "assignee": "9" * 40},
    ],
)
def test_the_review_page_refuses_it_and_writes_nothing(
    given: dict[str, object], make_review: MakeReview, desk: Client, ann: User
) -> None:
    review = make_review(Status.IN_REVIEW)
    Review.objects.filter(pk=review.pk).update(assignee=ann)
    answer = desk.post(f"/admin/reviews/review/{review.pk}/change/", {"version": review.version, **given})
    assert answer.status_code in {400, 409}
    assert Review.objects.get(pk=review.pk).version == review.version
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=a%00b", "queue=x", "status__exact=%00", "o=99999999999999999999", "p=99999999999999999999", "p=-1",
        "story=99999999999999999999999999", "source=99999999999999999999", "claim=99999999999999999999",
        "story=x", "story=²", "origins=x", "suggested=%00", "proposer__password=1",
        "assignee__password__startswith=p", "claim__assessment__probability__gt=0", "all=", "_changelist_filters=%00",
    ],
)  # fmt: skip
def test_a_list_is_filtered_by_what_it_offers_and_by_nothing_else(
    query: str, make_review: MakeReview, desk: Client
) -> None:
    make_review()  # a filter that has nothing to offer is not asked
    for address in ("reviews/review", "claims/article", "claims/claim", "claims/mention", "reviews/reviewevent"):
        assert desk.get(f"/admin/{address}/?{query}").status_code in {200, 302, 400}, address


@pytest.mark.parametrize("number", ["²", "9" * 40, "9" * 5_000, "a", "0"])
def test_an_action_of_a_list_takes_rows_of_it_alone(number: str, make_review: MakeReview, desk: Client) -> None:
    make_review()
    for address, action in (("claims/article", "retry_failed_steps"), ("reviews/review", "take")):
        answer = desk.post(f"/admin/{address}/", {"action": action, "_selected_action": number, "index": "0"})
        assert answer.status_code == 400, address


@pytest.mark.parametrize("number", ["²", "9" * 40, "a"])
def test_there_is_no_page_of_such_a_number(number: str, desk: Client) -> None:
    for page in ("change", "regroup"):
        url = f"/admin/reviews/review/{number}/{page}/"
        assert desk.get(url, follow=True).status_code == 404
        assert desk.post(url, {"action": "take", "version": 1}, follow=True).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"undo": "²"},
        {"undo": "9" * 40},
        {"kind": "split", "mention": ["²", "9" * 40, "9" * 5_000]},
        {"kind": "merge", "number": "9" * 40},
        {"kind": "merge", "number": 2, "why": "a\0b"},
    ],
)
def test_the_page_to_regroup_refuses_it(given: dict[str, object], make_review: MakeReview, desk: Client) -> None:
    review = make_review(outlets=2)
    data = {"version": review.version, "why": "x", "confirm": "1", **given}
    assert desk.post(f"/admin/reviews/review/{review.pk}/regroup/", data).status_code in {400, 404}


@pytest.mark.parametrize("claim", ["²:²", f"{'9' * 28}:1", f"1:{'9' * 28}", f"1:{'9' * 5_000}", "1", ":", "x:y"])
def test_the_page_for_bulk_actions_leaves_it_out(claim: str, desk: Client) -> None:
    assert desk.post("/admin/reviews/review/bulk/", {"action": "take", "claim": [claim]}).status_code == 400
    assert not BulkJob.objects.exists()
