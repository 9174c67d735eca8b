"""Merge, split, move and undo, as the reviews see them: both histories are kept, and each names the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.engine import names
from claims.models import Claim, Judgement, Mention, Regrouping
from claims.services import regrouping as facts
from claims.services.candidates import say_not_same
from reviews.errors import Conflict, Invalid, Missing, Refused, Stale
from reviews.models import Review, ReviewEvent
from reviews.people import in_one_hand, person_of
from reviews.services.history import REGROUPED, Entry, change
from reviews.services.notifying import tell_of_regrouping
from reviews.services.opening import open_review
from reviews.services.standing import (
    COLUMNS,
    current_state,
    read,
    regrouped,
    standing,
    tell_facts,
    written,
)
from reviews.workflow import DECIDED, Closed, Duty, Status, may


@dataclass(frozen=True, slots=True)
class Regroup:
    """What comes with a merge, a split or a move.

    ``outcome``: where the merged claim is to stand; needed where the two stand differently. ``versions``: claim id ->
    the version of its review that was seen; a claim not named may have any. ``preview``: only say what would be.
    """

    why: str
    outcome: str = ""
    versions: Mapping[int, int] | None = None
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What was done, or would be. ``id`` is that of the Regrouping, for undoing it; None in a preview."""

    id: int | None
    kind: str
    from_claim: int
    into_claim: int | None
    moved: tuple[int, ...]
    from_before: str
    from_after: str
    into_before: str
    into_after: str
    marked: tuple[int, ...]


def merge(source_id: int, target_id: int, by: User, how: Regroup) -> Regrouped:
    """Merge the claim ``source_id`` into ``target_id``. The outcome is asked for, never guessed.

    Raises Refused, Stale, Conflict (of a review), Missing, Invalid, and what ``claims.services.regrouping`` raises.
    """
    permit(Duty.MERGE, by, how.why)
    with _maybe(how):
        facts.lock_claims(source_id, target_id)
        source, target = _live(how, source_id, target_id)
        outcome = _outcome(source, target, how, by)
        done = facts.merge_claims(source_id, target_id, by=by, why=how.why)
        before = (source.status, target.status)
        values = _merged_standing(source, target, outcome)
        tell_facts(target_id, target.status, outcome)
        now = timezone.now()
        hashed = {"regrouping": done.pk, REGROUPED: regrouped(done)}
        details: dict[str, object] = {**hashed, "from_claim": source_id, "mentions": done.moved}
        details |= {"outcome": outcome, "before": written(standing(target))}
        if outcome in DECIDED and not settings.VERIFIER_FOUR_EYES:
            details["four_eyes"] = "off"
        event = change(target, values, _entry("merge", target, outcome, by, how, details), now)
        tell_of_regrouping(done, target, event)
        details = {**hashed, "into_claim": target_id, "mentions": done.moved}
        change(source, {}, _entry("merge", source, source.status, by, how, details), now)
        return _told(done, (source, target), before, how)


def split(claim_id: int, mention_ids: Collection[int], by: User, how: Regroup) -> Regrouped:
    """Take some mentions of a claim into a new one, which starts unverified."""
    permit(Duty.SPLIT, by, how.why)
    with _maybe(how):
        facts.lock_claims(claim_id)
        (source,) = _live(how, claim_id)
        done = facts.split_claim(claim_id, mention_ids, by=by, why=how.why)
        target = open_review(Claim.objects.get(pk=done.target_id))
        _tell_both("split", done, source, target, by, how)
        return _told(done, (source, target), (source.status, ""), how)


def move(source_id: int, mention_id: int, target_id: int, by: User, how: Regroup) -> Regrouped:
    """Move one mention out of the claim ``source_id`` into the claim ``target_id``."""
    permit(Duty.MOVE, by, how.why)
    with _maybe(how):
        facts.lock_claims(source_id, target_id)
        if not Mention.objects.filter(pk=mention_id, claim=source_id).exists():
            raise Invalid("There is no such mention in this claim.", field="mention")
        source, target = _live(how, source_id, target_id)
        done = facts.move_mention(mention_id, target_id, by=by, why=how.why)
        _tell_both("move", done, source, target, by, how)
        return _told(done, (source, target), (source.status, target.status), how)


