"""The API of bulk actions: one order for up to 500 claims, and a result for each."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.pagination import Pages
from claims.api.serializers import StrictSerializer
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.api.serializers import OrderSerializer
from reviews.models import BulkItem, BulkJob
from reviews.services import bulk
from reviews.workflow import Action


class BulkClaimSerializer(StrictSerializer):
    """A claim, and the version of its review that you saw."""

    claim = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(min_value=1, required=False, help_text="Needed to approve and to reject.")


class BulkOrderSerializer(OrderSerializer):
    """One action for many claims, with what the action needs."""

    action = serializers.ChoiceField(choices=[a.value for a in Action])
    claims = BulkClaimSerializer(many=True)
    together = serializers.BooleanField(help_text="True: all of the claims or none. False: each for itself.")

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
    total = serializers.SerializerMethodField()
    tried = serializers.SerializerMethodField(help_text="How many claims have their result.")
    items = BulkItemSerializer(many=True, read_only=True)

    class Meta:
        model = BulkJob
        fields = ["id", "action", "actor", "together", "state", "created_at", "finished_at", "total", "tried", "items"]

    def get_total(self, job: BulkJob) -> int:
        return len(job.items.all())

    def get_tried(self, job: BulkJob) -> int:
        return sum(bool(item.outcome) for item in job.items.all())


class BulkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Bulk actions, the newest first, each with the results of its claims."""

    queryset = BulkJob.objects.select_related("actor").prefetch_related("items").order_by("-created_at")
    permission_classes = [MayView]
    pagination_class = Pages
    filter_backends = []
    serializer_class = BulkJobSerializer

    @extend_schema(
        request=BulkOrderSerializer,
        responses={
            200: BulkJobSerializer,
            202: OpenApiResponse(BulkJobSerializer, description="Queued: the Location header says where to look."),
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
        return Response(BulkJobSerializer(shown).data, status=status, headers={"Location": address})
