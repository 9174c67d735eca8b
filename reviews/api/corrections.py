"""The API of corrections: what the machine read, put right by a person, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.corrections import WhySerializer
from claims.api.numbers import IdField, number
from claims.api.pagination import Ordering, Pages
from claims.api.readings import reading
from claims.api.serializers import MentionSerializer, ReadingSerializer, StrictSerializer
from claims.api.strict import StrictView
from claims.engine.types import Comparator, Factuality, Span, SpeakerKind, Stance
from claims.errors import EditError
from claims.models import Correction, Mention
from claims.querysets import SCORED, corrected
from claims.services.editing import Addition
from claims.services.spoken import Figure, Said
from reviews.api.conditions import expected_version
from reviews.api.errors import CONFLICTS
from reviews.api.filters import CorrectionFilter
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.services import editing
from reviews.services.editing import Edit

_IN_FIGURE = frozenset({"value", "upper", "comparator"})


def _choices(kind: type[Any]) -> list[str]:
    return [one.value for one in kind]


class GivenFigureSerializer(StrictSerializer):
    """A figure as a person gives it, whole."""

    value = serializers.FloatField()
    upper = serializers.FloatField(required=False, allow_null=True, help_text="The other end of a range.")
    comparator = serializers.ChoiceField(choices=_choices(Comparator), default=Comparator.EQ.value)
    unit = serializers.CharField(required=False, allow_blank=True, max_length=50)
    counted = serializers.CharField(required=False, allow_blank=True, max_length=200)


class SaidSerializer(WhySerializer):
    """What a person says of a mention; what is left out stays as it was read."""

    speaker = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="Empty: the outlet itself."
    )
    speaker_kind = serializers.ChoiceField(
        choices=_choices(SpeakerKind), required=False, help_text="Of a speaker whom the desk does not know."
    )
    stance = serializers.ChoiceField(
        choices=_choices(Stance), required=False, help_text="Towards the claim as it reads."
    )
    factuality = serializers.ChoiceField(choices=_choices(Factuality), required=False)
    quantity = GivenFigureSerializer(required=False, allow_null=True, help_text="Null: there is no figure.")

    def said(self) -> Said:
        """The validated body as the services take it."""
        given = self.validated_data
        figure = given.get("quantity")
        return Said(
            speaker=given.get("speaker"),
            speaker_kind=given.get("speaker_kind", ""),
            stance=given.get("stance"),
            factuality=given.get("factuality"),
            figure=Figure(**figure) if figure is not None else None,
            no_figure="quantity" in given and figure is None,
        )


class CorrectMentionSerializer(SaidSerializer):
    """Put a mention right."""

    quote = serializers.CharField(
        required=False, max_length=2000, help_text="Its words, as they stand in the article near by."
    )


class NewMentionSerializer(SaidSerializer):
    """Add a mention: ``start`` and ``end``, or the words themselves as ``quote``."""

    article = IdField()
    start = serializers.IntegerField(required=False, min_value=0, max_value=10_000_000)
    end = serializers.IntegerField(required=False, min_value=1, max_value=10_000_000)
    quote = serializers.CharField(required=False, max_length=2000, help_text="The first place where the words stand.")
    claim = IdField(required=False, help_text="The claim that it states; left out: a new one.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("start" in attrs) != ("end" in attrs) or ("start" in attrs) == ("quote" in attrs):
            raise serializers.ValidationError({"start": ["Give start and end, or the words as quote."]})
        return attrs


class NewTextSerializer(WhySerializer):
    """Word a claim."""

    text = serializers.CharField(max_length=2000)


class CorrectionSerializer(serializers.ModelSerializer[Correction]):
    """A correction: what was read, what a person put in its place, and whether it was taken back."""

    article = serializers.IntegerField(source="mention.article_id", default=None, read_only=True, allow_null=True)
    start = serializers.IntegerField(source="mention.start", default=None, read_only=True, allow_null=True)
    end = serializers.IntegerField(source="mention.end", default=None, read_only=True, allow_null=True)
    quote = serializers.CharField(source="mention.quote", default=None, read_only=True, allow_null=True)
    read = serializers.SerializerMethodField()
    corrected = serializers.SerializerMethodField()
    fits = serializers.SerializerMethodField(help_text="False: a newer reading finds nothing at this place.")
    by = serializers.CharField(source="by.username", default=None, read_only=True, allow_null=True)
    withdrawn_by = serializers.CharField(source="withdrawn_by.username", default=None, read_only=True, allow_null=True)

    class Meta:
        model = Correction
        fields = [
            "id", "kind", "claim", "mention", "replaces", "article", "start", "end", "quote", "read", "corrected",
            "fits", "why", "by", "created_at", "withdrawn_at", "withdrawn_by",
        ]  # fmt: skip

    @extend_schema_field(ReadingSerializer(allow_null=True))
    def get_read(self, one: Correction) -> dict[str, Any] | None:
        return reading(one.read)

    @extend_schema_field(ReadingSerializer(allow_null=True))
    def get_corrected(self, one: Correction) -> dict[str, Any] | None:
        return reading(one.corrected)

    def get_fits(self, one: Correction) -> bool:
        return one.unfit_at is None


DONE = {201: CorrectionSerializer, **CONFLICTS}


class MentionViewSet(StrictView, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """One place of an article that states a claim, and what people may say of it."""

    queryset = Mention.objects.all()
    permission_classes = [MayView]
    serializer_class = MentionSerializer

    def get_queryset(self) -> QuerySet[Mention]:
        return corrected(Mention.objects.select_related("speaker", *SCORED))

    @extend_schema(request=NewMentionSerializer, responses=DONE)
    def create(self, request: Request) -> Response:
        """Add a mention that the machine did not see, to a claim or, by an editor, to a new one."""
        body = _valid(NewMentionSerializer(data=request.data))
        given = body.validated_data
        span = Span(given["start"], given["end"]) if "start" in given else None
        new = Addition(given["article"], span, given.get("quote", ""), claim=given.get("claim"), said=body.said())
        return _told(lambda: editing.add_mention(new, person(request), _how(request, given)), field="article")

    @extend_schema(request=CorrectMentionSerializer, responses=DONE)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def correct(self, request: Request, pk: str) -> Response:
        """Put what you say in place of what the machine read; that stays beside it."""
        body = _valid(CorrectMentionSerializer(data=request.data))
        given = body.validated_data
        how, quote = _how(request, given), given.get("quote", "")
        return _told(lambda: editing.correct_mention(number(pk), body.said(), person(request), how, quote))

    @extend_schema(request=WhySerializer, responses=DONE)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def no_claim(self, request: Request, pk: str) -> Response:
        """Say that this place states no claim; neither a new reading nor a new matching brings it back."""
        given = _valid(WhySerializer(data=request.data)).validated_data
        return _told(lambda: editing.mark_no_claim(number(pk), person(request), _how(request, given)))


class WordingActions(viewsets.GenericViewSet[Any]):
    """The words of a claim. If-Match holds for its review."""

    @extend_schema(request=NewTextSerializer, responses=DONE)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def text(self, request: Request, pk: str) -> Response:
        """Word the claim; the machine's text stays beside it, as ``read_text``."""
        given = _valid(NewTextSerializer(data=request.data)).validated_data
        how = _how(request, given)
        return _told(lambda: editing.set_text(number(pk), given["text"], person(request), how))


