"""Numbers as they come in: what no column could hold is refused before a database has to."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404
from rest_framework import serializers

LARGEST_ID = BigIntegerField.MAX_BIGINT
LARGEST_VERSION = 2**31 - 1


def number(text: str) -> int:
    """The number in an address; 404 where it cannot be the id of anything."""
    if not text.isdecimal() or int(text) > LARGEST_ID:
        raise Http404
    return int(text)


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class VersionField(serializers.IntegerField):
    """A version that somebody saw."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_VERSION, **kwargs)
