"""Messages of what was done, with an "Undo" beside them for as long as it can be undone."""

from __future__ import annotations

import re

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO_REGROUPING, UNDO_APART = "undo-regrouping", "undo-apart"
_TAG = re.compile(rf"(?:{UNDO_REGROUPING}|{UNDO_APART})-(\d+(?:-\d+)?)")


def undoable(request: HttpRequest, text: str, kind: str, *numbers: int) -> None:
    """Say what was done; ``numbers`` name it: a regrouping's id, or the ids of two claims that are kept apart."""
    messages.success(request, text, extra_tags="-".join([kind, *map(str, numbers)]))


def undo_of(message: Message) -> str:
    """Return what a message lets one undo, as the form names it (``17``, ``4-9``), or ""."""
    found = _TAG.search(message.extra_tags or "")
    return found[1] if found else ""
