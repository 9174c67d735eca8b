"""Add an article on the desk: paste it, or send files; then watch what comes of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.base import page_of
from claims.errors import IngestError
from claims.models import Article, Intake
from claims.querysets import STATES, WAITING, articles_for_desk
from claims.services import intakes
from claims.services.dates import parse_date
from claims.services.files import SUFFIXES
from claims.services.ingest import MAX_BYTES, NewArticle, ingest

_MARKUP = re.compile(r"\s*<(?:!doctype html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE)
MOST_SHOWN = 200


class Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one field."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(file, initial) for file in data] if data else []


class IntakeForm(forms.Form):
    """An article that was pasted, or files; and what is known of it or of them."""

    text = forms.CharField(
        label="Text or HTML", required=False, strip=False, max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "class": "wide"}),
        help_text="The whole article as you copied it, or the source of its page.",
    )  # fmt: skip
    uploads = FilesField(
        label="or files", required=False, widget=Files(attrs={"accept": ",".join(sorted(SUFFIXES))}),
        help_text=f"Text, HTML, JSON, JSON lines: at most {intakes.MOST_FILES} files and "
        f"{intakes.MOST_BYTES // 1024 // 1024} MiB at once.",
    )  # fmt: skip
    source = forms.CharField(label="Outlet", required=False, max_length=200)
    title = forms.CharField(label="Title", required=False, max_length=500)
    url = forms.CharField(label="Address", required=False, max_length=1000, help_text="It is not fetched.")
    published = forms.CharField(
        label="Published", required=False, max_length=40, help_text="As 2025-04-10. What is not given is looked for."
    )
    language = forms.CharField(label="Language", required=False, max_length=10, help_text="As en.")

    def clean_published(self) -> Any:
        published = self.cleaned_data["published"].strip()
        try:
            return parse_date(published) if published else None
        except ValueError:
            raise forms.ValidationError(f"Not a date: {published}. Write it as 2025-04-10.") from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pasted, sent = bool(given.get("text", "").strip()), bool(given.get("uploads"))
        if not self.errors and pasted == sent:
            raise forms.ValidationError("Paste an article, or choose files: one of the two.")
        return given

    def article(self) -> NewArticle:
        """What was pasted, as the services take it. Call it on a valid form."""
        given = self.cleaned_data
        about = {name: given[name].strip() for name in ("source", "title", "url", "language")}
        kind = "html" if _MARKUP.match(given["text"]) else "text"
        return NewArticle(**about, published=given["published"], **{kind: given["text"]})


class IntakePages:
    """The views, for the admin of articles to route to."""

    def __init__(self, context: Callable[[HttpRequest], dict[str, Any]]) -> None:
        self.context = context

    def add(self, request: HttpRequest) -> HttpResponse:
        """Take in what was pasted, or keep the files for the job; what is refused stays in the form."""
        user = _person(request)
        form = IntakeForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._take(request, form, user)
            except IngestError as error:
                field = {"html": "text"}.get(error.field, error.field)
                form.add_error(field if field in form.fields else None, error.message)
        status = 400 if form.errors else 200
        context = {**self.context(request), "opts": Article._meta, "title": "Add an article", "form": form}
        return TemplateResponse(request, "admin/claims/article/add.html", context, status=status)

    def watch(self, request: HttpRequest, intake_id: int) -> HttpResponse:
        """What came of the files so far."""
        _person(request)
        intake = Intake.objects.filter(pk=intake_id).first()
        if intake is None:
            raise Http404("There is no such intake.")
        files = list(intake.files.defer("content"))
        new = [pk for file in files for pk in file.new]
        articles = list(articles_for_desk().filter(pk__in=new[:MOST_SHOWN]).order_by("pk"))
        states = dict(STATES)
        context = {
            **self.context(request),
            "opts": Article._meta,
            "title": "What came of your files",
            "files": files,
            "articles": [(article, states[article.state]) for article in articles],  # type: ignore[attr-defined]
            "more": max(len(new) - MOST_SHOWN, 0),
            "running": any(f.done_at is None for f in files) or any(article.state == WAITING for article in articles),  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/claims/article/intake.html", context)

    def _take(self, request: HttpRequest, form: IntakeForm, user: User) -> HttpResponse:
        if form.cleaned_data["uploads"]:
            uploads = [(file.name, file.read()) for file in form.cleaned_data["uploads"]]
            intake = intakes.receive(uploads, form.article(), by=user)
            return HttpResponseRedirect(reverse("admin:claims_article_intake", args=[intake.pk]))
        done = ingest(form.article())
        said = "Taken in. It is being read now." if done.created else "This article was known already."
        kept = "".join(f" Its {name} stays {value}." for name, value in done.kept)
        messages.success(request, said + kept)
        return HttpResponseRedirect(page_of(done.article))


def _person(request: HttpRequest) -> User:
    if not request.user.has_perm("claims.add_article") or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
