"""Nobody hands out what they do not hold, and nobody takes over an account that holds more: objects, not classes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from zeal import zeal_ignore

from reviews.models import AccessToken, Account
from reviews.services.tokens import make_token
from tests.conftest import person
from tests.reviews.test_admin_accounts import fields, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

WORDS = "a long one of many words"


@pytest.fixture(autouse=True)
def _stock_pages() -> Iterator[None]:
    """Django's own pages ask for the user at hand again and again."""
    with zeal_ignore():
        yield


@pytest.fixture
def adam(db: None) -> User:
    return person("adam", "administrator")


@pytest.fixture
def desk(adam: User) -> Client:
    return desk_of(adam)


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def permission(code: str) -> Permission:
    app, _, name = code.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=name)


NOT_HELD = ["reviews.change_review", "reviews.delete_reviewevent", "auth.add_permission", "reviews.view_accesstoken"]


@pytest.mark.parametrize("code", NOT_HELD)
def test_an_administrator_gives_nobody_a_permission_that_they_lack(
    code: str, desk: Client, adam: User, rex: User
) -> None:
    assert not adam.has_perm(code)
    for user in (adam, rex):
        given = fields(user, user_permissions=[permission(code).pk])
        assert desk.post(page_of(user), given).status_code == 200
        assert not User.objects.get(pk=user.pk).has_perm(code)
        assert (
            f'value="{permission(code).pk}"'
            not in desk.get(page_of(user)).content.decode().split("user_permissions")[1]
        )


@pytest.mark.parametrize("code", NOT_HELD)
def test_nor_through_a_group(code: str, desk: Client, adam: User) -> None:
    mine = adam.groups.get()
    for group in (mine, Group.objects.create(name="our own")):
        held = [*group.permissions.values_list("pk", flat=True), permission(code).pk]
        answer = desk.post(f"/admin/auth/group/{group.pk}/change/", {"name": group.name, "permissions": held})
        assert answer.status_code == 200
        assert not group.permissions.filter(codename=permission(code).codename).exists()
    new = {"name": "new", "permissions": [permission(code).pk]}
    assert desk.post("/admin/auth/group/add/", new).status_code == 200
    assert not Group.objects.filter(name="new").exists()


def test_nor_by_joining_a_group_that_holds_more(desk: Client, adam: User, rex: User) -> None:
    higher = Group.objects.create(name="higher")
    higher.permissions.add(permission("auth.view_permission"))
    for user in (adam, rex):
        assert desk.post(page_of(user), fields(user, groups=[higher.pk])).status_code == 200
        assert "higher" not in user.groups.values_list("name", flat=True)


def test_what_one_holds_may_be_handed_on(desk: Client, rex: User) -> None:
    groups = [Group.objects.get(name=name).pk for name in ("reviewer", "approver")]
    given = fields(rex, groups=groups, user_permissions=[permission("claims.add_article").pk])
    assert desk.post(page_of(rex), given).status_code == 302
    assert User.objects.get(pk=rex.pk).has_perm("claims.add_article")
    assert rex.groups.count() == 2
    assert desk.post("/admin/auth/group/add/", {"name": "new", "permissions": [permission("claims.add_article").pk]})
    assert Group.objects.filter(name="new").exists()


def higher(kind: str) -> User:
    """Somebody who holds more than an administrator."""
    if kind == "superuser":
        return User.objects.create_superuser("root", password=WORDS)
    boss = person("boss", "administrator")
    if kind == "by a permission of their own":
        boss.user_permissions.add(permission("auth.view_permission"))
    if kind == "by a group":
        group = Group.objects.create(name="higher")
        group.permissions.add(permission("sessions.view_session"))
        boss.groups.add(group)
    if kind == "switched off":
        boss.user_permissions.add(permission("auth.view_permission"))
        User.objects.filter(pk=boss.pk).update(is_active=False)
    return boss


