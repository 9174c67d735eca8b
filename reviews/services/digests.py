"""The mailed digest: one mail a person, with everything that waits for them."""

from __future__ import annotations

import logging
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.utils import timezone

from reviews.models import Notification
from reviews.models.notes import NotificationKind
from reviews.people import holders_of

logger = logging.getLogger(__name__)


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
    if mine.order_by().update(mailed_at=now, growing=False) < len(ids):
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
            lines += [f"{kind.label.capitalize()}:", *(f"- {row.headline}\n  {_address(row)}" for row in mine), ""]
    return "\n".join([*lines, "Choose what you hear of in the admin, under notification choices."])


def _address(row: Notification) -> str:
    desk = f"{settings.SITE_URL}/admin/reviews/review"
    return f"{desk}/{row.review_id}/change/" if row.number == 1 else f"{desk}/?queue=everything&notice={row.pk}"
