"""What the API has, and who one is to it: open to whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.strict import StrictView
from reviews.api.people import person
from reviews.models import AccessToken
from reviews.people import is_machine, person_of

LISTS = {
    "articles": "article-list",
    "bulk": "bulk-list",
    "candidates": "candidate-list",
    "check": "check",
    "claims": "claim-list",
    "corrections": "correction-list",
    "docs": "docs",
    "history": "history",
    "me": "me",
    "mentions": "mention-list",
    "notifications": "notification-list",
    "publications": "publication-list",
    "regroupings": "regrouping-list",
    "reviews": "review-list",
    "schema": "schema",
    "sources": "source-list",
    "stories": "story-list",
}
"""The name of each address that stands directly below ``/api/v1/``, by the word of it."""


_ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}


class IndexView(StrictView):
    """The addresses below this one."""

    permission_classes = [IsAuthenticated]

    @extend_schema(summary="What there is", responses={200: _ADDRESSES}, operation_id="index")
    def get(self, request: Request) -> Response:
        """Every list and every single address of the API; what is below them is in the schema."""
        return Response({word: reverse(name, request=request) for word, name in LISTS.items()})


class TokenSerializer(serializers.ModelSerializer[AccessToken]):
    """The token with which the request came."""

    created_at = serializers.DateTimeField(source="created", read_only=True)
    expires_at = serializers.DateTimeField(source="expiry", read_only=True, allow_null=True)

    class Meta:
        model = AccessToken
        fields = ["name", "created_at", "expires_at"]


class MeSerializer(serializers.Serializer[Any]):
    """The account behind the request: what it is called, what it may, and the token that was used."""

    username = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())
    roles = serializers.ListField(child=serializers.CharField(), help_text="reviewer, approver, editor")
    machine = serializers.BooleanField(help_text="A machine account decides nothing.")
    permissions = serializers.ListField(child=serializers.CharField())
    token = TokenSerializer(allow_null=True, help_text="Null: signed in by session.")


class MeView(StrictView):
    """Who one is to the API."""

    permission_classes = [IsAuthenticated]

    @extend_schema(summary="Who am I?", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """The account behind the request, its groups, roles and permissions."""
        me = person(request)
        token = request.auth if isinstance(request.auth, AccessToken) else None
        return Response(MeSerializer(_told(me, token)).data)


def _told(me: User, token: AccessToken | None) -> dict[str, Any]:
    return {
        "username": me.get_username(),
        "groups": sorted(me.groups.values_list("name", flat=True)),
        "roles": sorted(role.value for role in person_of(me).roles),
        "machine": is_machine(me),
        "permissions": sorted(me.get_all_permissions()),
        "token": token,
    }
