"""The desk: the queue, the review of a claim, its history, and the first page."""

from reviews.admin.events import ReviewEventAdmin
from reviews.admin.queue import ReviewAdmin

__all__ = ["ReviewAdmin", "ReviewEventAdmin"]
