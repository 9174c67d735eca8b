"""Withdrawing, correcting and restoring an article on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from claims.errors import CorrectionError, VerifierError
from claims.models import Article, ArticleChange
from claims.numbers import LARGEST_ID
from claims.services import correcting, describing
from claims.services.ingest import NewArticle

MOST_SHOWN = 20_000
"""A correction of the text begins with the present text, where that is no longer: the page holds it twice then."""


class ChangeForm(forms.Form):
    """What is to be done to an article, and why."""

    label: ClassVar[str]
    hint: ClassVar[str]
    why = forms.CharField(
        label="Why", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2, "class": "wide"}), required=False
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{type(self).__name__.lower()}_%s")
        self.article = article

    def carry_out(self, by: User) -> Article:
        """Do it and return the article to look at next. Raises what the services raise."""
        raise NotImplementedError


class Withdraw(ChangeForm):
    label = "Withdraw"
    hint = "Its publisher took it back, or it should not have come in. What it states is no evidence any more."

    def carry_out(self, by: User) -> Article:
        return correcting.withdraw(self.article.pk, by=by, why=self.cleaned_data["why"])


class Restore(ChangeForm):
    label = "Restore"
    hint = "It was withdrawn or corrected by mistake: what it states counts again."

    def carry_out(self, by: User) -> Article:
        return correcting.restore(self.article.pk, by=by, why=self.cleaned_data["why"])


class Correct(ChangeForm):
    label = "Put a corrected version in its place"
    hint = "An article of its own, of the same source, which is read anew; this one stays to be read."
    title = forms.CharField(label="Its title, if it has changed", max_length=500, required=False)
    text = forms.CharField(
        label="Its whole text", strip=False, widget=forms.Textarea(attrs={"rows": 8, "class": "wide"}), required=False
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(article, data)
        if len(article.text) <= MOST_SHOWN:
            self.initial = {"text": article.text}

    def carry_out(self, by: User) -> Article:
        given = self.cleaned_data
        new = NewArticle(text=given["text"], title=given["title"])
        return correcting.correct(self.article.pk, new, by=by, why=given["why"])


class Describe(ChangeForm):
    label = "Correct its title, outlet, address, date or language"
    hint = "The text stays as it is, with its mentions; what it states is scored again."
    title = forms.CharField(label="Title", max_length=500, required=False)
    source = forms.CharField(label="Outlet", max_length=200, required=False, help_text="Its name, site or number.")
    url = forms.CharField(label="Address", max_length=1000, required=False)
    published = forms.CharField(
        label="Published", max_length=40, required=False, help_text="As 2025-04-10, or 2025-04-10T14:05+02:00."
    )
    language = forms.CharField(label="Language", max_length=10, required=False, help_text="As en.")

    def __init__(self, article: Article, data: Any = None) -> None:
        super().__init__(article, data)
        moment = article.published_at
        self.initial = {
            "title": article.title,
            "source": article.source.name,
            "url": article.url,
            "published": (moment.date() if moment.time() == time() else moment).isoformat() if moment else "",
            "language": article.language,
        }
        self.order_fields(describing.FIELDS)

    def carry_out(self, by: User) -> Article:
        given = {name: self.cleaned_data[name] for name in self.changed_data if name in describing.FIELDS}
        return describing.describe(self.article.pk, given, by=by, why=self.cleaned_data["why"]).article


class Undescribe(ChangeForm):
    label = "Take it back"
    hint = ""
    line = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID)

    def carry_out(self, by: User) -> Article:
        try:
            return describing.undo(self.cleaned_data["line"], by=by, why=self.cleaned_data["why"]).article
        except ArticleChange.DoesNotExist as error:
            raise CorrectionError("There is no such correction.") from error


FORMS: Mapping[str, type[ChangeForm]] = {
    "withdraw": Withdraw, "correct": Correct, "restore": Restore, "describe": Describe,
    "undescribe": Undescribe,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may be done to the article now, with its form; ``unfolded`` where it came back with an error."""

    name: str
    form: ChangeForm
    unfolded: bool


def open_changes(article: Article, bound: ChangeForm | None = None) -> list[Change]:
    """What may be done to the article as it stands; ``bound`` is a form that came back, and keeps what was typed."""
    names = ["describe", *(["withdraw", "correct"] if article.withdrawn_at is None else ["restore"])]
    if bound is not None:
        names += [name for name, kind in FORMS.items() if isinstance(bound, kind) and name not in names]
    return [
        Change(name, bound, unfolded=True)
        if isinstance(bound, FORMS[name])
        else Change(name, FORMS[name](article), unfolded=False)
        for name in names
    ]


def ask(article: Article, name: str, data: Any, by: User) -> tuple[Article | None, ChangeForm]:
    """Do what was asked for; the article to look at next, or None and the form with what is in the way."""
    form = FORMS[name](article, data)
    if not form.is_valid():
        return None, form
    try:
        return form.carry_out(by), form
    except VerifierError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return None, form
