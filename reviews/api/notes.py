"""The API of notes, of what a person is told, and of what they want to hear of. Internal: for the desk only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.numbers import IdsField, number
from claims.api.pagination import Ordering, Pages
from claims.api.serializers import StrictSerializer
from claims.api.strict import StrictView
from reviews.api.people import person
from reviews.api.permissions import MayView
from reviews.models import Note, Notification, NotificationChoice, Review
from reviews.models.notes import NotificationKind
from reviews.services import notifying
from reviews.services.notes import write_note


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A note on a claim."""

    claim = serializers.IntegerField(source="review.claim_id", read_only=True)
    author = serializers.CharField(source="author.username", read_only=True)

    class Meta:
        model = Note
        fields = ["id", "claim", "author", "text", "created_at"]


class NewNoteSerializer(StrictSerializer):
    """A note to write; ``@username`` tells that colleague."""

    text = serializers.CharField(max_length=10_000)


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """One thing that a person is told, of one claim or of several; ``/claims/?notice=ID`` lists them."""

    claim = serializers.IntegerField(source="review.claim_id", read_only=True, help_text="The first of the claims.")
    text = serializers.CharField(source="headline", read_only=True)

    class Meta:
        model = Notification
        fields = ["id", "kind", "claim", "number", "text", "created_at", "read_at"]


class ReadSerializer(StrictSerializer):
    """Which of one's notifications were read; without ``ids``: all of them."""

    ids = IdsField(required=False, max_length=1000)


class ReadCountSerializer(serializers.Serializer[Any]):
    read = serializers.IntegerField()


class ChoiceSerializer(serializers.Serializer[Any]):
    """Where a person wants to hear of one kind of news: in the admin, in the mailed digest, both, or not at all."""

    kind = serializers.ChoiceField(choices=NotificationKind.choices)
    in_admin = serializers.BooleanField()
    by_mail = serializers.BooleanField()


class NoteActions(viewsets.GenericViewSet[Any]):
    """The notes below a claim."""

    @extend_schema(methods=["get"], responses=NoteSerializer(many=True))
    @extend_schema(methods=["post"], request=NewNoteSerializer, responses={201: NoteSerializer})
    @action(detail=True, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def notes(self, request: Request, pk: str) -> Response:
        """What colleagues have noted on the claim, the oldest first; POST adds one."""
        review = Review.objects.filter(claim_id=number(pk)).first()
        if review is None:
            raise Http404
        if request.method == "POST":
            body = NewNoteSerializer(data=request.data)
            body.is_valid(raise_exception=True)
            note = write_note(review.claim_id, person(request), body.validated_data["text"])
            return Response(NoteSerializer(note).data, status=201)
        found = Note.objects.filter(review=review).select_related("author", "review")
        return Response(NoteSerializer(found, many=True).data)


class NotificationViewSet(StrictView, mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """What you have been told, the newest first."""

    queryset = Notification.objects.all()
    permission_classes = [MayView]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}
    filter_backends = []
    serializer_class = NotificationSerializer

    def get_queryset(self) -> QuerySet[Any]:
        if not self.request or not self.request.user.is_authenticated:
            return Notification.objects.none()
        mine = Notification.objects.filter(user=person(self.request), in_admin=True)
        return mine.select_related("review").order_by("-id")

    @extend_schema(request=ReadSerializer, responses=ReadCountSerializer)
    @action(detail=False, methods=["post"], filter_backends=[], pagination_class=None)
    def read(self, request: Request) -> Response:
        """Mark notifications as read."""
        body = ReadSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return Response({"read": notifying.mark_read(person(request), body.validated_data.get("ids"))})

    @extend_schema(methods=["get"], responses=ChoiceSerializer(many=True))
    @extend_schema(methods=["post"], request=ChoiceSerializer, responses=ChoiceSerializer(many=True))
    @action(detail=False, methods=["get", "post"], filter_backends=[], pagination_class=None)
    def choices(self, request: Request) -> Response:
        """What you want to hear of, and where; POST changes one kind."""
        me = person(request)
        if request.method == "POST":
            body = ChoiceSerializer(data=request.data)
            body.is_valid(raise_exception=True)
            values = body.validated_data
            kind = NotificationKind(values["kind"])
            notifying.choose(me, kind, in_admin=values["in_admin"], by_mail=values["by_mail"])
        chosen = {choice.kind: choice for choice in NotificationChoice.objects.filter(user=me)}
        rows = [chosen.get(kind) or NotificationChoice(user=me, kind=kind) for kind in NotificationKind]
        return Response(ChoiceSerializer(rows, many=True).data)
