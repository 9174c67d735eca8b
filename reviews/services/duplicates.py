"""Possible duplicates, as people answer them: the same, not the same, later; and how an answer is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from claims.models import CandidatePair, Judgement
from claims.services import apart, pairs
from reviews.errors import Missing
from reviews.models import PairSkip, Review
from reviews.services import regrouping
from reviews.services.regrouping import Regroup, Regrouped
from reviews.workflow import DECIDED, Duty, Status

SAID_SAME = "The same claim, said of a possible duplicate."
TAKEN_BACK = "Taken back."
_FURTHER = {Status.DISMISSED: 0, Status.UNVERIFIED: 1, Status.IN_REVIEW: 2, Status.PROPOSED: 3}
_FURTHEST = 4


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What "the same" would do: the mentions of ``source`` join ``target``. ``asks``: what a person has to look at
    before it is done ("": nothing, it can be undone)."""

    source: Review
    target: Review
    asks: str = ""


def plan(one: Review, other: Review, by: User) -> MergePlan:
    """Return how two claims would be merged: into the one with which people are further, else that of more outlets."""
    target, source = sorted((one, other), key=_order)
    return MergePlan(source, target, _asks(source, target, by))


def _order(review: Review) -> tuple[int, int, int]:
    return -_FURTHER.get(Status(review.status), _FURTHEST), -review.outlets, review.claim_id


def _asks(source: Review, target: Review, by: User) -> str:
    if len(regrouping.outcomes(source, target)) > 1:
        return "The two stand differently: choose where the merged claim is to stand."
    if target.status in DECIDED:
        return "A decided claim gains mentions, and is marked for re-check."
    holder = next((r.assignee for r in (source, target) if r.assignee_id not in {None, by.pk}), None)
    return f"{holder.get_username()} is at work on it." if holder else ""


def same(plan_: MergePlan, by: User, seen: Mapping[int, int], why: str = "") -> Regrouped:
    """Merge two claims that are the same. ``seen``: claim id -> the version of its review that the person saw.

    Raises Missing where a person has to look first, and what ``regrouping.merge`` raises.
    """
    if plan_.asks:
        raise Missing(plan_.asks, field="outcome")
    how = Regroup(why.strip() or SAID_SAME, versions=seen)
    return regrouping.merge(plan_.source.claim_id, plan_.target.claim_id, by, how)


def take_back(claim_id: int, other_id: int, by: User) -> list[Judgement]:
    """Withdraw "not the same" of two claims, whoever said it, in the name of an editor.

    Raises Refused, and what ``claims.services.apart.take_back`` raises.
    """
    regrouping.permit(Duty.UNDO, by, TAKEN_BACK)
    return apart.take_back(claim_id, other_id, by=by)


def questions(user: User) -> QuerySet[CandidatePair]:
    """Return the pairs that this person may be asked about, the best first: those they skipped are left out."""
    skipped = PairSkip.objects.filter(user=user, pair=OuterRef("pk"))
    return everything().filter(~Exists(skipped))


def everything() -> QuerySet[CandidatePair]:
    """Return the pairs that anybody may be asked about, the best first; none of claims that were dismissed."""
    gone = Review.objects.filter(status=Status.DISMISSED)
    found = pairs.questions().select_related("claim__review__assignee", "other__review__assignee")
    return found.exclude(claim__in=gone.values("claim")).exclude(other__in=gone.values("claim"))


def skip(pair_id: int, user: User) -> None:
    """Leave a pair open: this person is not asked about it again until they want to be.

    Raises Refused, and CandidatePair.DoesNotExist where the pair is no question any more.
    """
    regrouping.permit(Duty.MERGE, user, SAID_SAME)
    PairSkip.objects.get_or_create(user=user, pair=CandidatePair.objects.get(pk=pair_id))


def ask_again(user: User) -> int:
    """Let a person be asked about all that they skipped, and return how many pairs that is."""
    regrouping.permit(Duty.MERGE, user, SAID_SAME)
    gone, _ = PairSkip.objects.filter(user=user).delete()
    return gone
