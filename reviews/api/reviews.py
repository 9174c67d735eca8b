"""The API of the queue: what waits, what one holds, and the next claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.pagination import Ordering, Pages
from claims.api.strict import StrictView
from reviews.api import serializers as shown
from reviews.api.conditions import with_etag
from reviews.api.filters import ReviewFilter
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.models import Review
from reviews.querysets import reviews_for_desk
from reviews.services import take_next


class ReviewViewSet(StrictView, mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Reviews, the newest first; ``assignee=me`` for one's own."""

    queryset = Review.objects.all()
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filterset_class = ReviewFilter
    serializer_class = shown.ReviewSerializer

    def get_queryset(self) -> QuerySet[Review]:
        return reviews_for_desk().filter(claim__merged_into__isnull=True)

    @extend_schema(
        request=None,
        responses={200: shown.ReviewSerializer, 204: OpenApiResponse(description="Nothing waits.")},
    )
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def next(self, request: Request) -> Response:
        """Take the most urgent claim that nobody holds: contested first, then many outlets, worth, age."""
        review = take_next(person(request))
        if review is None:
            return Response(status=204)
        return with_etag(Response(shown.ReviewSerializer(review).data), review)
