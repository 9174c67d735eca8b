"""Where every address leads: the desk, the API with its description, readers' pages, health."""

from pathlib import Path

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from verifier import health


def _rooms(prefix: str, *modules: str) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(module)) for module in modules if Path(module.replace(".", "/") + ".py").exists()]


handler404 = "verifier.errors.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *_rooms("api/v1/", "reviews.api.urls", "claims.api.urls"),
    *_rooms("", "reviews.publishing.urls"),
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
]
