"""From an account to a person as the rules see it, and the groups of the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from reviews.models import Account
from reviews.workflow import Person, Role

MACHINE_GROUP = "ingest"

FACTS = (
    "article", "articlestep", "assessment", "claim", "correction", "judgement", "leader", "matchnote", "mention",
    "origin", "platform", "regrouping", "rematch", "source", "sourcealias", "sourcemerge", "sourcereliability",
    "speaker", "speakeralias", "story",
)  # fmt: skip
DESK = (
    "review",
    "reviewevent",
    "note",
    "historyseal",
    "bulkjob",
    "bulkitem",
    "notification",
    "publication",
    "publicationversion",
    "imprint",
)

_VIEW = (*(f"claims.view_{name}" for name in FACTS), *(f"reviews.view_{name}" for name in DESK))
_NOTE = ("reviews.add_note",)
_BULK = ("reviews.add_bulkjob",)
_REVIEWER = ("reviews.act_as_reviewer",)
_APPROVER = ("reviews.act_as_approver",)
_EDITOR = (
    "reviews.act_as_editor",
    "claims.add_article",
    "claims.change_article",
    "claims.change_articlestep",
    "claims.change_source",
    "claims.add_leader",
    "claims.change_leader",
    "claims.delete_leader",
    "claims.add_platform",
    "claims.change_platform",
    "claims.delete_platform",
    "claims.change_speakeralias",
    "claims.add_speakeralias",
    "reviews.change_imprint",
)
_ACCOUNTS = (
    *(f"auth.{verb}_{model}" for verb in ("view", "add", "change", "delete") for model in ("user", "group")),
    "reviews.view_account",
    "reviews.add_account",
    "reviews.change_account",
)

GROUPS: Mapping[str, Sequence[str]] = {
    "viewer": _VIEW,
    "ingest": ("claims.add_article", "claims.view_article", "claims.view_source"),
    "reviewer": (*_VIEW, *_NOTE, *_BULK, *_REVIEWER),
    "approver": (*_VIEW, *_NOTE, *_BULK, *_APPROVER),
    "editor": (*_VIEW, *_NOTE, *_BULK, *_EDITOR),
    "administrator": (*_VIEW, *_NOTE, *_BULK, *_REVIEWER, *_APPROVER, *_EDITOR, *_ACCOUNTS),
}
"""Group -> its permissions. A person holds the sum of their groups."""


def ensure_groups(
    group_model: type[Group] = Group,
    permission_model: type[Permission] = Permission,
    content_type_model: type[ContentType] = ContentType,
) -> None:
    """Create the groups and give each its permissions; what a desk has added to a group stays."""
    for name, codes in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(code, permission_model, content_type_model) for code in codes))


def person_of(user: AbstractBaseUser | AnonymousUser) -> Person:
    """The person behind an account, with the roles that their permissions give."""
    if not isinstance(user, User):
        return Person(0, frozenset())
    roles = frozenset(role for role in Role if user.has_perm(f"reviews.act_as_{role.value}"))
    return Person(user.pk, roles, machine=bool(roles) and is_machine(user))


def holders_of(permission: str, *, superusers: bool = False) -> QuerySet[User]:
    """The active accounts that hold a permission through their groups or by themselves.

    ``superusers``, who hold every permission, are left out unless asked for: what concerns a role is not news to them.
    """
    backend = "django.contrib.auth.backends.ModelBackend"
    return User.objects.with_perm(permission, backend=backend, include_superusers=superusers)


def is_machine(user: User) -> bool:
    """Whether a program uses this account: marked so, or in the group that feeds articles in."""
    marked = Q(account__machine=True) | Q(groups__name=MACHINE_GROUP)
    return User.objects.filter(marked, pk=user.pk).exists()


def in_one_hand(people: Collection[int]) -> frozenset[int]:
    """The accounts that one of ``people`` (ids) may be: those whose password they gave, who gave them theirs, and whose
    password the same person gave; they themselves too. Two of them are no two pairs of eyes."""
    givers = Account.objects.filter(user__in=people, password_by__isnull=False).values_list("password_by", flat=True)
    hands = {*people, *givers}
    given = Account.objects.filter(password_by__in=hands).values_list("user", flat=True)
    return frozenset({*hands, *given})


def _permission(code: str, permission_model: type[Permission], content_type_model: type[ContentType]) -> Permission:
    app, codename = code.split(".")
    model = "review" if codename.startswith("act_as_") else codename.split("_", 1)[1]
    content_type, _ = content_type_model.objects.get_or_create(app_label=app, model=model)
    permission, _ = permission_model.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": f"Can {codename.replace('_', ' ')}"}
    )
    return permission
