"""One person does one action of the table to one review: guarded, in one transaction, with one event."""

from __future__ import annotations

from copy import copy
from datetime import datetime, timedelta
from itertools import takewhile

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Claim
from claims.querysets import article_changes, merged_by
from reviews import workflow
from reviews.errors import Conflict, Refused, Stale
from reviews.models import Review, ReviewEvent
from reviews.people import in_one_hand, is_machine, person_of
from reviews.services import needs
from reviews.services.history import Entry, change
from reviews.services.notifying import bulk_cause, tell_of
from reviews.services.orders import Order
from reviews.services.rechecking import RECHECK, recheck_if_turned
from reviews.services.standing import current_state, tell_facts
from reviews.workflow import Action, Closed, Duty, Person, State, Status, Transition

DECISIONS = frozenset({Action.APPROVE.value, Action.CONFIRM.value})
CHANGES = frozenset({Duty.MERGE.value, Duty.SPLIT.value, Duty.MOVE.value, Duty.UNDO.value, Duty.CORRECT.value})
"""What people do to the evidence of a claim."""


def act(claim_id: int, actor: User, order: Order, *, context: dict[str, object] | None = None) -> Review:
    """Do what ``order`` asks for to the review of the claim, and return it as it stands then.

    ``context`` is written into the event's details (the bulk job that asked, for instance).

    Raises Review.DoesNotExist; Refused (this person may not); Stale and Conflict (the review has moved on, with its
    current state); Missing and Invalid (a field). Nothing is written in any of these cases.
    """
    with transaction.atomic():
        Claim.objects.select_for_update().filter(pk=claim_id).values_list("pk").first()  # scoring and matching wait
        review = _load(claim_id)
        person = person_of(actor)
        now = timezone.now()
        transition = _permit(review, person, order, now)
        filled = needs.fill(transition, order, review)
        to_status = transition.to or Status(review.verdict)
        changes = _changes(review, transition, to_status, filled, actor, now)
        tell_facts(claim_id, review.status, to_status)
        details = {**filled.details, **_affected_by_settings(order.action), **(context or {})}
        entry = Entry(order.action, review.status, to_status, actor, filled.note, details, filled.assessment)
        before = copy(review)
        event = change(review, {"status": to_status, **changes}, entry, now)
        tell_of(event, before, review, actor)
        if order.action in {Action.APPROVE, Action.CONFIRM} and review.claim.assessment is not None:
            cause = bulk_cause(details.get("bulk"))
            recheck_if_turned(review, review.claim.assessment, cause)  # it may be newer than the one that was read
    return review


def answers(review: Review, user: User) -> tuple[workflow.Answer, ...]:
    """Every action with whether this user may do it to this review now, and why not."""
    return workflow.explain(state_of(review), person_of(user), four_eyes=settings.VERIFIER_FOUR_EYES)


def state_of(review: Review, now: datetime | None = None) -> State:
    """The review as the rules see it."""
    running = review.lease_until is not None and review.lease_until > (now or timezone.now())
    changed_by = _changed_by(review) if review.recheck_at is not None else frozenset()
    second = {*changed_by, *([review.proposer_id] if review.proposer_id else [])}
    looked_at = review.status == Status.PROPOSED or review.recheck_at is not None
    return State(
        status=Status(review.status),
        assignee=review.assignee_id,
        holder=review.assignee_id if running else None,
        proposer=review.proposer_id,
        by_machine=review.status == Status.PROPOSED and review.proposer is not None and is_machine(review.proposer),
        marked=review.recheck_at is not None,
        merged=review.claim.merged_into_id is not None,
        changed_by=changed_by,
        one_hand=in_one_hand(second) if looked_at and second else frozenset(),
    )


def _changed_by(review: Review) -> frozenset[int]:
    """Who has changed the claim's mentions or what they say, their articles or whose these are, since its verdict was
    last given."""
    told = ReviewEvent.objects.filter(review=review).exclude(action=RECHECK).order_by("-sequence")
    lines = list(told.values_list("action", "actor_id", "created_at"))
    since = list(takewhile(lambda line: line[0] not in DECISIONS, lines))
    changed = {actor for action, actor, _ in since if action in CHANGES}
    decided = lines[len(since)][2] if len(since) < len(lines) else review.decided_at
    corrected = article_changes(review.claim_id, decided).values_list("by", flat=True)
    merged = merged_by(review.claim_id, decided)
    return frozenset(actor for actor in {*changed, *corrected, *merged} if actor is not None)


def lease_end(now: datetime) -> datetime:
    """When a lease that begins now runs out."""
    return now + timedelta(minutes=settings.VERIFIER_REVIEW_LEASE)


def _load(claim_id: int) -> Review:
    return Review.objects.select_related("claim", "assignee", "proposer", "approver").get(claim_id=claim_id)


def _permit(review: Review, person: Person, order: Order, now: datetime) -> Transition:
    answer = workflow.answer(order.action, state_of(review, now), person, four_eyes=settings.VERIFIER_FOUR_EYES)
    if answer.closed in {Closed.ROLE, Closed.MACHINE}:
        raise Refused(answer.why, code=answer.closed.value)
    if order.expected_version is not None and order.expected_version != review.version:
        raise Stale(current=current_state(review))
    if answer.closed is not None and answer.closed.forbids:
        raise Refused(answer.why, code=answer.closed.value)
    if answer.closed is not None or answer.transition is None:
        raise Conflict(answer.why, current=current_state(review), code=(answer.closed or Closed.STATUS).value)
    return answer.transition


def _changes(
    review: Review, transition: Transition, to_status: Status, filled: needs.Filled, actor: User, now: datetime
) -> dict[str, object]:
    """The columns that the action sets beside status and version."""
    hold = {"assignee_id": filled.assignee or actor.pk, "lease_until": lease_end(now)}
    free: dict[str, object] = {"assignee_id": None, "lease_until": None}
    blank: dict[str, object] = {
        "verdict": "", "rationale": "", "evidence": {}, "proposer_id": None, "approver_id": None,
        "decided_on_id": None, "decided_at": None,
    }  # fmt: skip
    settled = {"recheck_reason": "", "recheck_at": None}
    match transition.action:
        case Action.TAKE | Action.REASSIGN:
            return hold
        case Action.RELEASE:
            return free
        case Action.PROPOSE:
            return {
                "verdict": filled.verdict,
                "rationale": filled.rationale,
                "evidence": filled.evidence,
                "proposer_id": actor.pk,
                "lease_until": None,
            }
        case Action.APPROVE:
            return {**free, **settled, "approver_id": actor.pk, "decided_on_id": filled.assessment, "decided_at": now}
        case Action.REJECT:
            return {"assignee_id": review.proposer_id, "lease_until": lease_end(now), "proposer_id": None}
        case Action.RETRACT:
            return {**hold, "proposer_id": None}
        case Action.DISMISS:
            return {**free, **blank, "dismissal": filled.reason}
        case Action.RESTORE:
            return {"dismissal": ""}
        case Action.REOPEN:
            return {**hold, **blank, **settled}
        case Action.CONFIRM:
            return {**free, **settled, "decided_on_id": filled.assessment}


def _affected_by_settings(action: Action) -> dict[str, object]:
    if action in {Action.PROPOSE, Action.APPROVE, Action.REJECT, Action.CONFIRM} and not settings.VERIFIER_FOUR_EYES:
        return {"four_eyes": "off"}
    return {}
