"""The page on which a text is checked: paste it, and see what the desk knows. Nothing is stored."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from claims.errors import CheckError
from claims.services.checking import LONGEST, Checked
from reviews.admin.desk_page import DeskPage
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


class CheckPage(DeskPage):
    """The page's view, for the review admin to route to."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show the form; after a POST also what the desk knows of the text."""
        self.person(request)
        form = CheckForm(request.POST if request.method == "POST" else None)
        checked = self._checked(form) if form.is_bound and form.is_valid() else None
        status = 400 if form.is_bound and checked is None else 200
        return self.show(request, "check.html", "Check a text", {"form": form, "checked": checked}, status)

    def _checked(self, form: CheckForm) -> Checked | None:
        try:
            return known_of_text(form.cleaned_data["text"])
        except CheckError as error:
            form.add_error("text", error.message)
            return None
