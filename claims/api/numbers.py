"""Numbers in addresses and bodies; what can be the id of nothing is not found, or a wrong request."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework import serializers

from claims.numbers import LARGEST_ID, LARGEST_VERSION, whole


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


class VersionField(serializers.IntegerField):
    """A version that somebody saw."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_VERSION, **kwargs)
