"""Numbers as they come in from outside: what no column could hold is refused before a database has to."""

from __future__ import annotations

from django.db.models import BigIntegerField

LARGEST_ID = BigIntegerField.MAX_BIGINT
LARGEST_VERSION = 2**31 - 1


def whole(text: str, largest: int = LARGEST_ID) -> int | None:
    """The number from 1 to ``largest`` that is written here; None for anything else.

    What is longer than the largest id is not read at all: Python refuses to, from some length on.
    """
    if not text.isdecimal() or len(text) > len(str(LARGEST_ID)):
        return None
    number = int(text)
    return number if 0 < number <= largest else None
