"""The page on which a text is checked: paste it, and see what the desk knows. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.errors import CheckError
from claims.services.checking import LONGEST, Checked
from reviews.models import Review
from reviews.services.known import known_of_text


class CheckForm(forms.Form):
    """The text to check."""

    text = forms.CharField(
        label="Text",
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=f"An article, a speech, a post: at most {LONGEST:,} characters, in English. Nothing is stored.",
    )


class CheckPage:
    """The page's view, for the review admin to route to."""

    def __init__(
        self, context: Callable[[HttpRequest], dict[str, Any]], may_view: Callable[[HttpRequest], bool]
    ) -> None:
        self.context = context
        self.may_view = may_view

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the form; after a POST also what the desk knows of the text."""
        if not self.may_view(request):
            raise PermissionDenied
        form = CheckForm(request.POST if request.method == "POST" else None)
        checked = self._checked(form) if form.is_bound and form.is_valid() else None
        context = {
            **self.context(request),
            "opts": Review._meta,
            "title": "Check a text",
            "form": form,
            "checked": checked,
        }
        status = 400 if form.is_bound and checked is None else 200
        return TemplateResponse(request, "admin/reviews/review/check.html", context, status=status)

    def _checked(self, form: CheckForm) -> Checked | None:
        try:
            return known_of_text(form.cleaned_data["text"])
        except CheckError as error:
            form.add_error("text", error.message)
            return None
