"""Corrections over the API: who may, what the history tells, and what a verdict makes of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from claims.models import Article, Claim, Correction, Mention, Story
from claims.services import scoring
from reviews.models import Notification, Review, ReviewEvent
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

Api = Callable[[User | None], APIClient]
SAID = {"speaker": "The harbour office", "why": "misread"}


def first(review: Review) -> Mention:
    return review.claim.mentions.earliest("pk")


def correct(client: APIClient, mention: Mention, **body: object) -> Any:
    return client.post(f"/api/v1/mentions/{mention.pk}/correct/", {**SAID, **body})


def refused(answer: Any) -> tuple[int, str, str | None]:
    error = answer.json()["errors"][0]
    return answer.status_code, error["code"], error["attr"]


def place_in_a_story(mention: Mention) -> Article:
    Article.objects.filter(pk=mention.article_id).update(story=Story.objects.create(title="A story"))
    return Article.objects.get(pk=mention.article_id)


def test_a_correction_answers_what_was_read_and_what_stands_in_its_place(
    make_review: MakeReview, api: Api, ada: User
) -> None:
    mention = first(make_review())
    figure = {"value": 156.0, "comparator": "~", "counted": "ship"}
    answer = correct(api(ada), mention, quantity=figure, stance="open")
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    assert (told["kind"], told["by"], told["why"], told["quote"]) == ("reading", "ada", "misread", mention.quote)
    assert told["read"] == {"speaker": None, "stance": "asserts", "factuality": "asserted", "quantity": None}
    assert told["corrected"]["quantity"] == figure
    assert (told["corrected"]["speaker"], told["corrected"]["stance"]) == ("The harbour office", "open")


def test_a_mention_shows_the_machines_reading_beside_the_persons(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review()
    client, mention = api(ada), first(review)
    done = correct(client, mention).json()
    for shown in (
        client.get(f"/api/v1/mentions/{mention.pk}/").json(),
        client.get(f"/api/v1/claims/{review.claim_id}/").json()["mentions"][0],
        client.get(f"/api/v1/articles/{mention.article_id}/").json()["mentions"][0],
    ):
        assert (shown["speaker"], shown["read"]["speaker"]) == ("The harbour office", None)
        corrected = shown["corrected"]
        assert (corrected["correction"], corrected["by"], corrected["why"]) == (done["id"], "ada", "misread")
        assert (corrected["fields"], corrected["fits"]) == (["speaker"], True)


def test_what_nobody_corrected_has_nothing_beside_it(make_review: MakeReview, api: Api, ada: User) -> None:
    shown = api(ada).get(f"/api/v1/mentions/{first(make_review()).pk}/").json()
    assert (shown["read"], shown["corrected"]) == (None, None)


def test_the_reviewer_who_holds_a_claim_may_correct_it_and_no_other(
    make_review: MakeReview, api: Api, rita: User, rex: User, vera: User
) -> None:
    review = make_review(Status.IN_REVIEW)
    assert refused(correct(api(rex), first(review)))[:2] == (403, "not_the_assignee")
    assert refused(correct(api(vera), first(review)))[:2] == (403, "not_permitted")
    assert correct(api(rita), first(review)).status_code == 201


def test_a_machine_corrects_nothing(make_review: MakeReview, api: Api, db: None) -> None:
    robot = person("robot", "editor", "ingest")
    assert refused(correct(api(robot), first(make_review())))[:2] == (403, "machine_account")


def test_only_an_editor_makes_a_new_claim_of_an_addition(
    make_review: MakeReview, api: Api, rita: User, ada: User
) -> None:
    review = make_review(Status.IN_REVIEW)
    article = place_in_a_story(first(review))
    body = {"article": article.pk, "quote": "Officials said", "why": "missed"}
    assert refused(api(rita).post("/api/v1/mentions/", body))[:2] == (403, "not_permitted")
    assert api(rita).post("/api/v1/mentions/", {**body, "claim": review.claim_id}).status_code == 201
    done = api(ada).post("/api/v1/mentions/", {**body, "quote": "Report"})
    assert done.status_code == 201, done.json()
    assert Review.objects.get(claim=done.json()["claim"]).status == "unverified"


def test_an_addition_by_offsets_takes_what_stands_between_them(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review()
    article = place_in_a_story(first(review))
    start = article.text.index("Officials")
    body = {"article": article.pk, "start": start, "end": start + 9, "claim": review.claim_id, "why": "missed"}
    told = api(ada).post("/api/v1/mentions/", body).json()
    assert (told["kind"], told["quote"], told["read"]) == ("added", "Officials", None)
    shown = api(ada).get(f"/api/v1/mentions/{told['mention']}/").json()
    assert (shown["claim"], shown["read"], shown["corrected"]["kind"]) == (review.claim_id, None, "added")


def test_what_is_no_claim_is_shown_nowhere_until_it_is_taken_back(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review(outlets=2)
    client, mention = api(ada), first(review)
    done = client.post(f"/api/v1/mentions/{mention.pk}/no_claim/", {"why": "junk"}).json()
    assert len(client.get(f"/api/v1/claims/{review.claim_id}/").json()["mentions"]) == 1
    assert client.get(f"/api/v1/articles/{mention.article_id}/").json()["mentions"] == []
    back = client.post(f"/api/v1/corrections/{done['id']}/undo/", {"why": "it was one"})
    assert (back.status_code, back.json()["withdrawn_by"]) == (201, "ada")
    assert len(client.get(f"/api/v1/claims/{review.claim_id}/").json()["mentions"]) == 2
    assert refused(client.post(f"/api/v1/corrections/{done['id']}/undo/", {"why": "again"}))[0] == 409


def test_a_claim_is_worded_anew_and_the_machines_text_stays(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review()
    before = first(review).quote
    answer = api(ada).post(f"/api/v1/claims/{review.claim_id}/text/", {"text": "155 were counted.", "why": "clearer"})
    assert answer.status_code == 201, answer.json()
    shown = api(ada).get(f"/api/v1/claims/{review.claim_id}/").json()
    assert (shown["text"], shown["read_text"].lower()) == ("155 were counted.", before)


def test_every_correction_is_a_line_of_the_history_that_proves_it(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review(Status.CORROBORATED)
    done = correct(api(ada), first(review)).json()
    api(ada).post(f"/api/v1/corrections/{done['id']}/undo/", {"why": "no"})
    lines = list(ReviewEvent.objects.filter(review=review, action="correct").order_by("sequence"))
    assert [(line.note, line.details["correction"]) for line in lines] == [("misread", done["id"]), ("no", done["id"])]
    assert [line.details.get("taken_back", False) for line in lines] == [False, True]
    assert verify().faults == ()


@pytest.mark.parametrize("column", ["corrected", "read", "why", "by", "kind", "gone"])
def test_a_correction_that_was_changed_behind_the_history_is_named(
    column: str, make_review: MakeReview, api: Api, ada: User, rex: User
) -> None:
    done = correct(api(ada), first(make_review())).json()
    row = Correction.objects.filter(pk=done["id"])
    other = {"corrected": {"value": 1.0}, "read": {}, "why": "another reason", "by": rex, "kind": "no_claim"}
    if column == "gone":
        row.delete()
    else:
        row.update(**{column: other[column]})
    assert [fault.what for fault in verify().faults] == [f"correction {done['id']} was changed"]


def test_a_decided_claim_is_marked_for_re_check_and_its_people_are_told(
    make_review: MakeReview, api: Api, ada: User
) -> None:
    review = make_review(Status.CORROBORATED)
    correct(api(ada), first(review))
    review.refresh_from_db()
    assert review.recheck_reason == "What a mention says was corrected: misread"
    assert set(Notification.objects.filter(kind="recheck").values_list("user__username", flat=True)) == {"rita", "vera"}


@pytest.mark.parametrize("what", ["correct", "no_claim", "text", "add", "undo"])
def test_whoever_corrected_what_a_verdict_rests_on_does_not_confirm_it(
    what: str, make_review: MakeReview, api: Api, rex: User, ada: User
) -> None:
    bo, review = person("bo", "editor", "reviewer"), make_review(Status.CORROBORATED, outlets=2)
    mention = first(review)
    article = place_in_a_story(mention)
    if what == "undo":
        done = correct(api(ada), mention).json()
        answer = api(bo).post(f"/api/v1/corrections/{done['id']}/undo/", {"why": "no"})
    else:
        address, body = {
            "correct": (f"mentions/{mention.pk}/correct/", SAID),
            "no_claim": (f"mentions/{mention.pk}/no_claim/", {"why": "junk"}),
            "text": (f"claims/{review.claim_id}/text/", {"text": "Other words.", "why": "clearer"}),
            "add": ("mentions/", {"article": article.pk, "quote": "Report", "claim": review.claim_id, "why": "w"}),
        }[what]
        answer = api(bo).post(f"/api/v1/{address}", body)
    assert answer.status_code == 201, answer.json()
    here = f"/api/v1/claims/{review.claim_id}/confirm/"
    assert refused(api(bo).post(here, {"note": "It stands."}))[:2] == (403, "own_change")
    assert api(rex).post(here, {"note": "It stands."}).status_code == 200


def test_who_saw_another_version_of_the_claim_corrects_nothing(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review(Status.IN_REVIEW)
    mention = first(review)
    address = f"/api/v1/mentions/{mention.pk}/correct/"
    late = api(ada).post(address, SAID, HTTP_IF_MATCH='"1"')
    assert (late.status_code, late.json()["current"]["version"]) == (412, review.version)
    assert not Correction.objects.exists()
    assert api(ada).post(address, SAID, HTTP_IF_MATCH=f'"{review.version}"').status_code == 201


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"speeker": "x"}, "speeker"),
        ({"stance": "maybe"}, "stance"),
        ({"factuality": "true"}, "factuality"),
        ({"quantity": {"value": 5, "upper": 4}}, "quantity.upper"),
        ({"quantity": {"comparator": "="}}, "quantity.value"),
        ({"quantity": {"value": 1, "units": "kg"}}, "quantity.units"),
        ({"quote": "words that stand nowhere"}, "quote"),
        ({"why": ""}, "why"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(
    body: dict[str, object], attr: str, make_review: MakeReview, api: Api, ada: User
) -> None:
    answer = correct(api(ada), first(make_review()), **body)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr), answer.json()
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({"article": 1_000_000, "quote": "x"}, "article"),
        ({"quote": "Report", "claim": 1_000_000}, "claim"),
        ({}, "start"),
        ({"quote": "Report", "start": 0, "end": 4}, "start"),
        ({"start": 3}, "start"),
        ({"start": 7, "end": 3}, "end"),
    ],
)
def test_an_addition_to_nothing_is_refused_by_its_field(
    body: dict[str, object], attr: str, make_review: MakeReview, api: Api, ada: User
) -> None:
    article = place_in_a_story(first(make_review()))
    answer = api(ada).post("/api/v1/mentions/", {"article": article.pk, "why": "w", **body})
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, attr), answer.json()


def test_there_is_no_correcting_what_there_is_not(api: Api, ada: User) -> None:
    for address in ("mentions/9/correct/", "mentions/9/no_claim/", "corrections/9/undo/", "claims/9/text/"):
        body = {"why": "w", **({"text": "t"} if "text" in address else {})}
        assert api(ada).post(f"/api/v1/{address}", body).status_code == 404


def test_corrections_are_listed_by_claim_and_article_and_by_whether_they_stand(
    make_review: MakeReview, api: Api, ada: User
) -> None:
    review, other, client = make_review(), make_review(), api(ada)
    mine, theirs = correct(client, first(review)).json(), correct(client, first(other)).json()
    client.post(f"/api/v1/corrections/{theirs['id']}/undo/", {"why": "no"})

    def listed(**asked: object) -> list[int]:
        return [row["id"] for row in client.get("/api/v1/corrections/", asked).json()["results"]]

    assert listed() == [theirs["id"], mine["id"]]
    assert listed(claim=review.claim_id) == [mine["id"]]
    assert listed(article=first(other).article_id) == [theirs["id"]]
    assert listed(in_force="true") == [mine["id"]]


def test_a_claim_of_which_nothing_is_left_waits_for_nobody(make_review: MakeReview, api: Api, ada: User) -> None:
    review = make_review()
    api(ada).post(f"/api/v1/mentions/{first(review).pk}/no_claim/", {"why": "junk"})
    scoring.score(review.claim_id)
    assert api(person("rob", "reviewer")).post("/api/v1/reviews/next/").status_code == 204
    assert Claim.objects.filter(pk=review.claim_id).exists()
