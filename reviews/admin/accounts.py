"""Accounts: the stock pages, with the mark of a machine, and without a way to a superuser's power."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

from reviews.models import Account

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Account, User]
    _UserAdmin = UserAdmin[User]
else:
    _Inline, _UserAdmin = admin.StackedInline, UserAdmin


class MachineInline(_Inline):
    """Whether a program uses the account: it decides nothing then, whatever its groups."""

    model = Account
    can_delete = False
    verbose_name_plural = "machine"


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(_UserAdmin):
    """Whoever manages accounts makes nobody a superuser and touches none, unless they are one themselves."""

    inlines = (MachineInline,)

    def get_inlines(self, request: HttpRequest, obj: User | None = None) -> tuple[type[MachineInline], ...]:
        """The mark is set once the account is there."""
        return self.inlines if obj is not None else ()

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if _superuser(request) else (*fields, "is_superuser")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or _superuser(request)


def _superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser
