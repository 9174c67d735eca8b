"""Notes on a claim, for colleagues only: never published, never a reason for a verdict by themselves."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.db import transaction

from claims.engine import names
from claims.services import ledger
from reviews import chain
from reviews.errors import Invalid, Missing, Refused
from reviews.models import Note, Review
from reviews.models.notes import NotificationKind
from reviews.people import holders_of, person_of
from reviews.services.notifying import News, notify
from reviews.workflow import Duty, may

LENGTH = 10_000
_MENTION = re.compile(r"(?<![\w@])@([\w.+-]*\w(?:@[\w.-]*\w)?)")


@transaction.atomic
def write_note(claim_id: int, author: User, text: str) -> Note:
    """Add a note to the claim's review and tell the colleagues whom it names as ``@username``.

    Raises Review.DoesNotExist, Refused, Missing, Invalid.
    """
    if not may(Duty.NOTE, person_of(author)):
        raise Refused("Notes are for reviewers, approvers and editors.")
    if names.blank(text):
        raise Missing("Write something.", field="text")
    if len(text) > LENGTH:
        raise Invalid(f"At most {LENGTH} characters.", field="text")
    review = Review.objects.select_related("claim").get(claim_id=claim_id)
    note = Note.objects.create(review=review, author=author, text=text.strip())
    ledger.append(ledger.Kind.NOTE, {note.pk: note_content(note)})
    named = holders_of("reviews.view_note", superusers=True).filter(username__in=named_in(text))
    news = News(NotificationKind.MENTIONED, review, f"{author.get_username()}: {note.text}", author, note=note)
    notify(named.values_list("pk", flat=True), news)
    return note


def note_content(note: Note) -> str:
    """Return the hash of a note: who wrote what on which claim, and when."""
    return chain.digest({"note": [note.pk, note.review_id, note.author_id, note.text], "at": note.created_at})


def named_in(text: str) -> set[str]:
    """The usernames that a text names with an ``@``; an address such as a@b.example names nobody.

    A username may be an address itself: ``@a@b.example`` may mean it, or ``a`` with something behind.
    """
    found = _MENTION.findall(text)
    return {*found, *(name.partition("@")[0] for name in found)}
