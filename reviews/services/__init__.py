"""What people do to reviews: one transaction each. Every door (admin, API, bulk, jobs) calls these."""

from reviews.services.acting import act, answers, state_of
from reviews.services.opening import open_review
from reviews.services.orders import Order
from reviews.services.queueing import take_next

__all__ = ["Order", "act", "answers", "open_review", "state_of", "take_next"]
