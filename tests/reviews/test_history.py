"""The history is beyond doubt: the database refuses to change it, and what is forged is found and named."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from rest_framework.test import APIClient

from reviews import chain
from reviews.models import HistorySeal, Notification, Review, ReviewEvent
from reviews.services.sealing import seal
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.reviews.conftest import MakeReview
from tests.triggers import triggers_off

Api = Callable[[User | None], APIClient]
pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

COLUMNS = [
    "sequence", "actor_id", "actor_name", "action", "from_status", "to_status", "note", "details", "assessment_id",
    "created_at", "previous", "hash", "review_id",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _desk(transactional_db: None) -> None:
    """Before anything else: the tables are real here."""


def forge(statement: str, *values: object) -> None:
    """Raw SQL with the triggers switched off, as somebody with the database's password would do it."""
    with triggers_off(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_history_is_whole(make_review: MakeReview) -> None:
    make_review(Status.CORROBORATED)
    seal()
    out = io.StringIO()
    call_command("verify_history", stdout=out)
    assert "The history is whole: 4 events of 1 reviews, 1 seals." in out.getvalue()


@pytest.mark.parametrize("statement", ["UPDATE reviews_reviewevent SET note = 'x'", "DELETE FROM reviews_reviewevent"])
def test_the_database_refuses_to_change_the_history(statement: str, make_review: MakeReview) -> None:
    make_review()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_truncate_the_history(make_review: MakeReview) -> None:
    make_review()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE reviews_reviewevent CASCADE")


def forged(value: object, column: str, others: list[int]) -> object:
    """The value with one byte changed, or another one of the same kind."""
    match column:
        case "details":
            return json.dumps({"verdict": "refuted"})
        case "created_at":
            return value.replace(microsecond=(value.microsecond + 1) % 1_000_000)
        case "review_id":
            return others[0]
        case "actor_id" | "assessment_id":
            return None
        case "sequence":
            return 77
        case _:
            return chr(ord(str(value)[0]) ^ 1) + str(value)[1:] if value else "x"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_byte_is_found_and_its_line_named(column: str, make_review: MakeReview) -> None:
    other, review = make_review(Status.IN_REVIEW), make_review(Status.CORROBORATED)
    event = review.events.order_by("sequence")[2]
    value = forged(getattr(event, column), column, [other.pk])
    if column == "review_id":
        forge("UPDATE reviews_reviewevent SET sequence = 3, review_id = %s WHERE id = %s", value, event.pk)
    else:
        forge(f"UPDATE reviews_reviewevent SET {column} = %s WHERE id = %s", value, event.pk)  # noqa: S608

    faults = verify().faults

    assert faults
    assert any(f"event {event.pk} " in f.where or "follows line 2" in f.what for f in faults), faults
    errors = io.StringIO()
    with pytest.raises(CommandError, match="broken"):
        call_command("verify_history", stderr=errors)
    assert f"review {review.pk}" in errors.getvalue()


def test_a_line_that_was_taken_out_is_missed(make_review: MakeReview) -> None:
    review = make_review(Status.CORROBORATED)
    forge("DELETE FROM reviews_reviewevent WHERE review_id = %s AND sequence = 2", review.pk)
    assert "lines are missing before it" in verify().faults[0].what


def test_a_last_line_that_was_taken_off_is_missed(make_review: MakeReview) -> None:
    review = make_review(Status.CORROBORATED)
    Notification.objects.all().delete()
    forge("DELETE FROM reviews_reviewevent WHERE review_id = %s AND sequence = 4", review.pk)
    assert "at version 4, but its history ends with line 3" in verify().faults[0].what


def test_a_status_that_was_changed_behind_the_history_is_found(make_review: MakeReview) -> None:
    review = make_review(Status.IN_REVIEW)
    Review.objects.filter(pk=review.pk).update(status="dismissed")
    assert "it is dismissed, but its history ends with in_review" in verify().faults[0].what


def test_a_chain_that_was_written_anew_as_a_whole_does_not_meet_its_seal(make_review: MakeReview) -> None:
    review = make_review(Status.IN_REVIEW)
    seal()
    event = review.events.last()
    event.note = "I was never here."
    fields = {
        f.attname: getattr(event, f.attname) for f in event._meta.concrete_fields if f.attname not in {"id", "hash"}
    }
    forge(
        "UPDATE reviews_reviewevent SET note = %s, hash = %s WHERE id = %s", event.note, chain.digest(fields), event.pk
    )
    assert "not the line that was sealed" in verify().faults[0].what


def test_a_review_whose_end_was_cut_off_with_its_version_does_not_meet_its_seal(make_review: MakeReview) -> None:
    review = make_review(Status.IN_REVIEW)
    seal()
    forge("DELETE FROM reviews_reviewevent WHERE review_id = %s AND sequence = 2", review.pk)
    Review.objects.filter(pk=review.pk).update(version=1, status="unverified", assignee=None, lease_until=None)
    assert [fault.what for fault in verify().faults] == ["sealed, and no longer there"]


def test_a_seal_that_was_changed_is_found(make_review: MakeReview) -> None:
    make_review()
    seal()
    forge("UPDATE reviews_historyseal SET heads = %s", "{}")
    assert verify().faults[0].where == "seal 1"


def test_a_seal_that_somebody_kept_vouches_for_the_whole(make_review: MakeReview) -> None:
    make_review()
    first = seal()
    assert verify(first.hash).faults == ()
    assert seal() is None, "nothing has grown"
    forge("DELETE FROM reviews_historyseal")
    assert verify(first.hash).faults[0].what == "there is no such seal"
    assert HistorySeal.objects.count() == 0


def test_a_trigger_that_was_removed_is_missed() -> None:
    name = "reviews_reviewevent_no_update" if connection.vendor == "sqlite" else "reviews_reviewevent_only_grows"
    on = "" if connection.vendor == "sqlite" else " ON reviews_reviewevent"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {name}{on}")
        faults = verify().faults
        transaction.set_rollback(True)
    assert [fault.where for fault in faults] == [f"trigger {name}"]


def test_the_export_can_be_checked_without_this_program(make_review: MakeReview, api: Api, rex: User) -> None:
    make_review(Status.REFUTED)
    lines = b"".join(api(rex).get("/api/v1/history/").streaming_content).decode().splitlines()
    assert len(lines) == ReviewEvent.objects.count()
    for line in map(json.loads, lines):
        line.pop("claim_id")
        sha = line.pop("hash")
        assert chain.digest(line) == sha


def test_the_history_of_a_claim_says_who_did_what_and_what_they_saw(
    make_review: MakeReview, api: Api, rex: User
) -> None:
    review = make_review(Status.DISPUTED)
    events = api(rex).get(f"/api/v1/claims/{review.claim_id}/history/").json()
    told = [(e["actor"], e["action"], e["from_status"], e["to_status"]) for e in events]
    assert told == [
        ("", "open", "", "unverified"),
        ("rita", "take", "unverified", "in_review"),
        ("rita", "propose", "in_review", "proposed"),
        ("vera", "approve", "proposed", "disputed"),
    ]
    assert {e["assessment"] for e in events} == {review.claim.assessment_id}
    assert events[2]["details"]["mentions"][0]["quote"]
