"""What the pages beside the review admin's list and form share: who may see them, and what every one shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from reviews.models import Review
from reviews.people import person_of
from reviews.workflow import Duty, may


class DeskPage:
    """A page for the review admin to route to; ``context`` is the site's, ``may_view`` the admin's own check."""

    def __init__(
        self, context: Callable[[HttpRequest], dict[str, Any]], may_view: Callable[[HttpRequest], bool]
    ) -> None:
        self.context = context
        self.may_view = may_view

    def person(self, request: HttpRequest, duty: Duty | None = None, refusal: str = "") -> User:
        """Return who asks. Raises ``PermissionDenied`` where they may not see reviews, or not do ``duty``."""
        user = request.user
        if not self.may_view(request) or not isinstance(user, User):
            raise PermissionDenied
        if duty is not None and not may(duty, person_of(user)):
            raise PermissionDenied(refusal)
        return user

    def show(
        self, request: HttpRequest, template: str, title: str, shown: dict[str, Any], status: int = 200
    ) -> TemplateResponse:
        """Return the page of a template of ``admin/reviews/review/`` with its title."""
        context = {**self.context(request), "opts": Review._meta, "title": title, **shown}
        return TemplateResponse(request, f"admin/reviews/review/{template}", context, status=status)
