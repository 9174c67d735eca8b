"""Tokens of the API: shown once, kept as hashes, noted when used, ended in time."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from reviews.models import AccessToken, Account
from reviews.services.tokens import make_token
from tests.conftest import person

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ME = "/api/v1/claims/"


def status_with(header: str) -> int:
    return APIClient().get(ME, HTTP_AUTHORIZATION=header).status_code


def test_a_token_signs_its_account_in_with_the_word_that_clients_have_always_sent(rex: User) -> None:
    token = make_token(rex)
    assert status_with(f"Token {token}") == 200
    assert status_with(f"token {token}") == 200
    assert status_with(f"Bearer {token}") == 401


def test_the_database_holds_no_token(rex: User) -> None:
    token = make_token(rex)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reviews_accesstoken")
        row = cursor.fetchone()
    assert token not in map(str, row)
    assert hashlib.sha512(token.encode()).hexdigest() in row


@pytest.mark.parametrize(
    "header",
    [
        "Token",
        "Token ",
        "Token a b",
        "Token x",
        f"Token {'0' * 64}",
        "Token \xff\xfe",
        f"Token {'é' * 30}",
        "Token a\0b",
    ],
)
def test_what_is_no_token_is_answered_401(header: str, rex: User) -> None:
    make_token(rex)
    assert status_with(header) == 401


@pytest.mark.parametrize("what", ["a letter less", "a letter more", "another end"])
def test_a_token_that_is_nearly_right_is_wrong(what: str, rex: User) -> None:
    token = make_token(rex)
    near = {"a letter less": token[:-1], "a letter more": token + "0", "another end": token[:15] + token[:49]}
    assert status_with(f"Token {near[what]}") == 401


def test_a_token_ends_in_its_time(rex: User, time_machine) -> None:
    token = make_token(rex, days=30)
    time_machine.move_to(timezone.now() + timedelta(days=29))
    assert status_with(f"Token {token}") == 200
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert status_with(f"Token {token}") == 401


def test_the_settings_say_how_long_a_token_lasts_where_nobody_else_does(rex: User, settings) -> None:
    settings.VERIFIER_TOKEN_DAYS = 7
    make_token(rex)
    assert (AccessToken.objects.get().expiry - timezone.now()).days == 6


def test_a_use_is_noted_and_many_in_a_row_cost_one_write(rex: User, time_machine) -> None:
    token = make_token(rex)
    assert AccessToken.objects.get().last_used_at is None
    status_with(f"Token {token}")
    first = AccessToken.objects.get().last_used_at
    assert first is not None
    status_with(f"Token {token}")
    assert AccessToken.objects.get().last_used_at == first
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    status_with(f"Token {token}")
    assert AccessToken.objects.get().last_used_at > first


def test_a_wrong_token_is_not_a_use(rex: User) -> None:
    token = make_token(rex)
    status_with(f"Token {token[:-1]}{'f' if token[-1] == '0' else '0'}")
    User.objects.filter(pk=rex.pk).update(is_active=False)
    status_with(f"Token {token}")
    assert AccessToken.objects.get().last_used_at is None


def test_a_token_that_somebody_else_made_is_good_for_a_machine_alone(ada: User, ingo: User, rex: User) -> None:
    assert (
        APIClient().get("/api/v1/articles/", HTTP_AUTHORIZATION=f"Token {make_token(ingo, by=ada)}").status_code == 200
    )
    assert status_with(f"Token {make_token(rex, by=ada)}") == 401
    assert status_with(f"Token {make_token(rex, by=rex)}") == 200
    token = make_token(rex, by=ada)
    mark = Account.objects.create(user=rex, machine=True)
    assert status_with(f"Token {token}") == 200
    mark.machine = False
    mark.save()
    assert status_with(f"Token {token}") == 401


def made(*arguments: str) -> str:
    out = StringIO()
    call_command("create_token", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_token_and_nothing_else(rex: User) -> None:
    printed = made("rex", "--days", "3", "--for", "the nightly export")
    assert printed.split() == [printed.strip()]
    assert status_with(f"Token {printed.strip()}") == 200
    row = AccessToken.objects.get()
    assert (row.user, row.name, round((row.expiry - row.created) / timedelta(days=1))) == (rex, "the nightly export", 3)


def test_two_tokens_of_one_account_live_beside_each_other(rex: User) -> None:
    first, second = made("rex").strip(), made("rex").strip()
    assert [status_with(f"Token {token}") for token in (first, second)] == [200, 200]


@pytest.mark.parametrize(("arguments", "why"), [(["nobody"], "no account"), (["rex", "--days", "0"], "from 1 to")])
def test_the_command_says_what_is_wrong(arguments: list[str], why: str, rex: User) -> None:
    with pytest.raises(CommandError, match=why):
        made(*arguments)


def test_no_token_is_made_for_an_account_that_is_switched_off(rex: User) -> None:
    User.objects.filter(pk=rex.pk).update(is_active=False)
    with pytest.raises(CommandError, match="not active"):
        made("rex")


def test_tokens_that_stood_in_clear_go_on_as_hashes(db: None) -> None:
    rex, old = person("rex", "reviewer"), "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE authtoken_token (key varchar(40) PRIMARY KEY, created timestamp, user_id bigint)")
        cursor.execute("INSERT INTO authtoken_token VALUES (%s, %s, %s)", [old, "2025-01-01 00:00:00", rex.pk])
    migration = import_module("reviews.migrations.0005_hash_old_tokens")
    editor = SimpleNamespace(connection=connection, execute=lambda sql: connection.cursor().execute(sql))
    migration.hash_them(apps, editor)
    assert status_with(f"Token {old}") == 200
    assert "authtoken_token" not in connection.introspection.table_names()
    assert old not in str(AccessToken.objects.values().get())
    migration.hash_them(apps, editor)
