"""Telling people: in the admin, and by mail as a digest, each as they chose. Never one mail an event."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from reviews.models import Note, Notification, NotificationChoice, Review, ReviewEvent
from reviews.models.notes import NotificationKind
from reviews.people import holders_of
from reviews.workflow import Action

TEXT_LENGTH = 300

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. ``by`` is never told of what they did themselves."""

    kind: NotificationKind
    review: Review
    text: str
    by: User | None = None
    event: ReviewEvent | None = None
    note: Note | None = None


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
            in_admin=chosen[pk].in_admin if pk in chosen else True,
            by_mail=chosen[pk].by_mail if pk in chosen else True,
        )
        for pk in sorted(wanted)
    ]
    rows = [row for row in rows if row.in_admin or row.by_mail]
    Notification.objects.bulk_create(rows)
    return len(rows)


def tell_of(event: ReviewEvent, before: Review, after: Review, actor: User) -> None:
    """Tell whom an action concerns: the new or the former assignee, the approvers, the proposer."""
    claim, who = after.claim.text, actor.get_username()
    match event.action:
        case Action.REASSIGN:
            kind, people, text = NotificationKind.ASSIGNED, [after.assignee_id], f"{who} gave you: {claim}"
            notify([before.assignee_id], News(kind, after, f"{who} gave to somebody else: {claim}", actor, event))
        case Action.RELEASE | Action.TAKE:
            kind, people, text = NotificationKind.ASSIGNED, [before.assignee_id], f"{who} took back from you: {claim}"
        case Action.PROPOSE:
            people = list(holders_of("reviews.act_as_approver").values_list("pk", flat=True))
            kind, text = NotificationKind.PROPOSED, f"{who} proposes {after.verdict}: {claim}"
        case Action.REJECT:
            kind, people, text = NotificationKind.REJECTED, [before.proposer_id], f"{who} rejected: {event.note}"
        case Action.APPROVE:
            kind, people = NotificationKind.DECIDED, [before.proposer_id]
            text = f"{who} approved {after.verdict}: {claim}"
        case _:
            return
    notify(people, News(kind, after, text, actor, event))


def unread(user: User) -> QuerySet[Notification]:
    """What a person has not read in the admin yet, the newest first."""
    return Notification.objects.filter(user=user, in_admin=True, read_at__isnull=True).select_related("review__claim")


def mark_read(user: User, ids: Iterable[int] | None = None) -> int:
    """Mark a person's notifications as read: these, or all; how many."""
    rows = unread(user) if ids is None else unread(user).filter(pk__in=list(ids))
    return rows.order_by().update(read_at=timezone.now())


def choose(user: User, kind: NotificationKind, *, in_admin: bool, by_mail: bool) -> None:
    """Keep what a person wants to hear of, and where."""
    NotificationChoice.objects.update_or_create(
        user=user, kind=kind, defaults={"in_admin": in_admin, "by_mail": by_mail}
    )


def send_digests() -> int:
    """One mail to each person with everything that waits for them; how many mails went out.

    Rows are marked before the mail is sent, so that two runs at once never send one thing twice; they are unmarked
    if the mail server or the address refuses. Whoever may not see reviews any more is sent nothing of them.
    """
    readers = holders_of("reviews.view_review", superusers=True).exclude(email="")
    waiting = Notification.objects.filter(by_mail=True, mailed_at__isnull=True, user__in=readers)
    rows = waiting.select_related("user").order_by("user_id", "id")
    sent = 0
    for user, found in groupby(rows, key=lambda row: row.user):
        sent += _send_digest(user, [row.pk for row in found])
    return sent


def _send_digest(user: User, ids: list[int]) -> int:
    now = timezone.now()
    mine = Notification.objects.filter(pk__in=ids, mailed_at__isnull=True)
    if mine.order_by().update(mailed_at=now) < len(ids):
        ids = list(Notification.objects.filter(pk__in=ids, mailed_at=now).values_list("pk", flat=True))
    rows = list(Notification.objects.filter(pk__in=ids).order_by("id"))
    if not rows:
        return 0
    try:
        return EmailMessage(subject=_subject(rows), body=_body(rows), to=[user.email]).send()
    except (OSError, ValueError) as error:  # no server, or an address that is none: the others get their mail
        logger.warning("no digest to account %s: %s", user.pk, error)
        Notification.objects.filter(pk__in=ids).update(mailed_at=None)
        return 0


def _subject(rows: list[Notification]) -> str:
    return f"Verifier: {len(rows)} {'thing' if len(rows) == 1 else 'things'} for you"


def _body(rows: list[Notification]) -> str:
    lines = []
    for kind in NotificationKind:
        mine = [row for row in rows if row.kind == kind]
        if mine:
            lines += [f"{kind.label.capitalize()}:", *(f"- {row.text}\n  {_address(row)}" for row in mine), ""]
    return "\n".join([*lines, "Choose what you hear of in the admin, under notification choices."])


def _address(row: Notification) -> str:
    return f"{settings.SITE_URL}/admin/reviews/review/{row.review_id}/change/"
