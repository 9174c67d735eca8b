"""The API of merge, split, move and undo, each with a preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.numbers import number
from claims.api.pagination import Ordering, Pages
from claims.api.strict import StrictView
from claims.models import Claim, Regrouping
from reviews.api import serializers as shown
from reviews.api.conditions import expected_version
from reviews.api.errors import CONFLICTS
from reviews.api.filters import RegroupingFilter
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.services import regrouping
from reviews.services.regrouping import Regroup, Regrouped

REGROUPED = {
    201: OpenApiResponse(shown.RegroupedSerializer, description="Done."),
    200: OpenApiResponse(shown.RegroupedSerializer, description="A preview: what would be."),
    **CONFLICTS,
}


class RegroupActions(viewsets.GenericViewSet[Any]):
    """The actions on a claim that move mentions. If-Match holds for the claim of the address."""

    @extend_schema(request=shown.MergeSerializer, responses=REGROUPED)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def merge(self, request: Request, pk: str) -> Response:
        """Merge this claim into another one; both histories stay and name each other."""
        source = _source(pk)
        body = shown.MergeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = body.validated_data
        return told(regrouping.merge(source, values["into"], person(request), _how(request, source, values)))

    @extend_schema(request=shown.SplitSerializer, responses=REGROUPED)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def split(self, request: Request, pk: str) -> Response:
        """Take mentions out of this claim into a new one, which starts unverified."""
        source = _source(pk)
        body = shown.SplitSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = body.validated_data
        return told(regrouping.split(source, values["mentions"], person(request), _how(request, source, values)))

    @extend_schema(request=shown.MoveSerializer, responses=REGROUPED)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def move(self, request: Request, pk: str) -> Response:
        """Move one mention of this claim into another claim."""
        source = _source(pk)
        body = shown.MoveSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = body.validated_data
        how = _how(request, source, values)
        return told(regrouping.move(source, values["mention"], values["into"], person(request), how))


class RegroupingViewSet(StrictView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Merges, splits and moves that were done, the newest first."""

    queryset = Regrouping.objects.select_related("by").order_by("-id")
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filterset_class = RegroupingFilter
    serializer_class = shown.RegroupingSerializer

    @extend_schema(request=shown.UndoSerializer, responses=REGROUPED)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        """Take it back, for as long as nothing depends on it."""
        body = shown.UndoSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            done = regrouping.undo(number(pk), person(request), Regroup(**body.validated_data))
        except Regrouping.DoesNotExist as error:
            raise Http404 from error
        return told(done)


def told(done: Regrouped) -> Response:
    """What was done, as the response: 201 if it was, 200 for a preview."""
    return Response(shown.RegroupedSerializer(done).data, status=200 if done.id is None else 201)


def _source(pk: str) -> int:
    """The claim of the address, or 404."""
    if not Claim.objects.filter(pk=number(pk)).exists():
        raise Http404
    return number(pk)


def _how(request: Request, source: int, values: dict[str, Any]) -> Regroup:
    version = expected_version(request)
    versions = {} if version is None else {source: version}
    if values.get("into_version"):
        versions[values["into"]] = values["into_version"]
    return Regroup(values["why"], values.get("outcome", ""), versions, values["preview"])
