"""The desk's first page, for which the stock index view has no other place, and the words of the history."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import User

from reviews.admin.dashboard import dashboard
from reviews.models import Review
from reviews.services.rechecking import RECHECK
from reviews.workflow import Action

register = template.Library()

DONE = {
    "open": "opened the review",
    Action.TAKE: "took it",
    Action.RELEASE: "released it",
    Action.REASSIGN: "handed it on",
    Action.PROPOSE: "proposed a verdict",
    Action.APPROVE: "approved",
    Action.REJECT: "rejected the proposal",
    Action.DISMISS: "dismissed it",
    Action.RESTORE: "restored it",
    Action.REOPEN: "reopened it",
    Action.CONFIRM: "confirmed the verdict",
    RECHECK: "marked it for re-check",
    "merge": "merged",
    "split": "split",
    "move": "moved",
    "undo": "undid the regrouping",
}


@register.filter
def done(action: str) -> str:
    """What somebody did, of the action that an event names."""
    return DONE.get(action, action)


@register.filter
def status_word(status: str) -> str:
    """``in review`` of ``in_review``."""
    return str(dict(Review.Status.choices).get(status, status))


@register.inclusion_tag("desk/dashboard.html", takes_context=True)
def desk_dashboard(context: dict[str, Any]) -> dict[str, Any]:
    """The dashboard of whoever is signed in."""
    request = context["request"]
    found = dashboard(request.user) if isinstance(request.user, User) else None
    return {"dashboard": found, "csrf_token": context.get("csrf_token"), "perms": context.get("perms")}
