"""Speakers: who is quoted, under one name for all spellings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from claims.admin.base import DeskAdmin, page_of
from claims.admin.filters import LookalikeFilter
from claims.engine import names
from claims.engine.types import SpeakerKind
from claims.errors import EditError, EditState
from claims.models import Speaker, SpeakerAlias, SpeakerChange
from claims.numbers import whole
from claims.querysets import speakers_for_desk
from claims.services import speakers

if TYPE_CHECKING:
    _Inline = admin.TabularInline[SpeakerAlias, Speaker]
    _Form = forms.ModelForm[SpeakerAlias]
else:
    _Inline, _Form = admin.TabularInline, forms.ModelForm


class AliasForm(_Form):
    """A spelling; one that leads to another speaker, in whatever case or composition, is refused by that name."""

    class Meta:
        widgets = {"name": forms.TextInput(attrs={"aria-label": "Spelling", "class": "vTextField"})}

    def clean_name(self) -> str:
        name = names.clean(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("This spelling holds nothing that can be seen.")
        taken = SpeakerAlias.objects.filter(key=names.key(name)).exclude(pk=self.instance.pk).select_related("speaker")
        if (other := taken.first()) is not None:
            raise forms.ValidationError(f"“{name}” is a spelling of {other.speaker.canonical}.")
        return name


class AliasInline(_Inline):
    """An editor declares two spellings to be the same speaker by adding one here."""

    model = SpeakerAlias
    form = AliasForm
    extra = 0


class SpeakerForm(forms.Form):
    """What is to be done to a speaker, and why."""

    label: ClassVar[str]
    hint: ClassVar[str]
    why = forms.CharField(label="Why", max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, speaker: Speaker, data: Any = None, **initial: Any) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{type(self).__name__.lower()}_%s")
        self.order_fields([name for name in self.fields if name != "why"])
        self.speaker = speaker

    def ask(self, by: User) -> Speaker | None:
        """Do it and return the speaker to look at next; None with the errors in the form."""
        if not self.is_valid():
            return None
        try:
            return self.carry_out(by)
        except EditError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)
            return None

    def carry_out(self, by: User) -> Speaker:
        """Do it. Raises what the services raise."""
        raise NotImplementedError


class DescribeForm(SpeakerForm):
    label, hint = "Rename or describe", "The old name still leads here."
    canonical = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=[(kind.value, kind.value) for kind in SpeakerKind])
    party = forms.CharField(
        label="Speaks for",
        max_length=200,
        required=False,
        help_text="A party, an office or a body: one origin with it.",
    )

    def __init__(self, speaker: Speaker, data: Any = None) -> None:
        super().__init__(speaker, data, canonical=speaker.canonical, kind=speaker.kind, party=speaker.party)

    def carry_out(self, by: User) -> Speaker:
        given = {name: self.cleaned_data[name] for name in speakers.FIELDS}
        return speakers.describe(self.speaker.pk, given, by=by, why=self.cleaned_data["why"]).speaker


class MergeSpeakerForm(SpeakerForm):
    label, hint = "Merge into another speaker", "All mentions and spellings become the other’s."
    target = forms.CharField(label="The other speaker: a name or number", max_length=200)

    def carry_out(self, by: User) -> Speaker:
        other = speakers.found(self.cleaned_data["target"])
        if other is None:
            raise EditError("There is no such speaker.", field="target")
        speakers.merge(self.speaker.pk, other.pk, by=by, why=self.cleaned_data["why"])
        return other


FORMS: Mapping[str, type[Any]] = {"describe": DescribeForm, "merge": MergeSpeakerForm}


@admin.register(Speaker)
class SpeakerAdmin(DeskAdmin[Speaker]):
    """Spellings can be added, what is known of a speaker changed, and two that are one merged, with undo."""

    list_display = ("canonical", "kind", "party", "gender", "mentions")
    list_filter = ("kind", LookalikeFilter)
    search_fields = ("key", "aliases__key")
    search_help_text = "Name or spelling"
    readonly_fields = ("canonical", "kind", "party", "created_at")
    fields = ("canonical", "kind", "party", "gender", "created_at")
    inlines = (AliasInline,)
    change_form_template = "admin/claims/speaker/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        return speakers_for_desk().filter(merged_into=None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The stock form for spellings; below it what else may be done, each in a form of its own."""
        speaker = Speaker.objects.filter(pk=whole(object_id) or 0, merged_into=None).first()
        if speaker is None:
            return super().change_view(request, object_id, form_url, extra_context)
        forms_ = {name: kind(speaker) for name, kind in FORMS.items()}
        if (name := request.POST.get("speaker", "")) in {*FORMS, "undo"}:
            if not self.has_change_permission(request, speaker) or not isinstance(request.user, User):
                raise PermissionDenied
            if name == "undo":
                return self._undo(request, speaker, request.user)
            asked = forms_[name] = FORMS[name](speaker, request.POST)
            after = asked.ask(request.user)
            if after is not None:
                messages.success(request, f"{asked.label}: done. What was said is scored again.")
                return HttpResponseRedirect(page_of(after))
            request.method = "GET"  # the page once more, with what is in the way
        changes = SpeakerChange.objects.filter(Q(speaker=speaker) | Q(target=speaker)).select_related("speaker", "by")
        context = {"speaker_forms": forms_, "changes": list(changes[:20]), "alike": list(speakers.alike(speaker)[:20])}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def _undo(self, request: HttpRequest, speaker: Speaker, user: User) -> HttpResponse:
        done = SpeakerChange.objects.filter(pk=whole(request.POST.get("change", "")) or 0).first()
        try:
            if done is None or speaker.pk not in (done.speaker_id, done.target_id):
                raise EditState("There is no such change.")
            speakers.undo(done.pk, by=user)
        except EditError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, "It was undone.")
        return HttpResponseRedirect(page_of(speaker))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """Who may add a spelling may change what is known of a speaker."""
        return request.user.has_perm("claims.add_speakeralias")

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return False

    @admin.display(description="mentions", ordering="mention_count")
    def mentions(self, speaker: Speaker) -> int:
        return int(speaker.mention_count)  # type: ignore[attr-defined]
