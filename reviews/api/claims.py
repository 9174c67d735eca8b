"""The API of claims with where they stand: lists, the detail, the history, and every action of the table."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.errors import ErrorsSerializer
from claims.api.numbers import number
from claims.api.serializers import OtherVerdictSerializer
from claims.api.views import ClaimViewSet
from claims.models import Claim
from reviews.api import serializers as shown
from reviews.api.candidates import CandidateActions
from reviews.api.conditions import expected_version, with_etag
from reviews.api.corrections import WordingActions
from reviews.api.errors import CONFLICTS
from reviews.api.filters import ReviewedClaimFilter
from reviews.api.notes import NoteActions
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.api.publications import PublishActions
from reviews.api.regroupings import RegroupActions
from reviews.models import Review
from reviews.querysets import history_of, reviews_for_desk
from reviews.services import act, answers
from reviews.workflow import Action

MOST_OTHERS = 100
_ACTIONS = "|".join(a.value for a in Action)
_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that you saw. Needed to approve and to reject."
)
_ACTION = OpenApiParameter("name", str, OpenApiParameter.PATH, enum=[a.value for a in Action])


class ReviewedClaimViewSet(PublishActions, WordingActions, CandidateActions, RegroupActions, NoteActions, ClaimViewSet):
    """Claims with the machine's pre-score and with where they stand with the people."""

    permission_classes = [MayView]
    filterset_class = ReviewedClaimFilter

    def get_queryset(self) -> QuerySet[Claim]:
        return super().get_queryset().select_related("review__assignee", "review__proposer", "review__approver")

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return shown.ReviewedClaimDetailSerializer if self.action == "retrieve" else shown.ReviewedClaimSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One claim with its mentions, its assessment and its review. The ETag is the review's version."""
        claim = self.get_object()
        response = Response(self.get_serializer(claim).data)
        review = getattr(claim, "review", None)
        return with_etag(response, review) if review else response

    @extend_schema(responses=shown.ReviewSerializer)
    @action(detail=True, filter_backends=[], pagination_class=None)
    def review(self, request: Request, pk: str) -> Response:
        """Where the claim stands."""
        review = find_review(pk)
        return with_etag(Response(shown.ReviewSerializer(review).data), review)

    @extend_schema(responses=shown.TransitionSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def transitions(self, request: Request, pk: str) -> Response:
        """Every action, whether you may do it now, what it needs, and why the rest is closed."""
        review = find_review(pk)
        lines = shown.TransitionSerializer(list(answers(review, person(request))), many=True)
        return with_etag(Response(lines.data), review)

    @extend_schema(summary="What others found out", responses=OtherVerdictSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def other_verdicts(self, request: Request, pk: str) -> Response:
        """Verdicts of other publishers on the claim, the newest first: evidence, never a verdict of the desk."""
        claim = Claim.objects.filter(pk=number(pk)).first()
        if claim is None:
            raise Http404
        return Response(OtherVerdictSerializer(claim.other_verdicts.all()[:MOST_OTHERS], many=True).data)

    @extend_schema(responses=shown.EventSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def history(self, request: Request, pk: str) -> Response:
        """Everything that has happened to the claim's review, the oldest first."""
        review = find_review(pk)
        return Response(shown.EventSerializer(history_of(review.claim_id), many=True).data)

    @extend_schema(
        parameters=[_IF_MATCH, _ACTION],
        request=shown.OrderSerializer,
        responses={200: shown.ReviewSerializer, **CONFLICTS, 428: ErrorsSerializer},
    )
    @action(detail=True, methods=["post"], url_path=f"(?P<name>{_ACTIONS})", filter_backends=[], pagination_class=None)
    def act(self, request: Request, pk: str, name: str) -> Response:
        """Do one action of the table. Answers 409 or 412 with the current state if somebody was faster."""
        body = shown.OrderSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        done = Action(name)
        order = body.order(done, expected_version(request, done))
        try:
            review = act(number(pk), person(request), order)
        except Review.DoesNotExist as error:
            raise Http404 from error
        return with_etag(Response(shown.ReviewSerializer(review).data), review)


def find_review(claim_id: str) -> Review:
    """The review of a claim, or 404."""
    review = reviews_for_desk().filter(claim_id=number(claim_id)).first()
    if review is None:
        raise Http404
    return review
