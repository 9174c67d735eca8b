"""Tokens of the API on the desk: one's own, and those of the machines that one may manage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims.admin.base import DeskAdmin
from reviews.models import AccessToken
from reviews.people import MACHINE_GROUP
from reviews.services import rights
from reviews.services.tokens import MOST_DAYS, make_token

MANAGE = "auth.change_user"


class TokenForm(forms.Form):
    """For whom a token is to be, for what, and for how long."""

    user = forms.ModelChoiceField(label="For", queryset=User.objects.none(), empty_label=None)
    name = forms.CharField(label="What it is for", max_length=100, required=False)
    days = forms.IntegerField(label="Days that it lasts", min_value=1, max_value=MOST_DAYS)

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data, initial={"user": person.pk, "days": settings.VERIFIER_TOKEN_DAYS})
        self.fields["user"].queryset = accounts_for(person)  # type: ignore[attr-defined]


def accounts_for(person: User) -> QuerySet[User]:
    """Return the accounts for which a person may make a token: their own, and the machines that they may manage."""
    mine = {person.pk}
    if person.has_perm(MANAGE):
        machines = User.objects.filter(Q(account__machine=True) | Q(groups__name=MACHINE_GROUP), is_active=True)
        mine |= {machine.pk for machine in machines.distinct() if rights.may_manage(person, machine)}
    return User.objects.filter(pk__in=mine).order_by("username")


@admin.register(AccessToken)
class TokenAdmin(DeskAdmin[AccessToken]):
    """A token is shown once, when it is made; here one sees when it was last used, and ends it."""

    list_title = "Access tokens"
    list_display = ("name_or_none", "user", "made_by", "created", "expiry", "last_used_at")
    list_display_links = None
    fields = ("user", "name", "made_by", "created", "expiry", "last_used_at")
    search_fields = ("name", "user__username")
    search_help_text = "What it is for, or whose it is"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessToken]:
        rows: QuerySet[AccessToken] = AccessToken.objects.select_related("user", "made_by")
        person = _person(request)
        return rows if person.is_superuser else rows.filter(user__in=_seen_by(person))

    @admin.display(description="for", ordering="name")
    def name_or_none(self, token: AccessToken) -> str:
        return str(token.name) or "–"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _person(request).is_staff

    def has_view_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        return _person(request).is_staff and self._may_touch(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _person(request).is_staff

    def has_change_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AccessToken | None = None) -> bool:
        """Whoever sees a token may end it."""
        return self.has_view_permission(request, obj)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Make a token and show it, this once; it is in no message and no session."""
        person = _person(request)
        form = TokenForm(person, request.POST if request.method == "POST" else None)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Make a token", "form": form}
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            context["token"] = make_token(given["user"], by=person, name=given["name"], days=given["days"])
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/reviews/accesstoken/add.html", context, status=status)

    def _may_touch(self, request: HttpRequest, obj: AccessToken | None) -> bool:
        person = _person(request)
        return (
            obj is None or obj.user_id == person.pk or (person.has_perm(MANAGE) and rights.may_manage(person, obj.user))
        )


def _seen_by(person: User) -> set[int]:
    """The accounts whose tokens a person sees: their own, and those that they may manage."""
    if not person.has_perm(MANAGE):
        return {person.pk}
    holders = User.objects.filter(auth_token_set__isnull=False).distinct()
    return {person.pk, *(user.pk for user in holders if rights.may_manage(person, user))}


def _person(request: HttpRequest) -> User:
    return request.user if isinstance(request.user, User) else User()
