"""Merge, split, move and undo: a page of its own, where one sees what would happen before it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator

from claims.admin.base import page_of
from claims.errors import VerifierError
from claims.models import Claim, Mention, Regrouping
from claims.numbers import LARGEST_ID
from claims.querysets import mentions_for_desk
from reviews.admin.desk_page import DeskPage
from reviews.admin.forms import UndoForm, numbers
from reviews.admin.messages import UNDO_REGROUPING, undoable
from reviews.errors import Conflict, Invalid, Refused
from reviews.models import Review, ReviewEvent
from reviews.services import regrouping
from reviews.services.regrouping import Regroup, Regrouped
from reviews.workflow import Duty

MOST_CLAIMS = 60
MOST_MENTIONS = 300
KINDS = (
    ("merge", "merge this claim into another one"),
    ("split", "split the ticked mentions off into a new claim"),
    ("move", "move the one ticked mention to another claim"),
)


class ClaimField(forms.IntegerField):
    """A claim's number; what was chosen from those that were found begins with it (``17: The ferry sank.``)."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a whole number, or choose one of the claims that are found."}

    def to_python(self, value: Any) -> int | None:
        """Return the number in front. Raises ValidationError where there is none."""
        return super().to_python(str(value or "").partition(":")[0])


class RegroupForm(forms.Form):
    """What is to be regrouped, why, and which versions of the reviews the person has seen."""

    kind = forms.ChoiceField(label="What", choices=KINDS, widget=forms.RadioSelect)
    number = ClaimField(
        label="The other claim, by its words or its number", required=False, min_value=1, max_value=LARGEST_ID
    )
    target = forms.ChoiceField(label="or one of the same story", choices=[], required=False)
    why = forms.CharField(
        label="Why", widget=forms.Textarea(attrs={"rows": 3, "class": "wide"}), required=False, max_length=2_000
    )
    outcome = forms.ChoiceField(label="Where the merged claim is to stand", choices=[], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    target_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, review: Review, data: Any = None, given: Mapping[str, str] | None = None) -> None:
        """Make the form; ``given`` is what a link to the page fills in already."""
        initial = {"version": review.version, "kind": "merge", **(given or {})}
        super().__init__(data, initial=initial, auto_id="id_regroup_%s")
        self.claim_id = review.claim_id
        found_at = f"{reverse('admin:reviews_review_targets')}?claim={review.claim_id}"
        self.fields["number"].widget.attrs |= {"data-suggest": found_at, "class": "wide"}
        near = Claim.objects.filter(story=review.claim.story_id, merged_into__isnull=True).exclude(pk=review.claim_id)
        near = near if review.claim.story_id else near.none()
        shown = near.order_by("pk").values_list("pk", "text")[:MOST_CLAIMS]
        if (more := near.count() - MOST_CLAIMS) > 0:
            self.fields[
                "target"
            ].help_text = f"{more} more claims of the story are not in the list: find them by their words."
        texts = [(pk, f"{pk}: {Truncator(text).chars(110)}") for pk, text in shown]
        self.fields["target"].choices = [("", "choose"), *texts]  # type: ignore[attr-defined]
        statuses = [("", "as they both stand"), *Review.Status.choices]
        self.fields["outcome"].choices = statuses  # type: ignore[attr-defined]
        self.mentions = numbers(data.getlist("mention")) if data is not None else []

    def other(self) -> int:
        """The other claim's id; 0 where none was named."""
        return int(self.cleaned_data.get("number") or self.cleaned_data.get("target") or 0)

    def meet(self, review: Review) -> None:
        """Let the form be sent again against the version that the person sees now."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "version": str(review.version)}

    def how(self, *, preview: bool) -> Regroup:
        """The service's parameters; a target's version counts only if the person has seen it in a preview."""
        versions = {self.claim_id: self.cleaned_data["version"]}
        if self.other() and self.cleaned_data.get("target_version"):
            versions[self.other()] = self.cleaned_data["target_version"]
        return Regroup(self.cleaned_data["why"], self.cleaned_data["outcome"], versions, preview)

    def do(self, by: User, *, preview: bool) -> Regrouped:
        """Ask the service; raises what it raises."""
        how = self.how(preview=preview)
        kind = self.cleaned_data["kind"]
        if kind == "split":
            return regrouping.split(self.claim_id, self.mentions, by, how)
        if not Claim.objects.filter(pk=self.other()).exists():
            raise VerifierError("Name the other claim: there is none of this number.", field="target")
        if kind == "merge":
            return regrouping.merge(self.claim_id, self.other(), by, how)
        if len(self.mentions) != 1:
            raise VerifierError("Tick the one mention that is to be moved.")
        return regrouping.move(self.claim_id, self.mentions[0], self.other(), by, how)


@dataclass(frozen=True, slots=True)
class Undoable:
    """A regrouping of this claim, and why it cannot be undone any more ("": it can)."""

    row: Regrouping
    closed: str


class RegroupPage(DeskPage):
    """The page's view, for the review admin to route to."""

    def __call__(self, request: HttpRequest, review_id: int) -> HttpResponse:
        """Show the form; preview or do what it asks for."""
        user = self.person(request, Duty.MERGE)
        review = _reviews().filter(pk=review_id).first()
        if review is None:
            raise Http404("There is no such review.")
        if "undo" in request.POST:
            return self._undo(request, review, user)
        given = {name: request.GET[name] for name in ("number", "why") if name in request.GET}
        form = RegroupForm(review, request.POST if request.method == "POST" else None, given)
        if request.method != "POST" or not form.is_valid():
            return self._show(request, review, form, status=400 if form.errors else 200)
        return self._ask(request, review, form, user)

    def _ask(self, request: HttpRequest, review: Review, form: RegroupForm, user: User) -> HttpResponse:
        preview = "confirm" not in request.POST
        try:
            done = form.do(user, preview=preview)
        except Refused as error:
            form.add_error(None, error.message)
            return self._show(request, review, form, status=403)
        except Conflict as error:
            return self._too_late(request, review, form, error)
        except VerifierError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
            return self._show(request, review, form, status=400)
        if preview:
            return self._show(request, review, form, {"would": done, **self._seen(form)})
        number = f"{len(done.moved)} mention{'s' if len(done.moved) != 1 else ''} moved"
        undoable(request, f"{done.kind.capitalize()}: {number}.", UNDO_REGROUPING, done.id or 0)
        target = Review.objects.filter(claim_id=done.into_claim or 0).first()
        return HttpResponseRedirect(page_of(target or review))

    def _too_late(self, request: HttpRequest, review: Review, form: RegroupForm, error: Conflict) -> HttpResponse:
        """One of the two claims has changed: say how, and keep what was typed, to be sent again."""
        seen = (form.how(preview=True).versions or {}).get(error.current.claim, error.current.version)
        changed = ReviewEvent.objects.filter(review__claim_id=error.current.claim, sequence__gt=seen)
        review = _reviews().get(pk=review.pk)
        form.meet(review)
        more = {"conflict": error, "since": list(changed.order_by("sequence")[:20])}
        return self._show(request, review, form, more, status=409)

    def _seen(self, form: RegroupForm) -> dict[str, Any]:
        """The other review as it stands in the preview, so that a change in between is noticed."""
        return {"other": Review.objects.select_related("claim").filter(claim_id=form.other()).first()}

    def _undo(self, request: HttpRequest, review: Review, user: User) -> HttpResponse:
        form = UndoForm(request.POST)
        if "undo" in form.errors:
            raise Http404("There is no such regrouping.")
        try:
            if not form.is_valid():
                raise Invalid(" ".join(map(str, form.errors["why"])), field="why")
            done = regrouping.undo(form.cleaned_data["undo"], user, Regroup(form.cleaned_data["why"]))
        except Regrouping.DoesNotExist as error:
            raise Http404("There is no such regrouping.") from error
        except VerifierError as error:
            refused = {"undo_error": error.message, "undo_why": request.POST.get("why", ""), "undo": form.data["undo"]}
            return self._show(request, review, RegroupForm(review), refused, status=400)
        messages.success(request, f"The {done.kind} was undone.")
        return HttpResponseRedirect(page_of(review))

    def _show(
        self,
        request: HttpRequest,
        review: Review,
        form: RegroupForm,
        more: dict[str, Any] | None = None,
        status: int = 200,
    ) -> TemplateResponse:
        mentions = mentions_for_desk().filter(claim=review.claim).order_by("article__published_at", "pk")
        shown = {
            "original": review,
            "form": form,
            "mentions": list[Mention](mentions[:MOST_MENTIONS]),
            "undoable": _undoable(review),
            **(more or {}),
        }
        return self.show(request, "regroup.html", "Merge, split or move", shown, status)


def _reviews() -> QuerySet[Review]:
    return Review.objects.select_related("claim__story", "claim__merged_into")


def _undoable(review: Review) -> list[Undoable]:
    """The latest regroupings that touch this claim."""
    rows = Regrouping.objects.filter(undone_at__isnull=True).select_related("by")
    mine = (rows.filter(source=review.claim_id) | rows.filter(target=review.claim_id)).order_by("-pk")[:5]
    return [Undoable(row, regrouping.dependent(row)) for row in mine]
