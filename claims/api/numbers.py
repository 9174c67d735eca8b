"""Numbers in addresses and bodies; what can be the id of nothing is not found, or a wrong request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from rest_framework import serializers

from claims.numbers import LARGEST_ID, LARGEST_VERSION, whole

_SHOWN = 5


def number(text: str) -> int:
    """The number in an address; 404 where it cannot be the id of anything."""
    found = whole(text)
    if found is None:
        raise Http404
    return found


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class IdsField(serializers.ListField):
    """The ids of some rows, each named once."""

    default_error_messages = {"repeated": "Named more than once: {numbers}."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=IdField(), **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the ids in the order in which they were given."""
        ids: list[Any] = super().to_internal_value(data)
        if twice := repeated(ids):
            self.fail("repeated", numbers=twice)
        return ids


def repeated(ids: Sequence[int]) -> str:
    """Return the first few numbers that come more than once, for a message; empty where none does."""
    twice = sorted(number for number, times in Counter(ids).items() if times > 1)
    return ", ".join(map(str, twice[:_SHOWN])) + (", ..." if len(twice) > _SHOWN else "")


class VersionField(serializers.IntegerField):
    """A version that somebody saw."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_VERSION, **kwargs)
