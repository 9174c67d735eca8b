"""Signing in: whoever has the right password reads why they are not let in; whoever has not, learns nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from zeal import zeal_ignore

from tests.conftest import person

pytestmark = pytest.mark.django_db

WORDS = "a long one of many words"


def with_password(user: User) -> User:
    user.set_password(WORDS)
    user.save()
    return user


def told(name: str, password: str) -> str:
    answer = Client().post("/admin/login/", {"username": name, "password": password})
    assert answer.status_code == 200
    return " ".join(answer.context["form"].non_field_errors())


def test_a_stranger_with_a_right_password_reads_that_he_has_no_access(sam: User) -> None:
    with_password(sam)
    assert "no access to the desk" in told("sam", WORDS)
    assert "do not go together" in told("sam", "a wrong one")


def test_an_account_that_is_switched_off_is_told_so_with_the_right_password_alone(rex: User) -> None:
    with_password(rex)
    User.objects.filter(pk=rex.pk).update(is_active=False)
    assert "switched off" in told("rex", WORDS)
    assert "do not go together" in told("rex", "a wrong one")


def test_a_name_that_is_nobodys_reads_as_a_wrong_password(db: None) -> None:
    assert "do not go together" in told("nobody", WORDS)
    assert "do not go together" in told("x" * 150, WORDS)


def test_who_may_come_in_comes_in(rex: User) -> None:
    with_password(rex)
    assert Client().post("/admin/login/", {"username": "rex", "password": WORDS}).status_code == 302


@pytest.mark.parametrize("thing", ["claims/claim", "claims/source", "reviews/review", "reviews/reviewevent"])
def test_a_deletion_that_the_history_forbids_says_so(thing: str, ada: User, make_review) -> None:
    review, client = make_review(), Client()
    client.force_login(ada)
    found = {
        "claims/claim": review.claim_id,
        "reviews/review": review.pk,
        "reviews/reviewevent": review.events.get().pk,
    }
    number = found.get(thing) or review.claim.mentions.get().article.source_id
    answer = client.post(f"/admin/{thing}/{number}/delete/", {"post": "yes"})
    assert answer.status_code == 403
    assert "is deleted here: decisions rest on it" in answer.content.decode()


@pytest.mark.parametrize("how", ["page", "list"])
def test_an_account_in_the_history_is_not_deleted_and_the_page_says_why(how: str, make_review, rita: User) -> None:
    make_review("in_review")
    client = Client()
    client.force_login(person("adam", "administrator"))
    if how == "page":
        with zeal_ignore():  # the stock page asks for the user at hand again and again
            answer = client.post(f"/admin/auth/user/{rita.pk}/delete/", {"post": "yes"})
    else:
        given = {"action": "delete_selected", "_selected_action": [rita.pk], "post": "yes"}
        answer = client.post("/admin/auth/user/", given)
    shown = answer.content.decode()
    assert "nobody takes anything out of the history" in shown
    assert "Switch the account off instead" in shown
    assert User.objects.filter(pk=rita.pk).exists()
