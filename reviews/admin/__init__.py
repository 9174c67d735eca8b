"""The desk: the queue, the review of a claim, its history, bulk actions, news, accounts, and the first page."""

from reviews.admin.accounts import PersonAdmin
from reviews.admin.bulk import BulkJobAdmin
from reviews.admin.events import ReviewEventAdmin
from reviews.admin.queue import ReviewAdmin

__all__ = ["BulkJobAdmin", "PersonAdmin", "ReviewAdmin", "ReviewEventAdmin"]
