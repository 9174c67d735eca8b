"""One small form an action: what it needs, and the version and assessment that the person saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from claims.errors import VerifierError
from claims.numbers import LARGEST_ID, whole
from reviews.errors import Invalid
from reviews.models import Review
from reviews.services import Order
from reviews.services.notes import LENGTH
from reviews.workflow import Action, Dismissal

REASONS = {
    Dismissal.NOT_CHECKABLE: "cannot be checked",
    Dismissal.OPINION: "an opinion",
    Dismissal.NOT_A_CLAIM: "not a claim",
    Dismissal.TOO_VAGUE: "too vague",
    Dismissal.NOT_RELEVANT: "not relevant to us",
    Dismissal.DUPLICATE: "a duplicate",
}


def reviewers() -> QuerySet[User]:
    """Active accounts that a claim can be handed to."""
    holds = Q(groups__permissions__codename="act_as_reviewer") | Q(user_permissions__codename="act_as_reviewer")
    return User.objects.filter(holds, is_active=True).distinct().order_by("username")


def numbers(values: Iterable[str]) -> list[int]:
    """The ids among what a browser sent; what can be the id of nothing is left out."""
    return [number for value in values if (number := whole(value)) is not None]


class NoteForm(forms.Form):
    """A note to colleagues."""

    text = forms.CharField(max_length=LENGTH, required=False, strip=False)


class UndoForm(forms.Form):
    """Which regrouping is to be undone, and why."""

    undo = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    why = forms.CharField(max_length=2_000, required=False)


class ActionForm(forms.Form):
    """The common part. The services check what is needed; a field here only carries it."""

    action: ClassVar[Action]
    version = forms.IntegerField(widget=forms.HiddenInput)
    assessment = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, review: Review | None, data: Any = None) -> None:
        """Make the form for a review; for None, which is many reviews at once, without version and assessment."""
        self.review = review
        seen = {"version": review.version, "assessment": review.claim.assessment_id} if review else {}
        super().__init__(data, initial=seen, auto_id=f"id_{self.action}_%s", prefix=None)
        if review is None:
            del self.fields["version"], self.fields["assessment"]
        self.evidence = numbers(data.getlist("evidence")) if data is not None else []

    def order(self) -> Order:
        """What the person asks for. Call it on a valid form."""
        given = self.cleaned_data
        links = given.get("links", "").split()
        return Order(
            action=self.action,
            expected_version=given.get("version"),
            assessment=given.get("assessment"),
            note=given.get("note", ""),
            verdict=given.get("verdict", ""),
            rationale=given.get("rationale", ""),
            reason=given.get("reason", ""),
            mentions=tuple(self.evidence),
            links=tuple(links),
            assignee=given["assignee"].username if given.get("assignee") else "",
        )

    def take_back(self, error: VerifierError) -> None:
        """Put a refused field's message where the field is."""
        field = {"mentions": "links", "evidence": "links"}.get(str(error.field), str(error.field))
        label = "" if field in self.fields or not isinstance(error, Invalid) else f"{error.field}: "
        self.add_error(field if field in self.fields else None, label + error.message)

    def meet(self, review: Review) -> None:
        """Let the form be sent again against the version that the person sees now."""
        self.review = review
        seen = {"version": str(review.version), "assessment": str(review.claim.assessment_id or "")}
        self.data = {**{name: self.data.get(name, "") for name in self.data}, **seen}

    def typed(self) -> str:
        """All that the person wrote, to be copied elsewhere where the action is closed now."""
        names = ("verdict", "rationale", "note", "reason", "links")
        parts = [(name, self.data.get(name, "").strip()) for name in names if name in self.fields]
        return "\n\n".join(f"{name}: {text}" for name, text in parts if text)


def _text(label: str, rows: int = 3, help_text: str = "", required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "wide"})
    return forms.CharField(label=label, widget=widget, required=required, help_text=help_text, max_length=20_000)


class TakeForm(ActionForm):
    action = Action.TAKE


class ReleaseForm(ActionForm):
    action = Action.RELEASE
    note = _text("Note (optional)", rows=2)


class ReassignForm(ActionForm):
    action = Action.REASSIGN
    assignee = forms.ModelChoiceField(User.objects.none(), label="Colleague")
    note = _text("Note (optional)", rows=2)

    def __init__(self, review: Review | None, data: Any = None) -> None:
        super().__init__(review, data)
        field = self.fields["assignee"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = reviewers()


class ProposeForm(ActionForm):
    action = Action.PROPOSE
    verdict = forms.ChoiceField(
        label="Verdict", choices=Review.Verdict.choices, widget=forms.RadioSelect, required=False
    )
    rationale = _text("Rationale", rows=6, help_text="Why, in words that a reader can follow.")
    links = _text("Links as evidence", rows=2, help_text="One address a line, beside or instead of ticked mentions.")


class ApproveForm(ActionForm):
    action = Action.APPROVE
    note = _text("Note (optional)", rows=2)


class RejectForm(ActionForm):
    action = Action.REJECT
    note = _text("What is missing", rows=3)


class RetractForm(ActionForm):
    action = Action.RETRACT
    note = _text("Note (optional)", rows=2)


class DismissForm(ActionForm):
    action = Action.DISMISS
    reason = forms.ChoiceField(label="Reason", choices=[("", "choose"), *REASONS.items()], required=False)
    note = _text("Note (optional)", rows=2)


class RestoreForm(ActionForm):
    action = Action.RESTORE
    note = _text("Why", rows=2)


class ReopenForm(ActionForm):
    action = Action.REOPEN
    reason = _text("Reason", rows=3)


class ConfirmForm(ActionForm):
    action = Action.CONFIRM
    note = _text("What you looked at", rows=3)


_FORMS: dict[Action, type[ActionForm]] = {
    form.action: form
    for form in (
        TakeForm, ReleaseForm, ReassignForm, ProposeForm, ApproveForm, RejectForm, RetractForm, DismissForm,
        RestoreForm, ReopenForm, ConfirmForm,
    )
}  # fmt: skip


def form_class(action: Action) -> type[ActionForm]:
    """The form of an action."""
    return _FORMS[action]
