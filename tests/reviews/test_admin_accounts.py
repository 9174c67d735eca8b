"""Accounts on the desk: who is a machine, and that nobody helps themselves to more than they have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from zeal import zeal_ignore

from reviews.models import Account
from reviews.people import person_of
from tests.conftest import person
from tests.reviews.conftest import MakeReview

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stock_pages() -> Iterator[None]:
    """Django's own pages ask for the user at hand again and again."""
    with zeal_ignore():
        yield


def page_of(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


@pytest.fixture
def adam(db: None) -> User:
    return person("adam", "administrator")


@pytest.fixture
def desk(adam: User) -> Client:
    client = Client()
    client.force_login(adam)
    return client


def fields(user: User, **given: object) -> dict[str, object]:
    """The form as a browser would send it back."""
    inline = {f"account-{name}_FORMS": value for name, value in (("TOTAL", 1), ("INITIAL", 0))}
    joined = {"date_joined_0": "2025-01-01", "date_joined_1": "00:00:00", "account-0-user": user.pk}
    groups = [*user.groups.values_list("pk", flat=True)]
    kept = {"username": user.username, "is_active": "on", "is_staff": "on", "groups": groups}
    return {**inline, **joined, **kept, **given}


def test_an_administrator_marks_an_account_as_a_machines(desk: Client, rex: User) -> None:
    assert 'name="account-0-machine"' in desk.get(page_of(rex)).content.decode()
    assert desk.post(page_of(rex), fields(rex, **{"account-0-machine": "on"})).status_code == 302
    assert Account.objects.get(user=rex).machine
    assert person_of(User.objects.get(pk=rex.pk)).machine


def test_an_administrator_makes_nobody_a_superuser(desk: Client, adam: User, rex: User) -> None:
    for user in (adam, rex):
        assert 'name="is_superuser"' not in desk.get(page_of(user)).content.decode()
        assert desk.post(page_of(user), fields(user, is_superuser="on")).status_code == 302
        assert not User.objects.get(pk=user.pk).is_superuser


def test_an_administrator_touches_no_superuser(desk: Client) -> None:
    root = User.objects.create_superuser("root", password="a long one of words")
    before = User.objects.filter(pk=root.pk).values().get()
    assert desk.post(page_of(root), fields(root, email="mine@desk.example")).status_code == 403
    new = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    assert desk.post(f"/admin/auth/user/{root.pk}/password/", new).status_code == 403
    assert desk.post(f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [root.pk], "post": "yes"})
    assert User.objects.filter(pk=root.pk).values().get() == before


def test_a_superuser_makes_another(adam: User) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    assert client.post(page_of(adam), fields(adam, is_superuser="on")).status_code == 302
    assert User.objects.get(pk=adam.pk).is_superuser


@pytest.mark.parametrize("group", ["viewer", "ingest", "reviewer", "approver", "editor"])
def test_nobody_else_opens_the_accounts(group: str, rex: User) -> None:
    client, me = Client(), person("someone", group)
    client.force_login(me)
    everything = Group.objects.get(name="administrator").pk
    for url in ("/admin/auth/user/", "/admin/auth/user/add/", page_of(me), page_of(rex), "/admin/auth/group/"):
        assert client.get(url).status_code == 403, url
    assert client.post(page_of(me), fields(me, groups=[everything])).status_code == 403
    assert client.post(f"/admin/auth/user/{rex.pk}/delete/", {"post": "yes"}).status_code == 403
    assert [g.name for g in me.groups.all()] == [group]


def test_an_account_that_is_in_the_history_is_not_deleted(desk: Client, make_review: MakeReview, rita: User) -> None:
    make_review("in_review")
    assert desk.post(f"/admin/auth/user/{rita.pk}/delete/", {"post": "yes"}).status_code in {200, 403}
    assert User.objects.filter(pk=rita.pk).exists()
