"""The page on which a claim is decided: the claim as it is, what this person may do, the history, the notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from claims.admin import claim_page
from claims.admin.base import ReadOnlyAdmin, page_of
from claims.errors import VerifierError
from claims.models import Regrouping
from reviews.admin.forms import ActionForm, NoteForm, form_class
from reviews.admin.offers import duplicates_of
from reviews.admin.panel import LABELS, panel_for
from reviews.errors import Conflict, Invalid, Missing, Refused
from reviews.models import Review, ReviewEvent
from reviews.services import act
from reviews.services.editing import may_edit
from reviews.services.notes import write_note
from reviews.workflow import Action, Duty

MOST_EVENTS = 200
MOST_NOTES = 100
REGROUPED_BY = frozenset({Duty.MERGE.value, Duty.SPLIT.value, Duty.MOVE.value})
MOST_OTHERS = 20
ACTIONS = frozenset(action.value for action in Action)


def undoable_event(events: Sequence[ReviewEvent], user: User | AnonymousUser) -> int:
    """Return the id of the event beside which the history shows an "Undo"; 0 where there is none.

    That is the last thing that a person did, where it was a merge, a split or a move: on what came later something
    may depend. ``events`` are the newest first.
    """
    last = next((event for event in events if event.actor_id is not None), None)
    if last is None or last.action not in REGROUPED_BY or not user.has_perm("reviews.act_as_editor"):
        return 0
    standing = Regrouping.objects.filter(pk=last.details.get("regrouping"), undone_at__isnull=True)
    return int(last.pk) if standing.exists() else 0


class ReviewPage(ReadOnlyAdmin[Review]):
    """Every change goes through ``reviews.services``; the page only asks and shows."""

    page_template = "admin/reviews/review/page.html"

    def page_queryset(self) -> QuerySet[Review]:
        return Review.objects.select_related(
            "claim__story",
            "claim__assessment",
            "claim__figure_estimate",
            "claim__merged_into",
            "assignee",
            "proposer",
            "approver",
            "decided_on",
        ).defer("claim__profile", "claim__story__profile", "claim__assessment__origins", "claim__merged_into__profile")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The review's page; a POST asks for one action."""
        if request.method == "POST" and object_id.isdecimal():
            review = self.page_queryset().filter(pk=object_id).first()
            if not self.has_view_permission(request, review):
                raise PermissionDenied
            if review is not None:
                return self._ask(request, review)
        return super().change_view(request, object_id, form_url, extra_context)

    def _ask(self, request: HttpRequest, review: Review) -> HttpResponse:
        """Do what was asked for, or show the page again with what was typed and what is in the way."""
        name = request.POST.get("action", "")
        if name == "note" and isinstance(request.user, User):
            return self._note(request, review, request.user)
        if name not in ACTIONS or not isinstance(request.user, User):
            return HttpResponseRedirect(page_of(review))
        form = form_class(Action(name))(review, request.POST)
        if not form.is_valid():
            return self._again(request, review, form, 400)
        try:
            act(review.claim_id, request.user, form.order())
        except (Missing, Invalid) as error:
            form.take_back(error)
            return self._again(request, review, form, 400)
        except Refused as error:
            messages.error(request, error.message)
            return self._again(request, review, form, 403)
        except Conflict as error:
            return self._too_late(request, review, form, error)
        messages.success(request, f"{LABELS[form.action][0]}: done.")
        return HttpResponseRedirect(page_of(review))

    def _note(self, request: HttpRequest, review: Review, author: User) -> HttpResponse:
        """Add a note; what cannot be taken stays in the field."""
        text, form = request.POST.get("text", ""), NoteForm(request.POST)
        try:
            if not form.is_valid():
                raise Invalid(" ".join(map(str, form.errors["text"])), field="text")
            write_note(review.claim_id, author, form.cleaned_data["text"])
        except VerifierError as error:
            status = 403 if isinstance(error, Refused) else 400
            return self.page(request, review, {"note_error": error.message, "note_text": text}, status=status)
        return HttpResponseRedirect(f"{page_of(review)}#notes")

    def _again(self, request: HttpRequest, review: Review, form: ActionForm, status: int) -> HttpResponse:
        return self.page(request, review, {"bound": form}, status=status)

    def _too_late(self, request: HttpRequest, review: Review, form: ActionForm, error: Conflict) -> HttpResponse:
        """Somebody was faster: say what changed since, and keep the typed text."""
        seen = form.cleaned_data["version"]
        review = self.page_queryset().get(pk=review.pk)
        form.meet(review)
        since = list(review.events.filter(sequence__gt=seen).order_by("sequence")[:20])
        return self.page(request, review, {"bound": form, "conflict": error, "since": since}, status=409)

    def page(
        self, request: HttpRequest, item: Review, extra: dict[str, Any] | None = None, status: int = 200
    ) -> TemplateResponse:
        """The claim's page with the panel beside it."""
        bound = (extra or {}).get("bound")
        events = list(item.events.order_by("-sequence")[:MOST_EVENTS])
        context = {
            "title": item.claim.text,
            "page": claim_page.build(item.claim),
            "duplicates": duplicates_of(item.claim, request.user) if isinstance(request.user, User) else None,
            "panel": panel_for(item, request.user, bound) if isinstance(request.user, User) else None,
            "events": events,
            "undo_event": undoable_event(events, request.user),
            "notes": list(item.notes.select_related("author").order_by("-pk")[:MOST_NOTES]),
            "others": list(item.claim.other_verdicts.all()[:MOST_OTHERS]),
            "may_note": request.user.has_perm("reviews.add_note"),
            "may_correct": isinstance(request.user, User) and may_edit(request.user, item),
            "evidence_form": "form-propose",
            "evidence_chosen": bound.evidence if bound is not None else [],
            **(extra or {}),
        }
        if context["panel"] is None or all(card.action is not Action.PROPOSE for card in context["panel"].cards):
            context["evidence_form"] = ""
            context["evidence_chosen"] = []
        return super().page(request, item, context, status)
