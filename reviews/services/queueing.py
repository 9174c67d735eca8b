"""Handing out work: the most urgent claim, to exactly one person."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from reviews import workflow
from reviews.errors import Conflict, Refused
from reviews.models import Review
from reviews.people import person_of
from reviews.querysets import waiting
from reviews.services.acting import act
from reviews.services.orders import Order
from reviews.workflow import Action, Closed

ATTEMPTS = 20
"""How often to look again where the database cannot skip the rows that others are taking."""


def take_next(actor: User) -> Review | None:
    """Take the most urgent claim that waits for a reviewer; None if there is none.

    Raises Refused if this person may not take claims at all.
    """
    person = person_of(actor)
    if person.machine or not workflow.holds_a_role_for(Action.TAKE, person):
        raise Refused("take is for: reviewer.", code=(Closed.MACHINE if person.machine else Closed.ROLE).value)
    for _ in range(ATTEMPTS):
        try:
            return _take_first(actor)
        except Conflict:
            continue
    return None


@transaction.atomic  # locks the claim, then its review, as scoring does
def _take_first(actor: User) -> Review | None:
    queue = waiting(timezone.now())
    if connection.features.has_select_for_update_skip_locked:
        queue = queue.select_related("claim").select_for_update(skip_locked=True, of=("claim",))
    first = queue.first()
    if first is None:
        return None
    return act(first.claim_id, actor, Order(Action.TAKE, expected_version=first.version))
