"""Where every address leads: the desk, the API with its description, readers' pages, health."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from verifier import health
from verifier.docs import DocsView, SchemaView

handler404 = "verifier.errors.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("api/v1/schema/", SchemaView.as_view(), name="schema"),
    path("api/v1/docs/", DocsView.as_view(url_name="schema"), name="docs"),
    path("api/v1/", include("reviews.api.urls")),
    path("api/v1/", include("claims.api.urls")),
    path("", include("reviews.publishing.urls")),
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
]
