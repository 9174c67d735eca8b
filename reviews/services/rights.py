"""Who may manage which account: nobody hands out what they do not hold, or takes over somebody who holds more."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

from reviews.models import Account
from reviews.people import GROUPS


def permissions_of(user: User) -> QuerySet[Permission]:
    """Return what an account holds, by itself and through its groups; everything for a superuser.

    An account that is switched off keeps what it holds: it can be switched on again.
    """
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def may_manage(manager: User, account: User) -> bool:
    """Return whether ``manager`` may do all that ``account`` may. A superuser is managed by superusers alone."""
    if manager.is_superuser or manager.pk == account.pk:
        return True
    if account.is_superuser:
        return False
    return not permissions_of(account).exclude(pk__in=permissions_of(manager).values("pk")).exists()


def grantable_groups(manager: User) -> QuerySet[Group]:
    """Return the groups that hold nothing beyond what ``manager`` holds."""
    if manager.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=permissions_of(manager).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def is_own_group(group: Group) -> bool:
    """Return whether this is a group of the desk itself: its name has a meaning, so it stays."""
    return group.name in GROUPS


def password_given(account: User, by: User) -> None:
    """Remember who knows the password of an account: whoever gave it, until its owner has changed it."""
    giver = None if by.pk == account.pk else by
    Account.objects.update_or_create(user=account, defaults={"password_by": giver})
