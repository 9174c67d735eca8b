"""Routes of claims with their status, and of the queue, below ``/api/v1/``."""

from rest_framework.routers import SimpleRouter

from reviews.api.claims import ReviewedClaimViewSet
from reviews.api.regroupings import RegroupingViewSet
from reviews.api.reviews import ReviewViewSet

router = SimpleRouter()
router.register("claims", ReviewedClaimViewSet, basename="claim")
router.register("reviews", ReviewViewSet, basename="review")
router.register("regroupings", RegroupingViewSet, basename="regrouping")

urlpatterns = router.urls
