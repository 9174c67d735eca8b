"""The API of the facts: read articles, claims, sources and stories; take in one article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from claims import querysets
from claims.api import serializers as shown
from claims.api.corrections import CorrectionActions, new_article
from claims.api.filters import ArticleFilter, ClaimFilter, StoryFilter
from claims.api.pagination import Ordering, Pages
from claims.api.permissions import ModelPermissions
from claims.api.strict import StrictView
from claims.errors import IngestError
from claims.models import Article, Claim, Source, Story
from claims.services.ingest import ingest


class ReadView(StrictView, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """A list and a detail, for whoever has the model's view permission."""

    permission_classes = [ModelPermissions]
    pagination_class = Pages
    orderings: Mapping[str, Ordering] = {"-id": ("-id",)}


class ArticleViewSet(CorrectionActions, ReadView):
    """Articles as they were taken in, with the mentions that were read out of them."""

    queryset = Article.objects.all()
    filterset_class = ArticleFilter
    orderings: Mapping[str, Ordering] = {"-published": ("-published_at", "-id"), "-id": ("-id",)}
    serializer_class = shown.ArticleSerializer

    def get_queryset(self) -> QuerySet[Article]:
        if self.action == "retrieve":
            return querysets.article_details()
        return querysets.articles_for_desk()

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        if self.action == "create":
            return shown.NewArticleSerializer
        return shown.ArticleDetailSerializer if self.action == "retrieve" else shown.ArticleSerializer

    @extend_schema(
        request=shown.NewArticleSerializer,
        responses={
            201: OpenApiResponse(shown.ArticleSerializer, description="A new article; it will be read in a moment."),
            200: OpenApiResponse(shown.KnownArticleSerializer, description="The article was known already."),
        },
    )
    def create(self, request: Request) -> Response:
        """Take in one article; the same article twice is one article."""
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        try:
            result = ingest(new_article(dict(body.validated_data)))
        except IngestError as error:
            raise serializers.ValidationError({error.field or "text": [error.message]}, code=error.code) from error
        article = querysets.articles_for_desk().get(pk=result.article.pk)
        context = self.get_serializer_context()
        if result.created:
            return Response(shown.ArticleSerializer(article, context=context).data, status=201)
        article.taken, article.kept = result.taken, dict(result.kept)  # type: ignore[attr-defined]
        return Response(shown.KnownArticleSerializer(article, context=context).data)


class ClaimViewSet(ReadView):
    """Claims with the machine's pre-score of how far independent origins agree; never a verdict."""

    queryset = Claim.objects.all()
    filterset_class = ClaimFilter
    orderings: Mapping[str, Ordering] = {
        "-id": ("-id",),
        "-probability": ("-assessment__probability", "-id"),
        "-origins": ("-assessment__independent_origins", "-id"),
        "-articles": ("-assessment__article_count", "-worth", "-id"),
        "-worth": ("-worth", "-id"),
    }
    serializer_class = shown.ClaimSerializer

    def get_queryset(self) -> QuerySet[Claim]:
        """A claim that was merged into another is found by its id, and listed no more."""
        if self.action == "retrieve":
            return querysets.claim_details()
        claims = querysets.claims_for_desk()
        return claims.filter(merged_into__isnull=True) if self.action == "list" else claims

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return shown.ClaimDetailSerializer if self.action == "retrieve" else shown.ClaimSerializer


class SourceViewSet(ReadView):
    """Publishers, with how often their independent statements agreed with what holds."""

    queryset = Source.objects.all()
    orderings: Mapping[str, Ordering] = {"name": ("name", "id"), "-id": ("-id",)}
    serializer_class = shown.SourceSerializer

    def get_queryset(self) -> QuerySet[Source]:
        """A source that was merged into another is found by its id, and listed no more."""
        sources = querysets.sources_for_desk()
        return sources.filter(merged_into=None) if self.action == "list" else sources


class StoryViewSet(ReadView):
    """The events that articles report."""

    queryset = Story.objects.all()
    filterset_class = StoryFilter
    orderings: Mapping[str, Ordering] = {"-published": ("-last_published_at", "-id"), "-id": ("-id",)}
    serializer_class = shown.StorySerializer

    def get_queryset(self) -> QuerySet[Story]:
        """A story that was merged into another is found by its id, and listed no more."""
        stories = querysets.stories_for_desk()
        return stories.filter(merged_into__isnull=True) if self.action == "list" else stories
