"""Correcting what was read: a page for a mention, for the words of a claim, and for what an article lacks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from claims.admin.base import page_of
from claims.errors import VerifierError
from claims.models import Article, Claim, Correction, Mention
from claims.querysets import SCORED
from reviews.admin.correct_forms import AddForm, CorrectForm, EditForm, NoClaimForm, TakeBackForm, TextForm
from reviews.admin.desk_page import DeskPage
from reviews.errors import Conflict, Refused
from reviews.models import Review
from reviews.services.editing import may_edit
from reviews.workflow import Duty


class CorrectPages(DeskPage):
    """The pages' views, for the review admin to route to."""

    def mention(self, request: HttpRequest, mention_id: int) -> HttpResponse:
        """Correct a mention, mark it as no claim, or take back what was said of it."""
        row = _found(Mention.objects.select_related("speaker", "article__source", *SCORED).filter(pk=mention_id))
        said = _said(Correction.objects.filter(Q(mention=row) | Q(replaces=row)))
        home = row.claim_id or next((one.claim_id for one in said if one.claim_id), None)
        review, user = self._permitted(request, home)
        version = review.version if review else None
        forms: dict[str, EditForm] = {}
        if row.retired_at is None:
            forms = {"correct": CorrectForm.of(row, version=version), "no_claim": NoClaimForm(version=version)}
        return self._answer(request, user, row, review, forms, said, "Correct a mention")

    def claim(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Word a claim, or take that back."""
        claim = _found(Claim.objects.filter(pk=claim_id))
        review, user = self._permitted(request, claim.pk)
        version = review.version if review else None
        said = _said(Correction.objects.filter(claim=claim, kind=Correction.Kind.TEXT))
        forms: dict[str, EditForm] = {}
        if claim.merged_into_id is None:
            forms["text"] = TextForm(version=version, text=claim.text)
        return self._answer(request, user, claim, review, forms, said, "Word a claim")

    def article(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Add a mention that the machine did not see."""
        article = _found(Article.objects.select_related("source").filter(pk=article_id))
        user = self.person(request, Duty.CORRECT)
        form = AddForm(quote=request.GET.get("quote", ""), claim=request.GET.get("claim", ""))
        return self._answer(request, user, article, None, {"add": form}, [], "Add a mention")

    def _permitted(self, request: HttpRequest, claim_id: int | None) -> tuple[Review | None, User]:
        user = self.person(request)
        review = Review.objects.select_related("claim").filter(claim=claim_id).first() if claim_id else None
        if not may_edit(user, review):
            raise PermissionDenied
        return review, user

    def _answer(
        self,
        request: HttpRequest,
        user: User,
        thing: Mention | Claim | Article,
        review: Review | None,
        forms: dict[str, EditForm],
        said: list[Correction],
        title: str,
    ) -> HttpResponse:
        """Show the forms; after a POST do what one of them asks for, or show it again with what is in the way."""
        status, name = 200, request.POST.get("do", "")
        version = review.version if review else None
        forms |= {f"undo {c.pk}": TakeBackForm(version=version, correction=c.pk) for c in said if not c.withdrawn_at}
        if request.method == "POST" and name in forms:
            asked = forms[name] = _bound(forms[name], request, thing)
            status = _try(asked, thing, user)
            if status == 201:
                messages.success(request, f"{asked.label}: done. The claim is scored again.")
                return HttpResponseRedirect(_after(asked.done, request))  # type: ignore[attr-defined]
        shown = {
            "thing": thing,
            "kind": thing._meta.model_name,
            "review": review,
            "forms": [(key, form) for key, form in forms.items() if not key.startswith("undo")],
            "said": [(one, forms.get(f"undo {one.pk}")) for one in said],
            "source": request.GET.get("from", ""),
        }
        return self.show(request, "correct.html", title, shown, status)


def _bound(form: EditForm, request: HttpRequest, thing: Mention | Claim | Article) -> EditForm:
    """The same form with what was sent; what it compares with is what stands now."""
    initial = {name: value for name, value in form.initial.items() if name != "version"}
    return type(form)(request.POST, **(initial if not isinstance(thing, Article) else {"stance": "", "factuality": ""}))


def _try(form: EditForm, thing: Mention | Claim | Article, user: User) -> int:
    """Do what the form asks for: 201 and ``form.done``, or the status of the refusal, which the form then shows."""
    if not form.is_valid():
        return 400
    try:
        form.done = form.carry_out(thing.pk if isinstance(thing, Article) else thing, user)  # type: ignore[attr-defined]
    except VerifierError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        if isinstance(error, Conflict):
            form.data = {**{name: form.data.get(name, "") for name in form.data}, "version": error.current.version}
            return 409
        return 403 if isinstance(error, Refused) else 400
    except (Article.DoesNotExist, Mention.DoesNotExist, Claim.DoesNotExist) as error:
        raise Http404 from error
    return 201


def _after(done: Correction, request: HttpRequest) -> str:
    """Where to look at what was done: at the article, for those who came from there, else at the claim's review."""
    mention = Mention.objects.select_related("claim").filter(pk=done.mention_id or 0).first()
    claim_id = (mention.claim_id if mention else None) or done.claim_id
    review = Review.objects.filter(claim=claim_id or 0).first()
    if mention is not None and (request.GET.get("from") == "article" or review is None):
        return f"{page_of(Article(pk=mention.article_id))}#mention-{mention.pk}"
    place = f"#mention-{mention.pk}" if mention is not None and mention.claim_id else ""
    return f"{page_of(review)}{place}" if review else page_of(Claim(pk=claim_id))


def _found(rows: QuerySet[Any]) -> Any:
    thing = rows.first()
    if thing is None:
        raise Http404("There is no such thing.")
    return thing


def _said(rows: QuerySet[Correction]) -> list[Correction]:
    return list(rows.select_related("by", "withdrawn_by", "mention").order_by("-pk")[:20])
