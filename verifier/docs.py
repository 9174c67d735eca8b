"""The description of the API: the schema for machines, and a page on which people browse and try it."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.renderers import JSONRenderer, TemplateHTMLRenderer
from rest_framework.response import Response

from claims.api.strict import StrictView


class SchemaView(StrictView, SpectacularAPIView):
    """The OpenAPI schema, as YAML or JSON by what is accepted."""

    parameters = frozenset({"lang"})

    def handle_exception(self, exc: Exception) -> Response:
        """Answer errors as JSON, whatever form the schema was to have."""
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return super().handle_exception(exc)


class DocsView(SpectacularSwaggerSplitView):
    """The page; a browser of somebody who has not signed in is led to the page for that, and back."""

    renderer_classes = [TemplateHTMLRenderer, JSONRenderer]  # the second for the errors of whoever asks for JSON

    def handle_exception(self, exc: Exception) -> HttpResponseBase | Response:  # type: ignore[override]
        """Lead to the sign-in page where a page was asked for; else answer as the API does."""
        if isinstance(exc, NotAuthenticated) and "text/html" in self.request.headers.get("Accept", ""):
            return redirect_to_login(self.request.get_full_path(), reverse("admin:login"))
        return super().handle_exception(exc)
