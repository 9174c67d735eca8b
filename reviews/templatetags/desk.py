"""The desk's first page, for which the stock index view has no other place, and the words of the history."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import User

from reviews.admin.dashboard import dashboard
from reviews.admin.messages import undo_of
from reviews.admin.words import done, status_word

register = template.Library()

register.filter("done", done)
register.filter("undo_of", undo_of)
register.filter("status_word", status_word)


@register.inclusion_tag("desk/dashboard.html", takes_context=True)
def desk_dashboard(context: dict[str, Any]) -> dict[str, Any]:
    """The dashboard of whoever is signed in."""
    request = context["request"]
    found = dashboard(request.user) if isinstance(request.user, User) else None
    return {"dashboard": found, "csrf_token": context.get("csrf_token"), "perms": context.get("perms")}
