"""Numbers as they come in: what no column could hold is refused before a database has to."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField
from rest_framework import serializers

LARGEST_ID = BigIntegerField.MAX_BIGINT
LARGEST_VERSION = 2**31 - 1


class IdField(serializers.IntegerField):
    """The id of a row."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class VersionField(serializers.IntegerField):
    """A version that somebody saw."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_VERSION, **kwargs)
