"""Accounts and groups: the stock pages, with the mark of a machine. Nobody hands out more than they hold themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import ManyToManyField, Model
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse

from claims.admin.lost_updates import LostUpdateMixin
from reviews.admin.deleting import KeptAdmin
from reviews.models import Account
from reviews.services import rights

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Account, User]
    _UserAdmin = UserAdmin[User]
    _Form = Any
else:
    _Inline, _UserAdmin = admin.StackedInline, UserAdmin


class MachineInline(_Inline):
    """Whether a program uses the account: it decides nothing then, whatever its groups."""

    model = Account
    fk_name = "user"
    fields = ("machine",)
    can_delete = False
    verbose_name_plural = "machine"


class _Grantable:
    """Offers, and takes, only the groups and permissions that the person holds too."""

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        person = _person(request)
        if db_field.name == "groups":
            kwargs["queryset"] = rights.grantable_groups(person)
        elif db_field.name in {"permissions", "user_permissions"}:
            held = rights.permissions_of(person)
            kwargs["queryset"] = Permission.objects.filter(pk__in=held.values("pk")).select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc,no-any-return]


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(_Grantable, KeptAdmin, LostUpdateMixin, _UserAdmin):
    """Whoever manages accounts hands out nothing that they do not hold, and touches nobody who holds more."""

    inlines = (MachineInline,)
    kept_because = "Switch the account off instead: take the tick from “Active”."

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> tuple[type[MachineInline], ...]:
        """The mark is set once the account is there."""
        return self.inlines if obj is not None else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")  # nobody writes these
        return fields if _person(request).is_superuser else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or rights.may_manage(_person(request), obj)

    def save_model(self, request: HttpRequest, obj: User, form: _Form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            rights.password_given(obj, _person(request))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """The stock page; whoever gave the password is remembered."""
        with transaction.atomic():
            answer: HttpResponse = super().user_change_password(request, id, form_url)
            account = User.objects.filter(pk=unquote(id)).first() if answer.status_code == 302 else None
            if account is not None:
                rights.password_given(account, _person(request))
        return answer


@admin.register(Group)
class DeskGroupAdmin(_Grantable, KeptAdmin, LostUpdateMixin, GroupAdmin):  # type: ignore[misc]
    """A desk may make groups of its own; whoever makes one puts in only what they hold."""

    kept_because = "The desk’s own groups have a meaning in its rules."

    def get_readonly_fields(self, request: HttpRequest, obj: Group | None = None) -> tuple[str, ...]:
        return ("name",) if obj is not None and rights.is_own_group(obj) else ()

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def is_kept(self, obj: Model) -> bool:
        return isinstance(obj, Group) and rights.is_own_group(obj)

    def _may_touch(self, request: HttpRequest, obj: Group | None) -> bool:
        return obj is None or rights.grantable_groups(_person(request)).filter(pk=obj.pk).exists()


def _person(request: HttpRequest) -> User:
    """The account that asks; the admin lets nobody else in."""
    return request.user if isinstance(request.user, User) else User()