def not_same(claim_id: int, other_id: int, by: User, why: str = "") -> list[Judgement]:
    """Keep that two claims are not one, in the name of an editor; where the two stand does not change.

    Raises Refused, Invalid where there is no such claim, and what ``claims.services.candidates.say_not_same`` raises.
    """
    permit(Duty.MERGE, by, why or "not the same")
    if not Claim.objects.filter(pk=other_id).exists():
        raise Invalid("There is no such claim.", field="claim")
    return say_not_same(claim_id, other_id, by=by, why=why)


def undo(regrouping_id: int, by: User, how: Regroup) -> Regrouped:
    """Take a merge, a split or a move back: the mentions, the judgements, and where the reviews stood.

    Raises Regrouping.DoesNotExist; Conflict if something depends on it by now: it was undone, a person has acted on one
    of the two claims since, or one of its mentions was moved on.
    """
    permit(Duty.UNDO, by, how.why)
    done = Regrouping.objects.get(pk=regrouping_id)
    with _maybe(how):
        facts.lock_claims(done.source_id, done.target_id)
        source, target = _locked(how, done.source_id, done.target_id)
        done.refresh_from_db()
        if why := _in_the_way(done, source, target):
            raise Conflict(why, current=current_state(target), code="depended_on")
        before = (source.status, target.status)
        facts.undo(regrouping_id, by=by)
        now, standings = timezone.now(), _standings_before(done, source, target)
        for review in (source, target):
            old = standings[review.pk]
            status = str(old.get("status", review.status))
            tell_facts(review.claim_id, review.status, status)
            details = {"regrouping": done.pk, "undone": done.kind}
            change(review, old, _entry("undo", review, status, by, how, details), now)
        return _told(done, (source, target), before, how)


def outcomes(source: Review, target: Review) -> tuple[str, ...]:
    """What a merge of these two may lead to; one: nothing has to be asked."""
    if source.status == target.status and source.verdict == target.verdict:
        return (target.status,)
    if source.status == target.status:
        return (Status.UNVERIFIED,)
    return tuple(dict.fromkeys((target.status, source.status, Status.UNVERIFIED.value)))


def dependent(regrouping: Regrouping) -> str:
    """Why this can no longer be undone, or ""."""
    reviews = {r.claim_id: r for r in Review.objects.filter(claim__in=[regrouping.source_id, regrouping.target_id])}
    if len(reviews) < 2:
        return "This was not done through the reviews."
    return _in_the_way(regrouping, reviews[regrouping.source_id], reviews[regrouping.target_id])


@contextmanager
def _maybe(how: Regroup) -> Iterator[None]:
    with transaction.atomic():
        yield
        if how.preview:
            transaction.set_rollback(True)


def permit(duty: Duty, by: User, why: str) -> None:
    """Raise Refused where this person may not do what lies beside the table; Missing where they do not say why."""
    person = person_of(by)
    if person.machine:
        raise Refused("A machine account decides nothing about a claim.", code=Closed.MACHINE)
    if not may(duty, person):
        raise Refused(f"{duty} is for: editor.", code=Closed.ROLE)
    if names.blank(why):
        raise Missing("Say why: both histories will tell it.", field="why")


def _locked(how: Regroup, *claim_ids: int) -> list[Review]:
    rows = Review.objects.select_for_update(of=("self",)).select_related("claim", "assignee")
    found = {review.claim_id: review for review in rows.filter(claim__in=claim_ids).order_by("claim_id")}
    for claim_id in claim_ids:
        review = found.get(claim_id) or found.setdefault(claim_id, open_review(Claim.objects.get(pk=claim_id)))
        if review.version != (how.versions or {}).get(claim_id, review.version):
            raise Stale(current=current_state(review))
    return [found[claim_id] for claim_id in claim_ids]


def _live(how: Regroup, *claim_ids: int) -> list[Review]:
    """The reviews of claims that stand; Conflict where one was merged into another."""
    reviews = _locked(how, *claim_ids)
    for review in reviews:
        if review.claim.merged_into_id is not None:
            why = f"Claim {review.claim_id} was merged into claim {review.claim.merged_into_id}: act on that one."
            raise Conflict(why, current=current_state(review), code=Closed.MERGED)
    return reviews


