"""Notes and judgements are chained themselves: one that is changed, put in or taken away is named at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from claims.models import Judgement, LedgerLine
from claims.services import judgements
from reviews.models import HistorySeal, Note
from reviews.services import regrouping
from reviews.services.notes import write_note
from reviews.services.regrouping import Regroup
from reviews.services.sealing import seal
from reviews.services.verifying import verify
from reviews.workflow import Status
from tests.reviews.conftest import MakeReview
from tests.reviews.test_history import forge
from tests.reviews.test_history_holds import bring_on

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def faults() -> dict[str, str]:
    return {fault.where: fault.what for fault in verify().faults}


@pytest.fixture
def note(make_review: MakeReview, vera: User) -> Note:
    """Written after the last event of its claim."""
    return write_note(make_review(Status.CORROBORATED).claim_id, vera, "Ask the harbour master first.")


@pytest.fixture
def judged(make_review: MakeReview, ada: User) -> Judgement:
    """Given by itself, on mentions of two claims."""
    one, other = (make_review().claim.mentions.get().pk for _ in range(2))
    return judgements.different(one, other, by=ada, why="Two ships.")


NOTES: dict[str, Callable[[Note, User], object]] = {
    "it was changed": lambda note, _: Note.objects.filter(pk=note.pk).update(text="Ask nobody."),
    "it was changed in one letter": lambda note, _: Note.objects.filter(pk=note.pk).update(text=note.text + "."),
    "it was given to somebody else": lambda note, rita: Note.objects.filter(pk=note.pk).update(author=rita),
    "it was dated back": lambda note, _: Note.objects.filter(pk=note.pk).update(
        created_at=note.created_at - timedelta(microseconds=1)
    ),
}


@pytest.mark.parametrize("tamper", NOTES.values(), ids=NOTES.keys())
def test_a_note_after_the_last_event_that_was_changed_is_named(
    tamper: Callable[[Note, User], object], note: Note, rita: User
) -> None:
    assert faults() == {}
    tamper(note, rita)
    assert faults() == {f"note {note.pk} (claim {note.review.claim_id})": "it was changed"}


def test_a_note_that_was_taken_away_or_put_in_is_named(note: Note, rita: User) -> None:
    Note.objects.filter(pk=note.pk).delete()
    assert faults() == {f"note {note.pk}": "it was taken away"}
    forged = Note.objects.create(review=note.review, author=rita, text="All is well.")
    assert "put in behind the desk" in faults()[f"note {forged.pk} (claim {note.review.claim_id})"]


JUDGED: dict[str, dict[str, object]] = {
    "word": {"word": "same"},
    "reason": {"why": "One ship."},
    "person": {"by": None},
    "pair": {"left": "0" * 64 + ":0-5"},
}


@pytest.mark.parametrize("values", JUDGED.values(), ids=JUDGED.keys())
def test_a_judgement_by_itself_that_was_changed_is_named(values: dict[str, object], judged: Judgement) -> None:
    assert faults() == {}
    Judgement.objects.filter(pk=judged.pk).update(**values)
    assert faults() == {f"judgement {judged.pk}": "it was changed"}


def test_a_judgement_that_was_taken_away_is_named(judged: Judgement) -> None:
    Judgement.objects.all().delete()
    assert faults() == {f"judgement {judged.pk}": "it was taken away"}


def test_a_judgement_that_was_taken_back_behind_the_desk_is_named(judged: Judgement, ada: User) -> None:
    Judgement.objects.update(withdrawn_at=judged.created_at, withdrawn_by=ada)
    assert "behind the desk" in faults()[f"judgement {judged.pk}, taken back"]


def test_a_withdrawal_that_was_undone_behind_the_desk_is_named(judged: Judgement, ada: User, rita: User) -> None:
    judgements.withdraw(judged.pk, by=ada)
    judgements.withdraw(judged.pk, by=rita)
    assert faults() == {}
    Judgement.objects.update(withdrawn_by=rita)
    assert faults() == {f"judgement {judged.pk}, taken back": "it was changed"}
    Judgement.objects.update(withdrawn_at=None, withdrawn_by=None)
    assert faults() == {f"judgement taken back {judged.pk}": "it was taken away"}


def test_regrouping_back_and_forth_leaves_a_whole_ledger(make_review: MakeReview, ada: User) -> None:
    one, other = make_review(outlets=3), make_review()
    done = regrouping.merge(one.claim_id, other.claim_id, ada, Regroup("One ship."))
    regrouping.undo(done.id, ada, Regroup("Two."))
    chosen = one.claim.mentions.values_list("pk", flat=True)[:1]
    away = regrouping.split(one.claim_id, list(chosen), ada, Regroup("Another count."))
    regrouping.merge(away.into_claim, one.claim_id, ada, Regroup("No, the same."))
    assert faults() == {}
    assert LedgerLine.objects.filter(kind="withdrawal").exists()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE claims_ledgerline SET content = 'x'", "DELETE FROM claims_ledgerline"],
)
def test_the_database_refuses_to_change_the_ledger(statement: str, note: Note) -> None:
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_line_that_was_written_anew_breaks_the_chain(note: Note, vera: User) -> None:
    write_note(note.review.claim_id, vera, "And the pilot.")
    forge("UPDATE claims_ledgerline SET content = 'x' WHERE sequence = 1")
    assert faults()["line 1 of the ledger"] == "it was changed, or a line before it is missing"


def test_a_note_that_was_taken_away_with_its_line_is_named_by_the_next_event_of_any_claim(
    note: Note, make_review: MakeReview
) -> None:
    later = make_review(Status.IN_REVIEW)
    forge("DELETE FROM reviews_note")
    forge("DELETE FROM claims_ledgerline")
    found = faults()
    assert any(f"review {later.pk}" in where for where in found)
    assert all("names line 1 of the ledger" in what for what in found.values())


def test_a_note_that_was_taken_away_with_its_line_is_named_by_the_seal(note: Note) -> None:
    seal()
    forge("DELETE FROM reviews_note")
    forge("DELETE FROM claims_ledgerline")
    assert faults() == {"line 1 of the ledger": "sealed by seal 1, and no longer there"}


def test_what_is_only_noted_is_sealed_too_and_nothing_is_sealed_twice(note: Note, vera: User, rita: User) -> None:
    assert seal() is not None
    assert seal() is None
    write_note(note.review.claim_id, vera, "And the pilot.")
    assert seal() is not None
    assert seal() is None
    assert HistorySeal.objects.count() == 2
    assert faults() == {}


def test_notes_and_judgements_from_before_the_ledger_are_chained_as_they_stand(
    note: Note, judged: Judgement, ada: User, rita: User, make_review: MakeReview
) -> None:
    judgements.withdraw(judged.pk, by=ada)
    forge("DELETE FROM claims_ledgerline")
    forge("DELETE FROM reviews_historyseal")
    with connection.schema_editor() as editor:
        import_module("claims.migrations.0012_ledger").write_judgements(apps, editor)
        import_module("reviews.migrations.0010_ledger_of_notes").write_notes(apps, editor)
    assert {where for where in faults() if where.startswith(("note", "judgement", "line"))} == set()
    review = make_review(Status.IN_REVIEW)
    bring_on(review, rita)
    assert LedgerLine.objects.count() == 3


@pytest.mark.postgres
def test_many_who_write_at_once_make_one_chain(make_review: MakeReview, vera: User) -> None:
    claim = make_review().claim_id

    def work(number: int) -> None:
        try:
            write_note(claim, vera, f"Point {number}.")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(work, range(40)))
    assert faults() == {}
    assert LedgerLine.objects.latest("sequence").sequence == 40
