"""A decided claim whose evidence changes is marked with the reason; its verdict stands."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Mention, Source
from claims.signals import claim_assessed
from reviews.models import Notification, Review
from reviews.services import Order, act
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.reviews.conftest import MakeReview, new_assessment, new_mention


def origin(label: str, *mentions: Mention) -> dict[str, object]:
    return {"key": label.lower(), "kind": "outlet", "label": label, "evidence": [str(m.pk) for m in mentions]}


def assessed(claim: Claim, **values: object) -> None:
    """The machine scores the claim anew."""
    assessment = new_assessment(claim, **values)
    claim_assessed.send(sender=None, claim=claim, assessment=assessment)


def decided(make_review: MakeReview, status: Status) -> tuple[Review, Mention]:
    """A decided review whose assessment knew one origin."""
    review = make_review(status)
    mention = review.claim.mentions.get()
    known = new_assessment(review.claim, origins=[origin("First Post", mention)])
    Review.objects.filter(pk=review.pk).update(decided_on=known)
    review.refresh_from_db()
    return review, mention


@pytest.mark.parametrize(
    ("status", "stance", "marked"),
    [
        (Status.CORROBORATED, "denies", True),
        (Status.CORROBORATED, "asserts", False),
        (Status.CORROBORATED, "open", False),
        (Status.REFUTED, "asserts", True),
        (Status.REFUTED, "denies", False),
        (Status.DISPUTED, "denies", False),
    ],
)
def test_a_new_origin_marks_the_claim_if_it_speaks_against_the_verdict(
    status: Status, stance: str, marked: bool, make_review: MakeReview
) -> None:
    review, mention = decided(make_review, status)
    other = new_mention(review.claim, Source.objects.create(key="b.example", name="Second Post"))
    Mention.objects.filter(pk=other.pk).update(stance=stance)
    assessed(review.claim, origins=[origin("First Post", mention), origin("Second Post", other)])
    review.refresh_from_db()
    assert bool(review.recheck_at) == marked
    assert ("Second Post" in review.recheck_reason) == marked
    assert review.status == status


def test_a_relay_of_a_known_origin_marks_nothing(make_review: MakeReview) -> None:
    review, mention = decided(make_review, Status.CORROBORATED)
    relay = new_mention(review.claim, Source.objects.create(key="b.example", name="Second Post"))
    Mention.objects.filter(pk=relay.pk).update(stance="denies")
    assessed(review.claim, origins=[origin("First Post", mention, relay)])
    review.refresh_from_db()
    assert review.recheck_at is None


def test_evidence_that_was_withdrawn_marks_the_claim(make_review: MakeReview) -> None:
    review, _ = decided(make_review, Status.CORROBORATED)
    assessed(review.claim, origins=[])
    review.refresh_from_db()
    assert "1 of them no longer" in review.recheck_reason


def test_a_suggestion_that_turned_marks_the_claim(make_review: MakeReview) -> None:
    review, mention = decided(make_review, Status.CORROBORATED)
    assessed(review.claim, suggested="disputed", origins=[origin("First Post", mention)])
    review.refresh_from_db()
    assert "now disputed is suggested" in review.recheck_reason


@pytest.mark.parametrize("action", [Action.APPROVE, Action.CONFIRM])
def test_evidence_that_came_between_reading_and_deciding_marks_the_claim(
    action: Action, make_review: MakeReview, rex: User, vera: User
) -> None:
    """Whoever decides names the assessment that they saw; the newer one is not theirs, and is not lost either."""
    review = make_review(Status.PROPOSED)
    claim, mention = review.claim, review.claim.mentions.get()
    seen = new_assessment(claim, origins=[origin("First Post", mention)])
    if action is Action.CONFIRM:
        act(claim.pk, vera, Order(Action.APPROVE))
        assessed(claim, origins=[])
    other = new_mention(claim, Source.objects.create(key="b.example", name="Second Post"))
    Mention.objects.filter(pk=other.pk).update(stance="denies")
    assessed(claim, origins=[origin("First Post", mention), origin("Second Post", other)])

    done = act(claim.pk, vera if action is Action.APPROVE else rex, Order(action, note="Seen.", assessment=seen.pk))

    assert (done.status, done.decided_on_id) == ("corroborated", seen.pk)
    assert "Second Post spoke against it" in done.recheck_reason
    assert [*review.events.values_list("action", flat=True)][-2:] == [action, "recheck"]
    assert verify().faults == ()


def test_deciding_on_what_is_current_marks_nothing(make_review: MakeReview) -> None:
    assert make_review(Status.CORROBORATED).recheck_at is None


def test_the_same_reason_is_not_written_twice(make_review: MakeReview) -> None:
    review, _ = decided(make_review, Status.CORROBORATED)
    for _ in range(3):
        assessed(review.claim, origins=[])
    assert [*review.events.values_list("action", flat=True)].count("recheck") == 1


def test_an_undecided_claim_is_never_marked(make_review: MakeReview) -> None:
    review = make_review(Status.IN_REVIEW)
    assessed(review.claim, suggested="disputed")
    review.refresh_from_db()
    assert review.recheck_at is None
    assert review.contested, "but it moves up in the queue"


def test_those_who_decided_are_told(make_review: MakeReview, rita: User, vera: User) -> None:
    review, _ = decided(make_review, Status.CORROBORATED)
    assessed(review.claim, origins=[])
    assert {n.user for n in Notification.objects.filter(kind="recheck")} == {rita, vera}


@pytest.mark.parametrize("status", [Status.CORROBORATED, Status.REFUTED, Status.DISPUTED])
def test_a_claim_that_was_only_denied_and_is_stated_now_no_longer_says_what_was_decided(
    status: Status, make_review: MakeReview
) -> None:
    review, mention = decided(make_review, status)
    known = new_assessment(review.claim, origins=[origin("First Post", mention)], negative=True)
    Review.objects.filter(pk=review.pk).update(decided_on=known)
    other = new_mention(review.claim, Source.objects.create(key="b.example", name="Second Post"))
    assessed(review.claim, origins=[origin("First Post", mention), origin("Second Post", other)])
    review.refresh_from_db()
    assert "no longer says what was decided" in review.recheck_reason
    assert review.status == status


def test_another_who_says_that_it_is_not_so_speaks_for_a_negative_claim(make_review: MakeReview) -> None:
    review, mention = decided(make_review, Status.CORROBORATED)
    known = new_assessment(review.claim, origins=[origin("First Post", mention)], negative=True)
    Review.objects.filter(pk=review.pk).update(decided_on=known)
    other = new_mention(review.claim, Source.objects.create(key="b.example", name="Second Post"))
    Mention.objects.filter(pk__in=(mention.pk, other.pk)).update(stance="denies")
    both = [origin("First Post", mention), origin("Second Post", other)]
    assessed(review.claim, origins=both, negative=True)
    review.refresh_from_db()
    assert not review.recheck_at
