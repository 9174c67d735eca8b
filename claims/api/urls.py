"""Routes of the facts below ``/api/v1/``; ``reviews`` serves the claims, with their status."""

from rest_framework.routers import SimpleRouter

from claims.api import views

router = SimpleRouter()
router.register("articles", views.ArticleViewSet, basename="article")
router.register("sources", views.SourceViewSet, basename="source")
router.register("stories", views.StoryViewSet, basename="story")

urlpatterns = router.urls