def _outcome(source: Review, target: Review, how: Regroup, by: User) -> str:
    choices = outcomes(source, target)
    if not how.outcome and len(choices) > 1:
        raise Missing(f"The two claims stand differently; choose one of: {', '.join(choices)}.", field="outcome")
    outcome = how.outcome or choices[0]
    if outcome not in {*choices, Status.UNVERIFIED}:
        raise Invalid(f"Choose one of: {', '.join(choices)}.", field="outcome")
    proposed = {r.proposer_id for r in (source, target) if r.status == Status.PROPOSED and r.proposer_id}
    own = bool(proposed) and by.pk in in_one_hand(proposed)
    if settings.VERIFIER_FOUR_EYES and outcome in DECIDED and own:
        raise Refused("A second person has to decide: one of the two is your own proposal.", code=Closed.OWN_PROPOSAL)
    return outcome


def _merged_standing(source: Review, target: Review, outcome: str) -> dict[str, object]:
    if outcome == target.status:
        values = standing(target)
    elif outcome == source.status:
        values = standing(source)
    else:
        blank = Review(claim_id=target.claim_id)
        values = standing(blank)
    return values | _mark(outcome, f"Claim {source.claim_id} was merged into this one.")


def _mark(status: str, reason: str) -> dict[str, object]:
    return {"recheck_reason": reason, "recheck_at": timezone.now()} if status in DECIDED else {}


def _tell_both(action: str, done: Regrouping, source: Review, target: Review, by: User, how: Regroup) -> None:
    """One event each, naming the other claim; a decided one is marked for re-check."""
    now: datetime = timezone.now()
    sides = ((source, "into_claim", target, "left"), (target, "from_claim", source, "joined"))
    for review, link, other, verb in sides:
        details: dict[str, object] = {"regrouping": done.pk, REGROUPED: regrouped(done)}
        details |= {link: other.claim_id, "mentions": done.moved}
        details["before"] = written(standing(review))
        number = len(done.moved)
        reason = f"{number} mention{'s' if number > 1 else ''} {verb} this claim: {how.why.strip()}"
        entry = _entry(action, review, review.status, by, how, details)
        tell_of_regrouping(done, review, change(review, _mark(review.status, reason), entry, now))


def _entry(action: str, review: Review, to_status: str, by: User, how: Regroup, details: Mapping[str, object]) -> Entry:
    return Entry(action, review.status, to_status, by, how.why.strip(), details, review.claim.assessment_id)


def _in_the_way(done: Regrouping, source: Review, target: Review) -> str:
    if done.undone_at is not None:
        return "This was undone before."
    own = ReviewEvent.objects.filter(details__regrouping=done.pk, review__in=[source.pk, target.pk])
    first = dict(own.values_list("review_id", "sequence"))
    if len(first) < 2:
        return "This was not done through the reviews."
    later = ReviewEvent.objects.filter(
        Q(review=source, sequence__gt=first[source.pk]) | Q(review=target, sequence__gt=first[target.pk]),
        actor__isnull=False,
    ).first()
    if later is not None:
        return f"{later.actor_name} has acted on one of the two claims since ({later.action})."
    if Mention.objects.filter(pk__in=done.moved, claim=done.target_id).count() < len(done.moved):
        return "One of its mentions was moved on."
    return ""


def _standings_before(done: Regrouping, *reviews: Review) -> dict[int, dict[str, object]]:
    """Review id -> the columns that the regrouping changed, as they were."""
    events = ReviewEvent.objects.filter(details__regrouping=done.pk, review__in=[r.pk for r in reviews])
    found = {event.review_id: read(event.details.get("before", {})) for event in events}
    return {pk: {name: value for name, value in old.items() if name in COLUMNS} for pk, old in found.items()}


def _told(done: Regrouping, reviews: tuple[Review, Review], before: tuple[str, str], how: Regroup) -> Regrouped:
    source, target = reviews
    return Regrouped(
        id=None if how.preview else done.pk,
        kind=done.kind,
        from_claim=source.claim_id,
        into_claim=None if how.preview and not before[1] else target.claim_id,
        moved=tuple(done.moved),
        from_before=before[0],
        from_after=source.status,
        into_before=before[1],
        into_after=target.status,
        marked=tuple(r.claim_id for r in reviews if r.recheck_at is not None),
    )
