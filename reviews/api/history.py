"""The whole history as lines of JSON."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from claims.api.strict import StrictView
from reviews.api.permissions import MayView
from reviews.models import ReviewEvent
from reviews.services.exporting import export


class Lines(JSONRenderer):
    """Lines of JSON. Only errors are rendered by it: the lines themselves are streamed as they are."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class HistoryView(StrictView):
    """Every event of every review, chain after chain: one line of canonical JSON each, with its hash."""

    queryset = ReviewEvent.objects.all()
    permission_classes = [MayView]
    renderer_classes = [Lines, JSONRenderer]

    @extend_schema(responses={(200, "application/x-ndjson"): OpenApiResponse(OpenApiTypes.STR)})
    def get(self, request: Request) -> StreamingHttpResponse:
        """The history, for keeping it or checking it elsewhere."""
        return StreamingHttpResponse(export(), content_type="application/x-ndjson")
