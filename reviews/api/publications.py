"""The API of publications: what was put before readers, and publishing, correcting and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.numbers import number
from claims.api.pagination import Ordering, Pages
from claims.api.serializers import StrictSerializer
from claims.api.strict import StrictView
from reviews.api.conditions import expected_version
from reviews.api.errors import CONFLICTS
from reviews.api.people import person
from reviews.api.permissions import MayPublish, MayView
from reviews.models import Publication, PublicationVersion, Review
from reviews.services import publishing
from reviews.services.publishing import Words

_EDITORS = [MayView, MayPublish]


class PublishSerializer(StrictSerializer):
    """What readers are told; empty: the claim itself is the headline, the rationale the summary."""

    headline = serializers.CharField(required=False, allow_blank=True, max_length=publishing.HEADLINE)
    summary = serializers.CharField(required=False, allow_blank=True, max_length=publishing.SUMMARY)


class CorrectPublicationSerializer(PublishSerializer):
    """What readers are told now, and why it was changed; readers see the reason."""

    why = serializers.CharField(max_length=publishing.WHY)


class WithdrawPublicationSerializer(StrictSerializer):
    """Why; it is all that readers see from then on."""

    why = serializers.CharField(max_length=publishing.WHY)


class PublicationSerializer(serializers.ModelSerializer[Publication]):
    """A published verdict. ``stands``: the desk has not reopened it since."""

    claim = serializers.IntegerField(source="review.claim_id", read_only=True)
    address = serializers.SerializerMethodField(help_text="Where readers find it; never changes.")
    version = serializers.IntegerField(source="current.number", read_only=True)
    headline = serializers.CharField(source="current.snapshot.headline", default="", read_only=True)
    stands = serializers.BooleanField(read_only=True)

    class Meta:
        model = Publication
        fields = [
            "id", "claim", "address", "headline", "verdict", "version", "withdrawn", "stands", "published_at",
            "changed_at",
        ]  # fmt: skip

    def get_address(self, publication: Publication) -> str:
        return f"{settings.SITE_URL}/checks/{publication.pk}/"


class PublicationVersionSerializer(serializers.ModelSerializer[PublicationVersion]):
    """A publication as readers saw it then; of a withdrawal there is nothing to see."""

    by = serializers.CharField(source="by.username", read_only=True)
    snapshot = serializers.DictField(read_only=True)

    class Meta:
        model = PublicationVersion
        fields = ["number", "kind", "why", "by", "created_at", "snapshot"]


class PublicationDetailSerializer(PublicationSerializer):
    """A publication with every version of it."""

    versions = PublicationVersionSerializer(many=True, read_only=True)

    class Meta(PublicationSerializer.Meta):
        fields = [*PublicationSerializer.Meta.fields, "versions"]


class PublishActions(viewsets.GenericViewSet[Any]):
    """The action on a claim that puts its verdict before readers."""

    @extend_schema(
        summary="Publish a verdict",
        request=PublishSerializer,
        responses={201: OpenApiResponse(PublicationDetailSerializer, description="Readers can see it."), **CONFLICTS},
    )
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=_EDITORS)
    def publish(self, request: Request, pk: str) -> Response:
        """Publish the claim's approved verdict; once more where it was withdrawn, at the same address."""
        body = _valid(PublishSerializer(data=request.data))
        words = Words(**body, version=expected_version(request))
        try:
            done = publishing.publish(number(pk), person(request), words)
        except Review.DoesNotExist as error:
            raise Http404 from error
        return Response(_detail(done), status=201)


class PublicationViewSet(StrictView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """What was put before readers, the newest first. The detail has every version."""

    queryset = Publication.objects.all()
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filter_backends = []

    def get_queryset(self) -> QuerySet[Publication]:
        found = Publication.objects.select_related("current", "review__claim")
        return found if self.action == "list" else found.prefetch_related("versions__by")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return PublicationSerializer if self.action == "list" else PublicationDetailSerializer

    @extend_schema(
        summary="Correct a publication",
        request=CorrectPublicationSerializer,
        responses={200: PublicationDetailSerializer, **CONFLICTS},
    )
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=_EDITORS)
    def correct(self, request: Request, pk: str) -> Response:
        """Put the verdict as it stands now in its place; readers see that it was corrected, and why."""
        body = _valid(CorrectPublicationSerializer(data=request.data))
        return Response(_detail(publishing.correct(_claim(pk), person(request), _words(request, body))))

    @extend_schema(
        summary="Withdraw a publication",
        request=WithdrawPublicationSerializer,
        responses={200: PublicationDetailSerializer, **CONFLICTS},
    )
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=_EDITORS)
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take it back: its address only says so, and why."""
        body = _valid(WithdrawPublicationSerializer(data=request.data))
        return Response(_detail(publishing.withdraw(_claim(pk), person(request), _words(request, body))))


def _valid(body: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _words(request: Request, body: dict[str, Any]) -> Words:
    return Words(**body, version=expected_version(request))


def _claim(pk: str) -> int:
    """The claim of a publication, or 404."""
    found = Publication.objects.filter(pk=number(pk)).values_list("review__claim_id", flat=True).first()
    if found is None:
        raise Http404
    return found


def _detail(publication: Publication) -> dict[str, Any]:
    found = Publication.objects.select_related("current", "review__claim").prefetch_related("versions__by")
    return dict(PublicationDetailSerializer(found.get(pk=publication.pk)).data)
