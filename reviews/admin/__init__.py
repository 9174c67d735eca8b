"""The desk: the queue, the review of a claim, its history, bulk actions, news, accounts, and the first page."""

from reviews.admin.accounts import DeskGroupAdmin, PersonAdmin
from reviews.admin.bulk import BulkJobAdmin
from reviews.admin.events import ReviewEventAdmin
from reviews.admin.publication import ImprintAdmin
from reviews.admin.queue import ReviewAdmin
from reviews.admin.tokens import TokenAdmin

__all__ = [
    "BulkJobAdmin",
    "DeskGroupAdmin",
    "ImprintAdmin",
    "PersonAdmin",
    "ReviewAdmin",
    "ReviewEventAdmin",
    "TokenAdmin",
]
