"""Refusals that say where a review stands; the schema shows them. Nothing is rendered through these."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.errors import ErrorsSerializer


class CurrentSerializer(serializers.Serializer[Any]):
    """Where the review stands: enough to decide what to do next."""

    claim = serializers.IntegerField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    assignee = serializers.CharField(allow_null=True)
    verdict = serializers.CharField(allow_blank=True)


class ConflictSerializer(ErrorsSerializer):
    """Somebody was faster, or the action is not open in this status."""

    current = CurrentSerializer()


CONFLICTS = {409: ConflictSerializer, 412: ConflictSerializer}
"""What a change of a review may be answered beside what every operation may be."""
