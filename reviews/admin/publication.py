"""Publish, correct, withdraw: a page of its own, where an editor sees what readers see before they see it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.admin.base import DeskAdmin
from claims.errors import VerifierError
from reviews.admin.desk_page import DeskPage
from reviews.errors import Conflict
from reviews.models import Imprint, Publication, Review
from reviews.services import publishing
from reviews.services.publishing import Words
from reviews.workflow import Duty

_DEEDS = {"publish": publishing.publish, "correct": publishing.correct, "withdraw": publishing.withdraw}
_DONE = {"publish": "Published.", "correct": "Corrected.", "withdraw": "Withdrawn."}
_WIDE = {"class": "wide"}


class PublicationForm(forms.Form):
    """What readers are told. Which of the fields an action needs is for the service to say."""

    headline = forms.CharField(
        required=False, max_length=publishing.HEADLINE, help_text="Empty: the claim itself.",
        widget=forms.TextInput(attrs=_WIDE),
    )  # fmt: skip
    summary = forms.CharField(
        required=False, max_length=publishing.SUMMARY, help_text="Empty: the rationale of the verdict.",
        widget=forms.Textarea(attrs={"rows": 6, **_WIDE}),
    )  # fmt: skip
    why = forms.CharField(
        label="Why it is corrected or withdrawn", required=False, max_length=publishing.WHY,
        help_text="Readers see it.", widget=forms.Textarea(attrs={"rows": 2, **_WIDE}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class PublicationPage(DeskPage):
    """The page's view, for the review admin to route to."""

    def __call__(self, request: HttpRequest, review_id: int) -> HttpResponse:
        """Show what is published and the form; a POST does what its button says."""
        user = self.person(request, Duty.PUBLISH, "Publishing is for editors.")
        review = Review.objects.select_related("claim").filter(pk=review_id).first()
        if review is None:
            raise Http404("There is no such review.")
        if request.method != "POST":
            return self._show(request, review, self._fresh(review))
        return self._do(request, review, user)

    def _do(self, request: HttpRequest, review: Review, user: User) -> HttpResponse:
        form, deed = PublicationForm(request.POST), request.POST.get("deed", "")
        if deed not in _DEEDS:
            raise Http404("There is no such action.")
        if not form.is_valid():
            return self._show(request, review, form, status=400)
        values = {name: form.cleaned_data[name] for name in ("headline", "summary", "why", "version")}
        try:
            _DEEDS[deed](review.claim_id, user, Words(**values))
        except Conflict as error:
            return self._show(request, review, form, {"refused": error.message}, status=409)
        except VerifierError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self._show(request, review, form, status=400)
        messages.success(request, _DONE[deed])
        return HttpResponseRedirect(reverse("admin:reviews_review_publication", args=[review.pk]))

    def _fresh(self, review: Review) -> PublicationForm:
        found = Publication.objects.select_related("current").filter(review=review).first()
        shown = found.current.snapshot if found is not None and found.current is not None else {}
        told = {"headline": shown.get("headline", ""), "summary": shown.get("summary", review.rationale)}
        return PublicationForm(initial={**told, "version": review.version})

    def _show(
        self,
        request: HttpRequest,
        review: Review,
        form: PublicationForm,
        more: dict[str, Any] | None = None,
        status: int = 200,
    ) -> TemplateResponse:
        publication = Publication.objects.select_related("current", "review__claim").filter(review=review).first()
        shown = {
            "original": review,
            "form": form,
            "publication": publication,
            "versions": list(publication.versions.select_related("by").order_by("-number")) if publication else [],
            "live": publication is not None and not publication.withdrawn,
            **(more or {}),
        }
        return self.show(request, "publication.html", "Publication", shown, status)


@admin.register(Imprint)
class ImprintAdmin(DeskAdmin[Imprint]):
    """What readers are told of the desk; editors write it."""

    list_title = "What readers are told of the desk"
    list_display = ("name", "contact", "changed_at")
    fields = ("name", "contact", "about", "methods", "corrections")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
