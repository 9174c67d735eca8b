"""The API of bulk actions: one order for up to 500 claims, and a result for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.numbers import IdField, VersionField, repeated
from claims.api.pagination import Ordering, Pages
from claims.api.serializers import StrictSerializer
from claims.api.strict import StrictView
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.api.serializers import OrderSerializer
from reviews.models import BulkItem, BulkJob
from reviews.services import bulk
from reviews.workflow import Action


class BulkClaimSerializer(StrictSerializer):
    """A claim, and the version of its review that you saw."""

    claim = IdField()
    version = VersionField(required=False, help_text="Needed to approve and to reject.")


class BulkOrderSerializer(OrderSerializer):
    """One action for many claims, with what the action needs."""

    action = serializers.ChoiceField(choices=[a.value for a in Action])
    claims = BulkClaimSerializer(many=True, max_length=bulk.AT_MOST)  # type: ignore[call-arg]
    together = serializers.BooleanField(help_text="True: all of the claims or none. False: each for itself.")

    def validate_claims(self, claims: list[dict[str, int]]) -> list[dict[str, int]]:
        """Refuse a claim that is named twice: of two versions only one can be the one that was seen."""
        if twice := repeated([item["claim"] for item in claims]):
            raise serializers.ValidationError(f"Named more than once: {twice}.", "repeated")
        return claims

    def bulk(self) -> bulk.Bulk:
        """The validated body as a request to the service."""
        action, claims = Action(self.validated_data.pop("action")), self.validated_data.pop("claims")
        together = self.validated_data.pop("together")
        versions = {item["claim"]: item.get("version") for item in claims}
        return bulk.Bulk(self.order(action, None), versions, together)


class BulkItemSerializer(serializers.ModelSerializer[BulkItem]):
    """How it ended for one claim: ``done``, or the code of the refusal; empty: not yet tried."""

    claim = serializers.IntegerField(source="claim_id", read_only=True)

    class Meta:
        model = BulkItem
        fields = ["claim", "outcome", "detail", "status", "version"]


class BulkJobSerializer(serializers.ModelSerializer[BulkJob]):
    """A bulk action, and how far it is. ``undone``: all or nothing was asked for, and one claim was refused."""

    actor = serializers.CharField(source="actor.username", read_only=True)
    total = serializers.IntegerField(read_only=True)
    tried = serializers.IntegerField(read_only=True, help_text="How many claims have their result.")

    class Meta:
        model = BulkJob
        fields = ["id", "action", "actor", "together", "state", "created_at", "finished_at", "total", "tried"]


class BulkJobDetailSerializer(BulkJobSerializer):
    """A bulk action with the result of each claim."""

    items = BulkItemSerializer(many=True, read_only=True)

    class Meta(BulkJobSerializer.Meta):
        fields = [*BulkJobSerializer.Meta.fields, "items"]


class BulkViewSet(StrictView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Bulk actions, the newest first; the detail has the results of the claims."""

    queryset = BulkJob.objects.all()
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filter_backends = []

    def get_queryset(self) -> QuerySet[BulkJob]:
        counts = {"total": Count("items"), "tried": Count("items", filter=~Q(items__outcome=""))}
        jobs = BulkJob.objects.select_related("actor").annotate(**counts)
        return jobs if self.action == "list" else jobs.prefetch_related("items")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return BulkJobSerializer if self.action == "list" else BulkJobDetailSerializer

    @extend_schema(
        request=BulkOrderSerializer,
        responses={
            200: BulkJobDetailSerializer,
            202: OpenApiResponse(
                BulkJobDetailSerializer, description="Queued: the Location header says where to look."
            ),
        },
    )
    def create(self, request: Request) -> Response:
        """Do one action to many claims; more than 50 become a job, with its progress at the Location."""
        body = BulkOrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        job = bulk.start(body.bulk(), person(request))
        shown = self.get_queryset().get(pk=job.pk)
        address = reverse("bulk-detail", [job.pk], request=request)
        status = 202 if shown.finished_at is None else 200
        return Response(BulkJobDetailSerializer(shown).data, status=status, headers={"Location": address})
