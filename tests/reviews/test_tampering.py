"""What somebody with the database's password might try beside the history itself, and by the ways around a trigger."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, connections, transaction
from django.test import override_settings
from django.utils import timezone

from reviews import chain
from reviews.models import HistorySeal, Review, ReviewEvent
from reviews.services import Order, act, verifying
from reviews.services.exporting import export
from reviews.services.sealing import seal
from reviews.services.standing import COLUMNS
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import MakeReview
from tests.reviews.test_history import forge

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite does this")


@pytest.fixture(autouse=True)
def _desk(transactional_db: None) -> None:
    """Before anything else: the tables are real here."""


@contextmanager
def keys_off() -> Generator[None, None, None]:
    """Foreign keys are not looked at inside; PostgreSQL's go with its triggers."""
    switch = "PRAGMA foreign_keys = {}" if connection.vendor == "sqlite" else "SELECT '{}'"
    with connection.cursor() as cursor:
        cursor.execute(switch.format("OFF"))
        try:
            yield
        finally:
            cursor.execute(switch.format("ON"))


def other_value(review: Review, column: str, stranger: User) -> object:
    """Another value that the column takes."""
    match column:
        case "assignee_id" | "proposer_id" | "approver_id":
            return stranger.pk
        case "lease_until" | "decided_at" | "recheck_at":
            return review.created_at
        case "evidence":
            return {"mentions": [], "links": ["https://elsewhere.example/"]}
        case "decided_on_id":
            return None
        case _:
            return "dismissed" if column == "status" else "opinion"


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"status", "verdict"}])
def test_whatever_is_changed_of_a_review_behind_its_history_is_found(column: str, make_review: MakeReview) -> None:
    review, stranger = make_review(Status.CORROBORATED), person("otto")
    Review.objects.filter(pk=review.pk).update(**{column: other_value(review, column, stranger)})
    (fault,) = verify().faults
    assert fault.where == f"review {review.pk} (claim {review.claim_id})"
    assert "it does not stand as its last line left it" in fault.what


def test_a_proposal_that_was_given_another_author_is_found(make_review: MakeReview, vera: User) -> None:
    """So that whoever wrote it could approve it too."""
    review = make_review(Status.PROPOSED)
    Review.objects.filter(pk=review.pk).update(proposer=vera)
    assert [fault.where for fault in verify().faults] == [f"review {review.pk} (claim {review.claim_id})"]


def test_a_verdict_that_was_moved_to_another_claim_is_found(make_review: MakeReview) -> None:
    one, other = make_review(Status.CORROBORATED), make_review()
    claims = one.claim_id, other.claim_id
    with keys_off():
        for review, claim in ((one, 0), (other, claims[0]), (one, claims[1])):
            forge("UPDATE reviews_review SET claim_id = %s WHERE id = %s", claim, review.pk)
    assert {fault.where.partition(" (")[0] for fault in verify().faults} == {f"review {one.pk}", f"review {other.pk}"}


def test_a_review_that_was_taken_away_leaves_its_lines_behind(make_review: MakeReview) -> None:
    review, other = make_review(), make_review(Status.IN_REVIEW)
    with pytest.raises(DatabaseError), transaction.atomic():
        review.delete()
    with keys_off():
        forge("DELETE FROM reviews_review WHERE id = %s", review.pk)
        assert [(f.where, f.what) for f in verify().faults] == [
            (f"review {review.pk}", "there are lines of it, and no such review")
        ]
        forge("DELETE FROM reviews_reviewevent WHERE review_id = %s", review.pk)
    assert verify().events == other.version


NAMES = [field.column for field in ReviewEvent._meta.concrete_fields]
COPY = f"INTO reviews_reviewevent ({', '.join(NAMES)}) SELECT {{columns}} FROM reviews_reviewevent"  # noqa: S608


def copied(**changes: str) -> str:
    """Columns of an event as they are, but for some."""
    return ", ".join(changes.get(name, name) for name in NAMES)


