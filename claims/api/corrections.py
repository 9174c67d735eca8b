"""The API of withdrawing, correcting and restoring an article."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from claims import querysets
from claims.api import serializers as shown
from claims.api.errors import ErrorsSerializer
from claims.api.numbers import number
from claims.api.permissions import MayChange
from claims.errors import CorrectionError, IngestError
from claims.models import Article
from claims.services import correcting, describing
from claims.services.dates import parse_date
from claims.services.ingest import NewArticle


class WhySerializer(shown.StrictSerializer):
    """Why; the history of the article and of every claim that rested on it tells it."""

    why = serializers.CharField(max_length=2000)


class CorrectedArticleSerializer(shown.NewArticleSerializer):
    """The corrected version; what is not given is as in the article that it replaces."""

    source = None  # type: ignore[assignment]  # a corrected version is its publisher's
    why = serializers.CharField(max_length=2000)


class DescribeSerializer(WhySerializer):
    """What is said of the article beside its text; what is left out stays, what is empty goes."""

    title = serializers.CharField(required=False, max_length=500)
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, max_length=200, help_text="The name, site or number of a source; a new one is made."
    )
    url = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    published = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="A date or a moment in ISO 8601."
    )
    language = serializers.CharField(required=False, allow_blank=True, max_length=10)


class CorrectionActions(viewsets.GenericViewSet[Any]):
    """What is done to an article that its publisher took back or corrected."""

    @extend_schema(request=WhySerializer, responses={200: shown.ArticleSerializer, 409: ErrorsSerializer})
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=[MayChange])
    def withdraw(self, request: Request, pk: str) -> Response:
        """What the article states is no evidence any more. Claims decided on it are marked for re-check."""
        body = _valid(WhySerializer(data=request.data))
        return Response(_article(_done(correcting.withdraw, request, pk, **body)))

    @extend_schema(request=WhySerializer, responses={200: shown.ArticleSerializer, 409: ErrorsSerializer})
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=[MayChange])
    def restore(self, request: Request, pk: str) -> Response:
        """Let an article count again that was withdrawn or corrected by mistake."""
        body = _valid(WhySerializer(data=request.data))
        return Response(_article(_done(correcting.restore, request, pk, **body)))

    @extend_schema(
        request=CorrectedArticleSerializer,
        responses={
            201: OpenApiResponse(shown.ArticleSerializer, description="The corrected version; it will be read."),
            409: ErrorsSerializer,
        },
    )
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=[MayChange])
    def correct(self, request: Request, pk: str) -> Response:
        """Put a corrected version in the article's place: an article of its own, of the same source."""
        body = _valid(CorrectedArticleSerializer(data=request.data))
        why = body.pop("why")
        version = _done(correcting.correct, request, pk, new=new_article(body), why=why)
        return Response(_article(version), status=201)

    @extend_schema(request=DescribeSerializer, responses={200: shown.ArticleSerializer, 409: ErrorsSerializer})
    @action(detail=True, methods=["post"], filter_backends=[], pagination_class=None, permission_classes=[MayChange])
    def describe(self, request: Request, pk: str) -> Response:
        """Correct the article's title, source, address, date or language; its text stays."""
        body = _valid(DescribeSerializer(data=request.data))
        why = body.pop("why")
        return Response(_article(_done(_describe, request, pk, given=body, why=why)))


def _describe(article_id: int, **said: Any) -> Article:
    try:
        return describing.describe(article_id, **said).article
    except IngestError as error:
        raise CorrectionError(error.message, field=error.field) from error


def new_article(values: dict[str, Any]) -> NewArticle:
    """A validated body as the service takes it. Raises ValidationError for a date that is none."""
    published = values.pop("published", None)
    try:
        moment = parse_date(published) if published else None
    except ValueError:
        raise serializers.ValidationError({"published": [f"not a date in ISO 8601: {published!r}"]}) from None
    return NewArticle(**values, published=moment)


def _valid(body: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def _done(service: Any, request: Request, pk: str, **given: Any) -> Article:
    if not isinstance(request.user, User):
        raise NotAuthenticated
    try:
        article: Article = service(number(pk), by=request.user, **given)
    except Article.DoesNotExist as error:
        raise Http404 from error
    return article


def _article(article: Article) -> dict[str, Any]:
    return dict(shown.ArticleSerializer(querysets.articles_for_desk().get(pk=article.pk)).data)
