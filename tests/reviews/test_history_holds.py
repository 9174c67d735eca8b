"""The history holds what was decided: the claim's words and figure, the notes, the regroupings, and the seals."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Judgement, Regrouping
from reviews import chain
from reviews.models import HistorySeal, Note, Review, ReviewEvent
from reviews.services import Order, act, history, regrouping
from reviews.services.history import STANDS
from reviews.services.notes import write_note
from reviews.services.regrouping import Regroup
from reviews.services.sealing import seal
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.reviews.conftest import MakeReview, bring_to, new_assessment, new_claim
from tests.reviews.test_history import forge

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def faults() -> list[str]:
    return [fault.what for fault in verify().faults]


def test_an_event_keeps_the_claims_words_and_figure_as_they_were(rita: User, vera: User) -> None:
    claim = new_claim()
    new_assessment(claim, figure={"value": 155.0, "low": 1e16, "unit": "people"})
    said = claim.text
    review = bring_to(Status.CORROBORATED, claim, rita, vera)
    Claim.objects.filter(pk=claim.pk).update(text="What another mention says better.")
    kept = review.events.latest("sequence").details["claim"]
    assert (kept["text"], json.loads(kept["figure"])) == (said, {"low": 1e16, "unit": "people", "value": 155.0})
    assert faults() == [], "the machine may word a claim anew: what was decided on is in the history"


@pytest.mark.parametrize("what", ["changed", "taken away", "given to another author"])
def test_a_note_that_was_tampered_with_is_found(what: str, make_review: MakeReview, vera: User, rita: User) -> None:
    review = make_review(Status.IN_REVIEW)
    note = write_note(review.claim_id, vera, "Ask the harbour master first.")
    bring_on(review, rita)
    if what == "taken away":
        Note.objects.filter(pk=note.pk).delete()
    else:
        Note.objects.filter(pk=note.pk).update(**{"text": "x"} if what == "changed" else {"author": rita})
    assert any("a note that its last line counts" in fault for fault in faults())


def bring_on(review: Review, rita: User) -> None:
    act(review.claim_id, rita, Order(Action.RELEASE))


def test_a_note_that_is_written_later_is_no_fault(make_review: MakeReview, vera: User) -> None:
    write_note(make_review(Status.CORROBORATED).claim_id, vera, "One more thing.")
    assert faults() == []


@pytest.mark.parametrize("what", ["reason", "word", "mentions", "row"])
def test_a_regrouping_or_a_judgement_that_was_tampered_with_is_found(
    what: str, make_review: MakeReview, ada: User
) -> None:
    one, other = make_review(), make_review()
    regrouping.merge(one.claim_id, other.claim_id, ada, Regroup("one ship"))
    assert faults() == []
    if what == "reason":
        Regrouping.objects.update(why="no reason")
    elif what == "word":
        Judgement.objects.update(word="different")
    elif what == "mentions":
        Regrouping.objects.update(moved=[])
    else:
        Regrouping.objects.all().delete()
    assert any("regrouping" in fault for fault in faults())


def test_seals_that_were_taken_away_are_named_by_what_they_sealed(make_review: MakeReview) -> None:
    review = make_review(Status.PROPOSED)
    seal()
    forge("DELETE FROM reviews_historyseal")
    assert faults() == [f"it was sealed up to line {review.version}, and the seals that say so are gone"]


def test_the_last_of_several_seals_is_missed_too(make_review: MakeReview, rita: User) -> None:
    review = make_review(Status.IN_REVIEW)
    seal()
    bring_on(review, rita)
    seal()
    forge("DELETE FROM reviews_historyseal WHERE sequence = %s", 2)
    assert "sealed up to line 3" in faults()[0]


def test_seals_are_missed_by_the_lines_that_name_them_though_reviews_deny_them(
    make_review: MakeReview, rita: User
) -> None:
    review = make_review(Status.IN_REVIEW)
    seal()
    bring_on(review, rita)
    forge("DELETE FROM reviews_historyseal")
    Review.objects.update(sealed_version=0)
    assert HistorySeal.objects.count() == 0
    assert "it names seal 1" in faults()[0]


def test_events_of_the_first_format_go_on_being_proved(
    make_review: MakeReview, rita: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As they were written before an event told of its claim: and a new event follows an old one."""
    with monkeypatch.context() as before:
        before.setattr(history, "surroundings", lambda review: {})
        old = make_review(Status.IN_REVIEW)
    assert "format" not in ReviewEvent.objects.latest("pk").details
    assert faults() == []
    Review.objects.filter(pk=old.pk).update(rationale="forged")
    assert "does not stand as its last line left it" in faults()[0]
    Review.objects.filter(pk=old.pk).update(rationale="")
    bring_on(old, rita)
    last = ReviewEvent.objects.latest("pk")
    assert last.details["format"] == 3
    assert chain.digest({"a": 1}) != last.details[STANDS]
    assert faults() == []