@ON_SQLITE
@pytest.mark.parametrize("changes", [{"note": "'forged'"}, {"id": "id + 1000", "note": "'forged'"}])
def test_a_line_cannot_be_replaced(changes: dict[str, str], make_review: MakeReview) -> None:
    """SQLite deletes what stands in the way of a REPLACE without asking the trigger of DELETE."""
    make_review(Status.PROPOSED)
    before = [*ReviewEvent.objects.values().order_by("id")]
    for verb in ("REPLACE", "INSERT OR REPLACE", "INSERT"):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{verb} {COPY.format(columns=copied(**changes))}")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE OR REPLACE reviews_reviewevent SET note = 'forged'")
    assert [*ReviewEvent.objects.values().order_by("id")] == before


@ON_SQLITE
def test_a_seal_cannot_be_replaced(make_review: MakeReview) -> None:
    make_review()
    seal()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("REPLACE INTO reviews_historyseal SELECT * FROM reviews_historyseal")


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/St_Johns"])
def test_a_line_is_the_same_whatever_it_says_and_wherever_it_is_read(
    zone: str, microsecond: int, make_review: MakeReview, rita: User
) -> None:
    """Text beyond the common, moments with and without fractions, and another time zone when it is proved."""
    review = make_review(Status.IN_REVIEW)
    odd = "e\u0301 \u2028 \U0001f680 \\u0000 \"'</script> \u00a0\u202e {} \t\r\n end"
    order = Order(
        Action.PROPOSE, verdict="refuted", rationale=odd, links=('https://example.org/\u00e4?q="x"',), note=odd
    )
    with time_machine.travel(datetime(2025, 3, 30, 1, 59, 59, microsecond, tzinfo=UTC), tick=False):
        act(review.claim_id, rita, order)
    with override_settings(TIME_ZONE=zone), timezone.override(zone):
        connection.close()  # so that the next one speaks the other zone
        assert verify().faults == ()
        lines = [json.loads(line) for line in export()]
    for line in lines:
        line.pop("claim_id")
        assert chain.digest({k: v for k, v in line.items() if k != "hash"}) == line["hash"]
    assert lines[-1]["note"] == odd.strip()


def test_an_upsert_is_an_update(make_review: MakeReview) -> None:
    make_review()
    names = ", ".join(NAMES)
    statement = (
        f"INSERT INTO reviews_reviewevent ({names}) SELECT {names} FROM reviews_reviewevent WHERE true "  # noqa: S608
        "ON CONFLICT (id) DO UPDATE SET note = 'forged'"
    )
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_django_itself_offers_is_refused_too(make_review: MakeReview) -> None:
    review = make_review(Status.PROPOSED)
    event = review.events.earliest("sequence")
    event.note = "forged"
    for change in (
        event.save,
        event.delete,
        lambda: ReviewEvent.objects.bulk_update([event], ["note"]),
        lambda: ReviewEvent.objects.update(note="forged"),
        ReviewEvent.objects.all().delete,
        review.delete,
        review.claim.delete,
        lambda: User.objects.filter(username="rita").delete(),
        lambda: HistorySeal.objects.all().delete() if seal() else None,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert verify().faults == ()


@ON_SQLITE
@pytest.mark.parametrize("column", ["created_at", "note", "sequence", "review_id", "actor_id"])
def test_bytes_that_are_no_value_of_the_column_are_named_too(column: str, make_review: MakeReview) -> None:
    review = make_review(Status.PROPOSED)
    event = review.events.get(sequence=2)
    with keys_off():
        forge(f"UPDATE reviews_reviewevent SET {column} = CAST(X'FF7B' AS TEXT) WHERE id = %s", event.pk)  # noqa: S608
        assert f"event {event.pk}" in verify().faults[0].where
        forge("DELETE FROM reviews_reviewevent WHERE id = %s", event.pk)  # what cannot be read cannot be flushed


def test_the_history_is_proved_as_it_was_at_one_moment(
    make_review: MakeReview, rex: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People go on working while it is gone through: nobody waits, and nothing looks forged."""
    first, last = make_review(), make_review()
    look = verifying._Walk.chain

    def work() -> None:
        act(last.claim_id, rex, Order(Action.TAKE))
        connections.close_all()

    def chain(walk: object, review_id: int, *rest: object) -> object:
        if review_id == first.pk:
            colleague = threading.Thread(target=work)
            colleague.start()
            colleague.join(10)
        return look(walk, review_id, *rest)

    monkeypatch.setattr(verifying._Walk, "chain", chain)
    assert verify().faults == ()
    assert Review.objects.get(pk=last.pk).status == Status.IN_REVIEW
