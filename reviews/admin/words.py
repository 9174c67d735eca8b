"""What the history names by keys, in the words of the desk."""

from __future__ import annotations

from reviews.models import Review
from reviews.services.rechecking import RECHECK
from reviews.workflow import Action, Duty

DONE = {
    "open": "opened the review",
    Action.TAKE: "took it",
    Action.RELEASE: "released it",
    Action.REASSIGN: "handed it on",
    Action.PROPOSE: "proposed a verdict",
    Action.APPROVE: "approved",
    Action.REJECT: "rejected the proposal",
    Action.RETRACT: "took the proposal back",
    Action.DISMISS: "dismissed it",
    Action.RESTORE: "restored it",
    Action.REOPEN: "reopened it",
    Action.CONFIRM: "confirmed the verdict",
    RECHECK: "marked it for re-check",
    Duty.MERGE: "merged",
    Duty.SPLIT: "split",
    Duty.MOVE: "moved",
    Duty.UNDO: "undid the regrouping",
    Duty.CORRECT: "corrected what was read",
    "publish": "published the verdict",
    "republish": "corrected the publication",
    "unpublish": "withdrew the publication",
}


def done(action: str) -> str:
    """What somebody did, of the action that an event names."""
    return DONE.get(action, action)


def status_word(status: str) -> str:
    """``in review`` of ``in_review``."""
    return str(dict(Review.Status.choices).get(status, status))
