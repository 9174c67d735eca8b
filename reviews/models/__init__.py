"""What people decide about claims, and the history of it."""

from reviews.models.bulk import BulkItem, BulkJob
from reviews.models.events import HistorySeal, ReviewEvent
from reviews.models.notes import Note, Notification, NotificationChoice
from reviews.models.people import Account
from reviews.models.publications import Imprint, Publication, PublicationVersion
from reviews.models.reviews import Review
from reviews.models.skips import PairSkip
from reviews.models.tokens import AccessToken

__all__ = [
    "AccessToken",
    "Account",
    "BulkItem",
    "BulkJob",
    "HistorySeal",
    "Imprint",
    "Note",
    "Notification",
    "NotificationChoice",
    "PairSkip",
    "Publication",
    "PublicationVersion",
    "Review",
    "ReviewEvent",
]
