"""Answers to possible duplicates: a queue of its own, one pair at a time, and the buttons of a claim's page."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import Truncator

from claims.admin.base import page_of
from claims.errors import VerifierError
from claims.models import CandidatePair, Claim, Regrouping
from claims.numbers import whole
from reviews.admin.desk_page import DeskPage
from reviews.admin.messages import UNDO_APART, UNDO_REGROUPING, undoable
from reviews.admin.offers import question_of
from reviews.admin.pairing import merge_form
from reviews.models import PairSkip, Review
from reviews.services import duplicates, open_review, regrouping
from reviews.services.regrouping import Regroup
from reviews.workflow import Duty

MOST_COUNTED = 500
QUEUE = "admin:reviews_review_duplicates"


class DuplicatesPage(DeskPage):
    """The queue: the best pair that this person was not asked about yet."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Show a pair, or that none is left."""
        user = self.person(request, Duty.MERGE)
        if request.method == "POST":
            duplicates.ask_again(user)
            return HttpResponseRedirect(reverse(QUEUE))
        pair = duplicates.questions(user).first()
        shown = {
            "shown": question_of(pair, user) if pair is not None else None,
            "left": duplicates.questions(user)[:MOST_COUNTED].count(),
            "most": MOST_COUNTED,
            "skipped": PairSkip.objects.filter(user=user).count(),
        }
        return self.show(request, "duplicates.html", "Possible duplicates", shown)


class AnswerPage(DeskPage):
    """What an editor answers of one pair: the same, not the same, or later."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Do it, and go on: to the next pair of the queue, or back to the claim that was looked at."""
        user = self.person(request, Duty.MERGE)
        one, other = _reviews(request)
        answer = request.POST.get("answer")
        back = reverse(QUEUE) if request.POST.get("from") == "queue" else f"{page_of(one)}#duplicates"
        try:
            if answer == "same":
                return self._same(request, user, (one, other), back)
            if answer == "not_same":
                regrouping.not_same(one.claim_id, other.claim_id, user, request.POST.get("why", "")[:2_000])
                said = f"Not the same: {_quoted(one.claim)} and {_quoted(other.claim)}. They are kept apart."
                undoable(request, said, UNDO_APART, one.claim_id, other.claim_id)
            elif answer == "skip":
                with suppress(CandidatePair.DoesNotExist):  # somebody has answered it meanwhile
                    duplicates.skip(whole(request.POST.get("pair", "")) or 0, user)
        except VerifierError as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(back)

    def _same(self, request: HttpRequest, user: User, both: tuple[Review, Review], back: str) -> HttpResponse:
        """Merge at once what can be undone; where a person has to look first, show the form with its preview."""
        plan = duplicates.plan(*both, user)
        if plan.asks:
            messages.info(request, plan.asks)
            why = request.POST.get("why", "") or duplicates.SAID_SAME
            return HttpResponseRedirect(merge_form(plan.source, plan.target.claim_id, why))
        done = duplicates.same(plan, user, _seen(request), request.POST.get("why", "")[:2_000])
        moved = f"{len(done.moved)} mention{'s' if len(done.moved) != 1 else ''}"
        said = f"The same: {moved} of claim {done.from_claim} joined {_quoted(plan.target.claim)}."
        undoable(request, said, UNDO_REGROUPING, done.id or 0)
        stays = back if request.POST.get("from") == "queue" else f"{page_of(plan.target)}#duplicates"
        return HttpResponseRedirect(stays)


class UndoPage(DeskPage):
    """Take back what was done: a merge, a split, a move, or "not the same"."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Undo, say what stands now, and go to the claim that it was about, or back to the queue."""
        user = self.person(request, Duty.MERGE)
        why = request.POST.get("why", "").strip()[:2_000] or duplicates.TAKEN_BACK
        numbers = [whole(number) or 0 for number in request.POST.get("what", "").split("-")]
        back = reverse(QUEUE)
        try:
            if len(numbers) == 2:
                duplicates.take_back(numbers[0], numbers[1], user)
                messages.success(request, "Taken back: the two claims may be offered and merged again.")
                claim = numbers[0]
            else:
                done = regrouping.undo(numbers[0], user, Regroup(why))
                messages.success(request, f"The {done.kind} was undone.")
                claim = done.from_claim
        except (Regrouping.DoesNotExist, Claim.DoesNotExist) as error:
            raise Http404("There is nothing to undo.") from error
        except VerifierError as error:
            messages.error(request, error.message)
            claim = whole(request.POST.get("claim", "")) or 0
        review = Review.objects.filter(claim=claim).first()
        if request.POST.get("from") == "queue" or review is None:
            return HttpResponseRedirect(back)
        return HttpResponseRedirect(page_of(review))


def _reviews(request: HttpRequest) -> tuple[Review, Review]:
    """The reviews of the two claims that a form names. Raises Http404 where one is missing."""
    ids = [whole(request.POST.get(name, "")) or 0 for name in ("claim", "other")]
    claims = Claim.objects.in_bulk(ids)
    if len(claims) < 2:
        raise Http404("There are no such two claims.")
    found = {r.claim_id: r for r in _rows().filter(claim__in=ids)}
    one, other = (found.get(pk) or open_review(claims[pk]) for pk in ids)
    return one, other


def _rows() -> QuerySet[Review]:
    return Review.objects.select_related("claim", "assignee").defer("claim__profile")


def _seen(request: HttpRequest) -> Mapping[int, int]:
    """The versions of the two reviews as the form was drawn, ``17:3``; a claim without a review has none."""
    pairs = [value.split(":") for value in request.POST.getlist("seen")]
    numbers = [(whole(pair[0]), whole(pair[1])) for pair in pairs if len(pair) == 2]
    return {claim: version for claim, version in numbers if claim is not None and version is not None}


def _quoted(claim: Claim) -> str:
    return f"“{Truncator(claim.text).chars(80)}”"
