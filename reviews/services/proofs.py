"""What the proof of the history finds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError

UNREADABLE = (DatabaseError, ValueError, TypeError, AttributeError)
"""What comes of reading a row whose bytes are not of the kind that its columns hold."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written. ``where`` names the line."""

    where: str
    what: str