@pytest.mark.parametrize("kind", ["superuser", "by a permission of their own", "by a group", "switched off"])
def test_nobody_touches_an_account_that_holds_more(kind: str, desk: Client) -> None:
    boss = higher(kind)
    token = AccessToken.objects.get(digest=AccessToken.objects.create(user=boss)[0].digest)
    before = User.objects.filter(pk=boss.pk).values().get()
    new = {"password1": WORDS + "x", "password2": WORDS + "x", "usable_password": "true"}
    assert desk.post(page_of(boss), fields(boss, email="mine@desk.example", is_active="on")).status_code == 403
    assert desk.post(f"/admin/auth/user/{boss.pk}/password/", new).status_code == 403
    assert desk.post(f"/admin/auth/user/{boss.pk}/password/", {"unset-password": "1"}).status_code == 403
    assert desk.post(f"/admin/auth/user/{boss.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
    assert desk.post("/admin/auth/user/", chosen).status_code in {302, 403}
    assert User.objects.filter(pk=boss.pk).values().get() == before
    assert desk.post(f"/admin/reviews/accesstoken/{token.pk}/delete/", {"post": "yes"}).status_code in {302, 403}
    assert desk.post("/admin/reviews/accesstoken/", {**chosen, "_selected_action": [token.pk]}).status_code in {
        302,
        403,
    }
    assert AccessToken.objects.filter(pk=token.pk).exists()
    assert "boss" not in desk.get("/admin/reviews/accesstoken/").content.decode()
    assert desk.post("/admin/reviews/accesstoken/add/", {"user": boss.pk, "days": 3}).status_code == 400
    assert AccessToken.objects.count() == 1


def test_a_group_that_holds_more_is_not_touched_and_the_desks_own_keep_their_names(desk: Client) -> None:
    higher = Group.objects.create(name="higher")
    higher.permissions.add(permission("auth.view_permission"))
    assert desk.post(f"/admin/auth/group/{higher.pk}/change/", {"name": "lower"}).status_code == 403
    assert desk.post(f"/admin/auth/group/{higher.pk}/delete/", {"post": "yes"}).status_code == 403
    machines = Group.objects.get(name="ingest")
    desk.post(f"/admin/auth/group/{machines.pk}/change/", {"name": "people"})
    refused = desk.post(f"/admin/auth/group/{machines.pk}/delete/", {"post": "yes"})
    assert "own groups have a meaning" in refused.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [machines.pk], "post": "yes"}
    assert "own groups have a meaning" in desk.post("/admin/auth/group/", chosen).content.decode()
    assert Group.objects.filter(name="ingest").exists()


def test_who_gave_a_password_is_not_set_from_outside(desk: Client, adam: User, rex: User) -> None:
    Account.objects.create(user=rex, password_by=adam)
    given = {"account-0-machine": "on", "account-0-password_by": "", "account-INITIAL_FORMS": 1}
    given["account-0-id"] = Account.objects.get(user=rex).pk
    assert desk.post(page_of(rex), fields(rex, **given)).status_code == 302
    kept = Account.objects.get(user=rex)
    assert (kept.machine, kept.password_by) == (True, adam)


# --- Tokens on the desk ----------------------------------------------------------------------------------------------


def new_token(client: Client, user: User, **given: object) -> str:
    answer = client.post("/admin/reviews/accesstoken/add/", {"user": user.pk, "days": 5, "name": "a script", **given})
    assert answer.status_code == 200, answer.content
    assert "no-store" in answer.headers["Cache-Control"]
    token: str = answer.context["token"]
    assert token in answer.content.decode()
    return token


def test_a_person_makes_a_token_of_their_own_and_sees_it_once(rex: User) -> None:
    client = desk_of(rex)
    token = new_token(client, rex)
    listed = client.get("/admin/reviews/accesstoken/").content.decode()
    assert "a script" in listed
    row = AccessToken.objects.get()
    shown = client.get(f"/admin/reviews/accesstoken/{row.pk}/change/").content.decode()
    for page in (listed, shown):
        assert token not in page
        assert row.token_key not in page
    assert token not in str(dict(client.session))


def test_a_person_ends_a_token_of_their_own_and_no_other(rex: User, vera: User) -> None:
    make_token(rex)
    theirs = AccessToken.objects.create(user=vera)[0]
    mine = AccessToken.objects.get(user=rex)
    client = desk_of(rex)
    assert client.post(f"/admin/reviews/accesstoken/{theirs.pk}/delete/", {"post": "yes"}).status_code == 302
    assert client.get(f"/admin/reviews/accesstoken/{theirs.pk}/change/").status_code == 302
    assert client.post(f"/admin/reviews/accesstoken/{mine.pk}/delete/", {"post": "yes"}).status_code == 302
    assert AccessToken.objects.get() == theirs


@pytest.mark.parametrize("group", ["viewer", "reviewer", "approver", "editor", "administrator"])
def test_nobody_makes_a_token_for_another_person(group: str, vera: User) -> None:
    client = desk_of(person("someone", group))
    assert client.post("/admin/reviews/accesstoken/add/", {"user": vera.pk, "days": 5}).status_code == 400
    assert not AccessToken.objects.exists()


def test_an_administrator_makes_and_ends_the_tokens_of_a_machine(desk: Client, ingo: User, vera: User) -> None:
    new_token(desk, ingo)
    make_token(vera)
    listed = desk.get("/admin/reviews/accesstoken/").content.decode()
    assert "ingo" in listed
    for token in AccessToken.objects.all():
        desk.post(f"/admin/reviews/accesstoken/{token.pk}/delete/", {"post": "yes"})
    assert not AccessToken.objects.exists()


def test_an_editor_makes_none_for_a_machine(ada: User, ingo: User) -> None:
    assert desk_of(ada).post("/admin/reviews/accesstoken/add/", {"user": ingo.pk, "days": 5}).status_code == 400
    machine = person("loud", "reviewer")
    Account.objects.create(user=machine, machine=True)
    assert desk_of(ada).post("/admin/reviews/accesstoken/add/", {"user": machine.pk, "days": 5}).status_code == 400
