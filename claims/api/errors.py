"""The one shape in which the API refuses; the schema shows it. Nothing is rendered through these."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

TYPES = (
    ("validation_error", "a field is missing or wrong (400)"),
    ("client_error", "any other refusal (4xx)"),
    ("server_error", "our fault (5xx)"),
)


class ErrorSerializer(serializers.Serializer[Any]):
    """One thing that is in the way. ``attr`` names the field, or is null."""

    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True)


class ErrorsSerializer(serializers.Serializer[Any]):
    """Why a request was refused."""

    type = serializers.ChoiceField(choices=TYPES)
    errors = ErrorSerializer(many=True)  # type: ignore[assignment]
