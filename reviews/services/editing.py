"""People correct what the machine read, as the reviews see it: who may, and what the history of the claim tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.engine import names
from claims.models import Claim, Correction, Mention
from claims.services import editing as facts
from claims.services import mentions, regrouping, withdrawing
from claims.services.editing import Addition
from claims.services.spoken import Said
from reviews.errors import Invalid, Missing, Refused, Stale
from reviews.models import Review, ReviewEvent
from reviews.models.notes import NotificationKind
from reviews.people import person_of
from reviews.services.history import CORRECTED, Entry, change
from reviews.services.notifying import News, notify
from reviews.services.opening import open_review
from reviews.services.standing import corrected, current_state
from reviews.workflow import DECIDED, Closed, Duty, Person, may, may_correct

Kind = Correction.Kind

_TOLD = {
    Kind.READING: "What a mention says was corrected",
    Kind.NO_CLAIM: "A mention was marked as no claim",
    Kind.ADDED: "A mention was added",
    Kind.TEXT: "The claim was put in other words",
}

_WHO = "correct is for: editor, and the reviewer who holds the claim."


@dataclass(frozen=True, slots=True)
class Edit:
    """Why something is corrected, and the version of the claim's review that was seen; None: any."""

    why: str
    version: int | None = None


def correct_mention(mention_id: int, said: Said, by: User, how: Edit, quote: str = "") -> Correction:
    """Put a person's reading of a mention, or other words of the article, in place of the machine's.

    Raises Mention.DoesNotExist, Refused, Stale, Missing, and what ``claims.services.editing`` raises.
    """
    _permit_at_all(by)
    claim_id = _claim_of(mention_id)
    with _permitted(claim_id, by, how) as review:
        done = facts.correct_mention(mention_id, said, by=by, why=how.why, quote=quote)
        _tell(done, review, by, how)
        return done


def mark_no_claim(mention_id: int, by: User, how: Edit) -> Correction:
    """Say that a place of an article states no claim. Raises as ``correct_mention`` does."""
    _permit_at_all(by)
    claim_id = _claim_of(mention_id)
    with _permitted(claim_id, by, how) as review:
        done = facts.mark_no_claim(mention_id, by=by, why=how.why)
        _tell(done, review, by, how)
        return done


def add_mention(new: Addition, by: User, how: Edit) -> Correction:
    """Add a mention to a claim, or to a new one, which only an editor may. Raises as ``correct_mention`` does."""
    _permit_at_all(by)
    if new.claim is not None and not Claim.objects.filter(pk=new.claim).exists():
        raise Invalid("There is no such claim.", field="claim")
    with _permitted(new.claim, by, how) as review:
        done = facts.add_mention(new, by=by, why=how.why)
        _tell(done, review or open_review(Claim.objects.get(pk=done.claim_id or 0)), by, how)
        return done


def set_text(claim_id: int, text: str, by: User, how: Edit) -> Correction:
    """Word a claim as a person does. Raises Claim.DoesNotExist, and as ``correct_mention`` does."""
    _permit_at_all(by)
    Claim.objects.only("pk").get(pk=claim_id)
    with _permitted(claim_id, by, how) as review:
        done = facts.set_text(claim_id, text, by=by, why=how.why)
        _tell(done, review, by, how)
        return done


def take_back(correction_id: int, by: User, how: Edit) -> Correction:
    """Take a correction back. Raises Correction.DoesNotExist, and as ``correct_mention`` does."""
    _permit_at_all(by)
    known = Correction.objects.select_related("mention").get(pk=correction_id)
    here = known.mention.claim_id if known.mention is not None else None
    with _permitted(here or mentions.live(known.claim_id), by, how) as review:
        done = withdrawing.take_back(correction_id, by=by)
        _tell(done, review, by, how)
        return done


def may_edit(user: User, review: Review | None) -> bool:
    """Whether this user may correct what the machine read of the review's claim; None: of no claim."""
    return may_correct(person_of(user), review.assignee_id if review else None)


def _claim_of(mention_id: int) -> int | None:
    """The claim of a mention; of one that was retired, the claim that it left."""
    claim_id = Mention.objects.values_list("claim", flat=True).get(pk=mention_id)
    if claim_id is not None:
        return claim_id
    last = Correction.objects.filter(mention=mention_id, claim__isnull=False).order_by("-pk").first()
    return mentions.live(last.claim_id) if last else None


@contextmanager
def _permitted(claim_id: int | None, by: User, how: Edit) -> Iterator[Review | None]:
    """One transaction, with the claim and its review locked, for somebody who may correct it; the review."""
    if claim_id is None:
        _permit(None, by)
    with transaction.atomic():
        review = None
        if claim_id is not None:
            regrouping.lock_claims(claim_id)
            rows = Review.objects.select_for_update(of=("self",)).select_related("claim", "assignee")
            review = rows.filter(claim=claim_id).first() or open_review(Claim.objects.get(pk=claim_id))
            _permit(review, by)
            if how.version is not None and how.version != review.version:
                raise Stale(current=current_state(review))
        if names.blank(how.why):
            raise Missing("Say why: the history will tell it.", field="why")
        yield review


def _permit_at_all(by: User) -> Person:
    """Whether somebody may correct anything at all is asked before there is anything to look at."""
    person = person_of(by)
    if person.machine:
        raise Refused("A machine account decides nothing about a claim.", code=Closed.MACHINE)
    if not may(Duty.CORRECT, person):
        raise Refused(_WHO, code=Closed.ROLE)
    return person


def _permit(review: Review | None, by: User) -> None:
    person = _permit_at_all(by)
    if not may_correct(person, review.assignee_id if review else None):
        raise Refused(_WHO, code=Closed.ROLE if review is None else Closed.ASSIGNEE)


def _tell(done: Correction, review: Review | None, by: User, how: Edit) -> None:
    """One event in the history of the claim; a decided one is marked for re-check, and its people are told."""
    if review is None:
        return
    review.claim.refresh_from_db()
    back = done.withdrawn_at is not None
    details: dict[str, object] = {"correction": done.pk, CORRECTED: corrected(done), "kind": done.kind}
    details |= {"mention": done.mention_id, **({"taken_back": True} if back else {})}
    entry = Entry("correct", review.status, review.status, by, how.why.strip(), details, review.claim.assessment_id)
    reason = f"{_TOLD[Kind(done.kind)]}{', and that was taken back' if back else ''}: {how.why.strip()}"
    marked = review.status in DECIDED
    event = change(review, _mark(review, reason) if marked else {}, entry, timezone.now())
    if marked:
        _notify(review, reason, by, event)


def _mark(review: Review, reason: str) -> Mapping[str, object]:
    known = f"{review.recheck_reason} {reason}".strip()
    return {"recheck_reason": known, "recheck_at": timezone.now()}


def _notify(review: Review, reason: str, by: User, event: ReviewEvent) -> None:
    people = (review.proposer_id, review.approver_id)
    notify(people, News(NotificationKind.RECHECK, review, f"{reason} {review.claim.text}", by=by, event=event))