class CorrectionViewSet(StrictView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """What people corrected, the newest first; also what was taken back."""

    queryset = Correction.objects.select_related("mention", "by", "withdrawn_by").order_by("-id")
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filterset_class = CorrectionFilter
    serializer_class = CorrectionSerializer

    @extend_schema(request=WhySerializer, responses=DONE)
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        """Take it back: what the machine reads counts again."""
        given = _valid(WhySerializer(data=request.data)).validated_data
        return _told(lambda: editing.take_back(number(pk), person(request), _how(request, given)))


def _valid(body: Any) -> Any:
    body.is_valid(raise_exception=True)
    return body


def _how(request: Request, given: Mapping[str, Any]) -> Edit:
    return Edit(given["why"], expected_version(request))


def _told(run: Callable[[], Correction], field: str = "") -> Response:
    """Do it, and answer with the correction. ``field`` named what there is none of; else the address did: 404."""
    try:
        done = run()
    except ObjectDoesNotExist as error:
        if field:
            raise serializers.ValidationError({field: ["There is no such article."]}) from error
        raise Http404 from error
    except EditError as error:
        if error.field in _IN_FIGURE:
            error.field = f"quantity.{error.field}"
        raise
    shown = CorrectionViewSet.queryset.get(pk=done.pk)
    return Response(CorrectionSerializer(shown).data, status=201)
