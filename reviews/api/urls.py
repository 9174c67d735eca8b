"""Routes of claims with their status, and of the desk's work, below ``/api/v1/``."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from reviews.api.bulk import BulkViewSet
from reviews.api.candidates import CandidatePairViewSet
from reviews.api.check import CheckView
from reviews.api.claims import ReviewedClaimViewSet
from reviews.api.corrections import CorrectionViewSet, MentionViewSet
from reviews.api.history import HistoryView
from reviews.api.index import IndexView, MeView
from reviews.api.notes import NotificationViewSet
from reviews.api.publications import PublicationViewSet
from reviews.api.regroupings import RegroupingViewSet
from reviews.api.reviews import ReviewViewSet

router = SimpleRouter()
router.register("claims", ReviewedClaimViewSet, basename="claim")
router.register("reviews", ReviewViewSet, basename="review")
router.register("regroupings", RegroupingViewSet, basename="regrouping")
router.register("mentions", MentionViewSet, basename="mention")
router.register("corrections", CorrectionViewSet, basename="correction")
router.register("candidates", CandidatePairViewSet, basename="candidate")
router.register("bulk", BulkViewSet, basename="bulk")
router.register("publications", PublicationViewSet, basename="publication")
router.register("notifications", NotificationViewSet, basename="notification")

urlpatterns = [
    path("", IndexView.as_view(), name="index"),
    path("me/", MeView.as_view(), name="me"),
    path("check/", CheckView.as_view(), name="check"),
    path("history/", HistoryView.as_view(), name="history"),
    *router.urls,
]
