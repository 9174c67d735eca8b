"""The API of possible duplicates: of a claim, and over all stories. What is the same is merged by ``merge``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.numbers import IdField, number
from claims.api.pagination import Ordering, Pages
from claims.api.serializers import StrictSerializer
from claims.api.strict import StrictView
from claims.models import CandidatePair, Claim, Judgement
from claims.services.apart import apart_from
from claims.services.pairs import offers_of
from reviews.api import serializers as shown
from reviews.api.errors import CONFLICTS
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.services import duplicates, regrouping


class NotSameTakenBackSerializer(StrictSerializer):
    """Take back that this claim and another one are two claims."""

    claim = IdField()


class JudgementSerializer(serializers.ModelSerializer[Judgement]):
    """One person's word that two claims are not the same."""

    by = serializers.CharField(source="by.username", read_only=True, allow_null=True)

    class Meta:
        model = Judgement
        fields = ["id", "by", "created_at", "why"]


class ApartSerializer(serializers.Serializer[Any]):
    """A claim that people said is not the same, and who said so. ``regrouped``: a split or a move says so too."""

    claim = serializers.IntegerField(source="claim.pk")
    text = serializers.CharField(source="claim.text")
    judgements = JudgementSerializer(many=True, help_text="In force, the newest first.")
    regrouped = serializers.BooleanField()


class PairSideSerializer(serializers.ModelSerializer[Claim]):
    """One of the two claims of a pair."""

    claim = serializers.IntegerField(source="pk")
    story = serializers.IntegerField(source="story_id")

    class Meta:
        model = Claim
        fields = ["claim", "text", "story"]


class CandidatePairSerializer(serializers.ModelSerializer[CandidatePair]):
    """Two claims that may be one; their lines are at ``/claims/ID/candidates/``."""

    claims = serializers.SerializerMethodField()
    score = serializers.FloatField(help_text="Log-odds by which it is ranked; no probability.")
    stories_differ = serializers.SerializerMethodField()

    class Meta:
        model = CandidatePair
        fields = ["id", "score", "stories_differ", "claims"]

    @extend_schema_field(PairSideSerializer(many=True))
    def get_claims(self, pair: CandidatePair) -> Any:
        """Both claims, the older one first."""
        both = sorted((pair.claim, pair.other), key=lambda claim: claim.pk)
        return PairSideSerializer(both, many=True).data

    def get_stories_differ(self, pair: CandidatePair) -> bool:
        """Whether they are of two stories: then their articles report two events."""
        return pair.claim.story_id != pair.other.story_id


class MayViewClaims(MayView):
    """Whoever may see claims may ask about their pairs."""

    def get_required_permissions(self, method: str, model_cls: type[Model]) -> list[str]:
        return super().get_required_permissions(method, Claim)


class CandidateActions(viewsets.GenericViewSet[Any]):
    """Possible duplicates of a claim, and what people said is none."""

    @extend_schema(responses=shown.CandidateSerializer(many=True))
    @action(detail=True, filter_backends=[], pagination_class=None)
    def candidates(self, request: Request, pk: str) -> Response:
        """Up to ten claims that may be the same, the nearest first, each with the lines of its score in words."""
        return Response(shown.CandidateSerializer(offers_of(_claim(pk)), many=True).data)

    @extend_schema(methods=["get"], responses=ApartSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request=shown.NotSameSerializer,
        responses={201: OpenApiResponse(shown.NotSameSaidSerializer), **CONFLICTS},
    )
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def not_same(self, request: Request, pk: str) -> Response:
        """What people said is not the same as this claim; POST says it of one more, which is never offered again."""
        source = _claim(pk)
        if request.method != "POST":
            return Response(ApartSerializer(apart_from(source), many=True).data)
        body = shown.NotSameSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        other = body.validated_data["claim"]
        said = regrouping.not_same(source, other, person(request), body.validated_data["why"])
        return Response({"claim": other, "judgements": [row.pk for row in said]}, status=201)

    @extend_schema(request=NotSameTakenBackSerializer, responses={200: shown.NotSameSaidSerializer, **CONFLICTS})
    @action(detail=True, methods=["post"], url_path="not_same/withdraw", filter_backends=[], pagination_class=None)
    def withdraw_not_same(self, request: Request, pk: str) -> Response:
        """Take back that the two are not the same: they may be offered and merged again. The words stay on record."""
        body = NotSameTakenBackSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        other = body.validated_data["claim"]
        taken = duplicates.take_back(_claim(pk), other, person(request))
        return Response({"claim": other, "judgements": [row.pk for row in taken]})


class CandidatePairViewSet(StrictView, mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Pairs of claims that may be one, over all stories, the likeliest first, without those that you skipped."""

    queryset = CandidatePair.objects.all()
    permission_classes = [MayViewClaims]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-score": ("-score", "id")}
    filter_backends = []
    serializer_class = CandidatePairSerializer

    def get_queryset(self) -> QuerySet[CandidatePair]:
        if not self.request or not self.request.user.is_authenticated:
            return CandidatePair.objects.none()
        return duplicates.questions(person(self.request))

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def skip(self, request: Request, pk: str) -> Response:
        """Leave a pair open: you are not asked about it again until its evidence has changed."""
        try:
            duplicates.skip(number(pk), person(request))
        except CandidatePair.DoesNotExist as error:
            raise Http404 from error
        return Response(status=204)


def _claim(pk: str) -> int:
    """The id of a claim that exists. Raises Http404."""
    found = number(pk)
    if not Claim.objects.filter(pk=found).exists():
        raise Http404
    return found
