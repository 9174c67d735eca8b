"""Telling people: in the admin, and by mail as a digest, each as they chose. Never one notice a claim of one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from claims.models import Regrouping
from reviews.models import Note, Notification, NotificationChoice, Review, ReviewEvent
from reviews.models.notes import NotificationKind
from reviews.people import holders_of
from reviews.workflow import DECIDED, Action

TEXT_LENGTH = 300
_TRIES = 3


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. ``by`` is never told of what they did themselves.

    News of one ``cause`` becomes one notice a person; ``summary`` says it of several claims ("rex proposes disputed").
    """

    kind: NotificationKind
    review: Review
    text: str
    by: User | None = None
    event: ReviewEvent | None = None
    note: Note | None = None
    cause: str = ""
    summary: str = ""


def notify(people: Iterable[int | None], news: News) -> int:
    """Tell these accounts (ids), as far as each of them wants to hear of it; how many were told."""
    wanted = {pk for pk in people if pk is not None and pk != (news.by.pk if news.by else None)}
    if not wanted:
        return 0
    choices = NotificationChoice.objects.filter(user__in=wanted, kind=news.kind)
    chosen = {choice.user_id: choice for choice in choices}
    rows = [
        Notification(
            user_id=pk,
            kind=news.kind,
            review=news.review,
            event=news.event,
            note=news.note,
            text=news.text[:TEXT_LENGTH],
            cause=news.cause,
            summary=news.summary[:TEXT_LENGTH],
            growing=bool(news.cause),
            in_admin=chosen[pk].in_admin if pk in chosen else True,
            by_mail=chosen[pk].by_mail if pk in chosen else True,
        )
        for pk in sorted(wanted)
    ]
    rows = [row for row in rows if row.in_admin or row.by_mail]
    if news.cause:
        _join(rows, news)
    else:
        Notification.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def _join(rows: Iterable[Notification], news: News) -> None:
    """Put the news into each person's growing notice of its cause; where there is none, ``rows`` hold a new one.

    Somebody may read a notice just now, which ends its growth: then a new one is begun.
    """
    wanted = {row.user_id: row for row in rows}
    about = Notification.reviews.through
    for _ in range(_TRIES):
        if not wanted:
            return
        Notification.objects.bulk_create(wanted.values(), ignore_conflicts=True)
        growing = Notification.objects.filter(user__in=wanted, kind=news.kind, cause=news.cause, growing=True)
        found = dict(growing.order_by("user_id").select_for_update(of=("self",)).values_list("pk", "user_id"))
        links = (about(notification_id=pk, review_id=news.review.pk) for pk in found)
        about.objects.bulk_create(links, ignore_conflicts=True)
        members = about.objects.filter(notification=OuterRef("pk")).order_by().values("notification")
        number = members.annotate(number=Count("pk")).values("number")  # type: ignore[misc]
        Notification.objects.filter(pk__in=found).update(number=Subquery(number))
        wanted = {pk: row for pk, row in wanted.items() if pk not in found.values()}


def tell_of(event: ReviewEvent, before: Review, after: Review, actor: User) -> None:
    """Tell whom an action concerns: the new or the former assignee, the approvers, the proposer."""
    claim, who, people = after.claim.text, actor.get_username(), [before.assignee_id]
    match event.action:
        case Action.REASSIGN:
            summary = f"{who} gave them to somebody else"
            _tell(people, NotificationKind.ASSIGNED, f"{who} gave to somebody else: {claim}", summary, event, after)
            people, kind, text = [after.assignee_id], NotificationKind.ASSIGNED, f"{who} gave you: {claim}"
            summary = f"{who} gave them to you"
        case Action.RELEASE | Action.TAKE:
            kind, text = NotificationKind.ASSIGNED, f"{who} took back from you: {claim}"
            summary = f"{who} took them back from you"
        case Action.PROPOSE:
            people = list(holders_of("reviews.act_as_approver").values_list("pk", flat=True))
            kind, summary = NotificationKind.PROPOSED, f"{who} proposes {after.verdict}"
            text = f"{summary}: {claim}"
        case Action.REJECT:
            people, kind, text = [before.proposer_id], NotificationKind.REJECTED, f"{who} rejected: {event.note}"
            summary = text
        case Action.APPROVE:
            people, kind = [before.proposer_id], NotificationKind.DECIDED
            text, summary = f"{who} approved {after.verdict}: {claim}", f"{who} approved what you proposed"
        case _:
            return
    _tell(people, kind, text, summary, event, after)


def _tell(
    people: Iterable[int | None],
    kind: NotificationKind,
    text: str,
    summary: str,
    event: ReviewEvent,
    review: Review,
) -> None:
    """Tell of an event; those of one bulk action share their cause."""
    cause = bulk_cause(event.details.get("bulk"))
    notify(people, News(kind, review, text, event.actor, event, cause=cause, summary=summary))


def bulk_cause(job: object) -> str:
    """Return the cause of what a bulk job (its id) does; empty where there is none."""
    return f"bulk:{job}" if job else ""


def tell_of_mark(review: Review, event: ReviewEvent, *, cause: str, summary: str) -> None:
    """Tell those who gave a verdict that it is marked for re-check; ``event`` says why and who did it."""
    text = f"{event.note} {review.claim.text}"
    people = (review.proposer_id, review.approver_id)
    kind = NotificationKind.RECHECK
    notify(people, News(kind, review, text, event.actor, event, cause=cause, summary=summary))


def tell_of_regrouping(done: Regrouping, review: Review, event: ReviewEvent) -> None:
    """Tell those who gave a verdict that it is marked; the two claims of one regrouping are one notice."""
    if review.status in DECIDED:
        summary = f"{event.actor_name} regrouped their mentions: {event.note}"
        tell_of_mark(review, event, cause=f"regrouping:{done.pk}", summary=summary)


def unread(user: User) -> QuerySet[Notification]:
    """What a person has not read in the admin yet, the newest first."""
    return Notification.objects.filter(user=user, in_admin=True, read_at__isnull=True).select_related("review__claim")


def reviews_of(user: User, notice: int) -> QuerySet[Review]:
    """Return the reviews that one of this person's notices (its id) is about; none of somebody else's."""
    mine = Notification.objects.filter(user=user, pk=notice)
    joined = Notification.reviews.through.objects.filter(notification__in=mine).values("review")
    return Review.objects.filter(Q(pk__in=joined) | Q(pk__in=mine.values("review")))


def mark_read(user: User, ids: Iterable[int] | None = None) -> int:
    """Mark a person's notifications as read: these, or all; how many."""
    rows = unread(user) if ids is None else unread(user).filter(pk__in=list(ids))
    return rows.order_by().update(read_at=timezone.now(), growing=False)


def choose(user: User, kind: NotificationKind, *, in_admin: bool, by_mail: bool) -> None:
    """Keep what a person wants to hear of, and where."""
    NotificationChoice.objects.update_or_create(
        user=user, kind=kind, defaults={"in_admin": in_admin, "by_mail": by_mail}
    )
