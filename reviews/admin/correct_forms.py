"""The forms with which people correct what was read: each carries what was typed to the services, and why."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User

from claims.models import Claim, Correction, Mention
from claims.numbers import LARGEST_ID
from claims.services.editing import TEXT_LENGTH, Addition
from claims.services.places import LONGEST
from claims.services.spoken import Figure, Said
from reviews.services import editing
from reviews.services.editing import Edit

_FIGURE = ("value", "upper", "comparator", "unit", "counted")


def _area(label: str, rows: int, length: int, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "wide"})
    return forms.CharField(label=label, widget=widget, max_length=length, help_text=help_text)


def _short(value: float | None) -> float | int | None:
    """The number as people write it: 165, not 165.0."""
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value


class EditForm(forms.Form):
    """The common part: why, and the version of the claim's review that the person saw."""

    what: ClassVar[str]
    label: ClassVar[str]
    hint: ClassVar[str] = ""
    first: ClassVar[tuple[str, ...]] = ()
    why = _area("Why", 2, 2_000)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, version: int | None = None, **initial: Any) -> None:
        super().__init__(
            data, initial={"version": version, **initial}, auto_id=f"id_{self.what}{initial.get('correction', '')}_%s"
        )
        self.order_fields([*self.first, *(name for name in self.fields if name not in ("why", "version"))])

    def how(self) -> Edit:
        """Why, and which version was seen."""
        return Edit(self.cleaned_data["why"], self.cleaned_data.get("version"))


class SaidForm(EditForm):
    """What a mention says. What is left as it is, is not said."""

    speaker = forms.CharField(
        label="Speaker", required=False, max_length=200, help_text="Nobody: the outlet says so itself."
    )
    stance = forms.ChoiceField(label="Stance towards the claim", choices=Mention.Stance.choices)
    factuality = forms.ChoiceField(label="The text says it as", choices=Mention.Factuality.choices)
    value = forms.FloatField(label="Figure", required=False, help_text="None: no figure.")
    upper = forms.FloatField(label="up to (of a range)", required=False)
    comparator = forms.ChoiceField(label="which is", choices=Mention.Comparator.choices, required=False)
    unit = forms.CharField(label="Unit", required=False, max_length=50)
    counted = forms.CharField(label="What is counted", required=False, max_length=200)

    def said(self) -> Said:
        """What the person changed, as the services take it. Call it on a valid form."""
        given = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        figured = bool(set(_FIGURE) & set(given))
        return Said(
            speaker=given.get("speaker"),
            stance=given.get("stance"),
            factuality=given.get("factuality"),
            figure=self._figure() if figured else None,
            no_figure=figured and self.cleaned_data["value"] is None,
        )

    def _figure(self) -> Figure | None:
        given = self.cleaned_data
        if given["value"] is None:
            return None
        return Figure(given["value"], given["upper"], given["comparator"] or "=", given["unit"], given["counted"])


class CorrectForm(SaidForm):
    what, label = "correct", "Correct"
    hint = "What you leave as it is stays. The machine’s reading stays beside yours."
    quote = _area("Its words", 3, LONGEST, "As they stand in the article: shorter or longer.")

    @classmethod
    def of(cls, row: Mention, data: Any = None, version: int | None = None) -> CorrectForm:
        """The form of a mention as it stands."""
        shown = {name: getattr(row, name) for name in ("factuality", *_FIGURE, "quote")}
        speaker = row.speaker.canonical if row.speaker else row.speaker_text
        shown["comparator"] = row.comparator or "="
        shown |= {name: _short(getattr(row, name)) for name in ("value", "upper")}
        return cls(data, version=version, **shown, speaker=speaker, stance=row.towards)

    def carry_out(self, row: Mention, by: User) -> Correction:
        quote = self.cleaned_data["quote"] if "quote" in self.changed_data else ""
        return editing.correct_mention(row.pk, self.said(), by, self.how(), quote)


class NoClaimForm(EditForm):
    what, label = "no_claim", "This is no claim"
    hint = (
        "Part of the page, a headline of something else, nothing to check. Neither reading nor matching brings it back."
    )

    def carry_out(self, row: Mention, by: User) -> Correction:
        return editing.mark_no_claim(row.pk, by, self.how())


class AddForm(SaidForm):
    what, label = "add", "Add a mention"
    hint = "Mark the words in the article’s text, or copy them here, and say what they state."
    first = ("quote",)
    quote = _area("Words of the article", 3, LONGEST)
    near = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    claim = forms.IntegerField(
        label="Claim", required=False, min_value=1, max_value=LARGEST_ID, help_text="Its number; empty: a new claim."
    )

    def carry_out(self, article_id: int, by: User) -> Correction:
        given = self.cleaned_data
        new = Addition(article_id, quote=given["quote"], near=given.get("near") or 0, claim=given["claim"])
        return editing.add_mention(
            Addition(new.article, None, new.quote, new.near, new.claim, self.said()), by, self.how()
        )


class TextForm(EditForm):
    what, label = "text", "Word it so"
    hint = "The machine’s text stays beside yours."
    text = _area("The claim", 3, TEXT_LENGTH)

    def carry_out(self, claim: Claim, by: User) -> Correction:
        return editing.set_text(claim.pk, self.cleaned_data["text"], by, self.how())


class TakeBackForm(EditForm):
    what, label = "undo", "Take it back"
    correction = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID)

    def carry_out(self, _: object, by: User) -> Correction:
        return editing.take_back(self.cleaned_data["correction"], by, self.how())
