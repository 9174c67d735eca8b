"""``POST /api/v1/check/``: was this claimed before, and what did the desk make of it? Nothing is stored."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.serializers import QuantitySerializer, StrictSerializer
from claims.api.strict import StrictView
from claims.models import Claim, Mention
from claims.services.checking import LONGEST, LONGEST_CLAIM, KnownClaim, Statement
from reviews.api.permissions import MayView
from reviews.api.serializers import STATUSES, CandidateLineSerializer
from reviews.models import Publication
from reviews.services.known import known_of_claim, known_of_text
from reviews.workflow import Status


class CheckSerializer(StrictSerializer):
    """What to check: a ``text``, which is read as an article is, or one ``claim``, which is taken as it stands."""

    text = serializers.CharField(required=False, max_length=LONGEST, trim_whitespace=False)
    claim = serializers.CharField(required=False, max_length=LONGEST_CLAIM)
    language = serializers.CharField(required=False, allow_blank=True, max_length=10, help_text="Of the text.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse both, and neither."""
        if ("text" in attrs) == ("claim" in attrs):
            raise serializers.ValidationError({"text": ["Give either a text or a claim."]}, code="required")
        return attrs


class KnownPublicationSerializer(serializers.ModelSerializer[Publication]):
    """Where readers find the verdict."""

    address = serializers.SerializerMethodField()

    class Meta:
        model = Publication
        fields = ["id", "address", "verdict", "published_at", "changed_at"]

    def get_address(self, publication: Publication) -> str:
        return f"{settings.SITE_URL}/checks/{publication.pk}/"


class KnownClaimSerializer(serializers.Serializer[Any]):
    """A claim of the desk that may be the same, and where it stands with the people."""

    claim = serializers.IntegerField(source="claim.pk")
    text = serializers.CharField(source="claim.text")
    same = serializers.BooleanField(help_text="The matcher would take the two for one claim.")
    score = serializers.FloatField(help_text="By which they are ranked, 0 to 1; no probability.")
    status = serializers.ChoiceField(choices=STATUSES, source="claim.review.status", read_only=True)
    decided_at = serializers.DateTimeField(
        source="claim.review.decided_at", default=None, read_only=True, allow_null=True
    )
    independent_origins = serializers.IntegerField(
        source="claim.assessment.independent_origins", default=None, read_only=True, allow_null=True
    )
    article_count = serializers.IntegerField(
        source="claim.assessment.article_count", default=None, read_only=True, allow_null=True
    )
    publication = serializers.SerializerMethodField(help_text="Null: readers cannot see it.")
    lines = CandidateLineSerializer(source="comparisons", many=True)

    @extend_schema_field(KnownPublicationSerializer(allow_null=True))
    def get_publication(self, known: KnownClaim) -> Any:
        found = getattr(getattr(known.claim, "review", None), "publication", None)
        return None if found is None or found.withdrawn else KnownPublicationSerializer(found).data

    def to_representation(self, known: KnownClaim) -> dict[str, Any]:
        """A claim that was not scored yet has no review: nobody has looked at it."""
        shown: dict[str, Any] = super().to_representation(known)
        return {**shown, "status": shown["status"] or Status.UNVERIFIED.value}


class StatementSerializer(serializers.Serializer[Any]):
    """A claim in the text: as it reads alone and as it stands there, and the desk's claims that it may repeat."""

    text = serializers.CharField()
    quote = serializers.CharField(source="mention.quote")
    start = serializers.IntegerField(source="mention.span.start")
    end = serializers.IntegerField(source="mention.span.end")
    speaker = serializers.SerializerMethodField(help_text="Null: nobody but the text itself.")
    stance = serializers.ChoiceField(Mention.Stance.choices, source="mention.stance")
    factuality = serializers.ChoiceField(Mention.Factuality.choices, source="mention.factuality")
    quantity = serializers.SerializerMethodField()
    worth = serializers.FloatField(help_text="How much it is worth checking, 0 to 1.")
    fragment = serializers.BooleanField()
    known = KnownClaimSerializer(many=True, help_text="The likeliest first, at most five.")

    def get_speaker(self, statement: Statement) -> str | None:
        speaker = statement.mention.speaker
        return speaker.canonical or speaker.text or None

    @extend_schema_field(QuantitySerializer(allow_null=True))
    def get_quantity(self, statement: Statement) -> Any:
        quantity = statement.mention.quantity
        return QuantitySerializer(quantity).data if quantity is not None else None


class CheckedSerializer(serializers.Serializer[Any]):
    """The claims in the text, in its order."""

    language = serializers.CharField(help_text="As it was read; empty for a single claim.")
    unread = serializers.CharField(help_text="Why nothing was read, if so.")
    partly = serializers.CharField(help_text="What of it was read, if not all.")
    left_out = serializers.IntegerField(help_text="How many claims less worth checking were not looked up.")
    claims = StatementSerializer(source="statements", many=True)


_EXAMPLE = OpenApiExample(
    "One claim", {"claim": "The ferry Albatross ran aground on the Kestrel reef."}, request_only=True
)


class CheckView(StrictView):
    """Whether the desk knows the claims in a text. Whoever may see the claims may ask."""

    queryset = Claim.objects.all()
    permission_classes = [MayView]
    throttle_scope = "check"

    @extend_schema(
        summary="Was this checked before?", request=CheckSerializer, responses=CheckedSerializer, examples=[_EXAMPLE]
    )
    def post(self, request: Request) -> Response:
        """The claims in a text, each with the desk's claims that it may repeat. Nothing is stored."""
        body = CheckSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        if "claim" in given:
            checked = known_of_claim(given["claim"])
        else:
            checked = known_of_text(given["text"], given.get("language", ""))
        return Response(CheckedSerializer(checked).data)
