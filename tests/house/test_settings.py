"""Settings fail loudly and name the variable; production has no insecure default."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.house.repository import ROOT
from verifier.env import Environment, kept_secret

PRODUCTION = {
    "VERIFIER_MODE": "production",
    "VERIFIER_SECRET_KEY": "a-long-random-text-0123456789-abcdefghijklmnopqrstuvwxyz",
    "VERIFIER_SITE_URL": "https://desk.example",
    "DATABASE_URL": "postgres://u:p@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def django(values: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env={**kept, **values}, capture_output=True, text=True
    )


@pytest.mark.parametrize("name", ["VERIFIER_SECRET_KEY", "VERIFIER_SITE_URL", "DATABASE_URL", "REDIS_URL"])
def test_production_does_not_start_without(name: str) -> None:
    without = {key: value for key, value in PRODUCTION.items() if key != name}
    done = django(without, "check")
    assert done.returncode != 0
    assert f"{name} is not set" in done.stderr


def test_production_passes_djangos_own_check_for_deployment() -> None:
    done = django(PRODUCTION, "check", "--deploy", "--fail-level=WARNING")
    assert done.returncode == 0, done.stderr


def test_gunicorn_alone_is_production(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", "import verifier.wsgi"], cwd=ROOT, env=kept, capture_output=True, text=True
    )
    assert "VERIFIER_SECRET_KEY is not set" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VERIFIER_MODE", "debug"),
        ("VERIFIER_FOUR_EYES", "maybe"),
        ("VERIFIER_PROXIES", "-1"),
        ("VERIFIER_LOG_LEVEL", "loud"),
        ("DATABASE_URL", "somewhere"),
        ("VERIFIER_EMAIL_URL", "somewhere"),
        ("VERIFIER_SITE_URL", "desk.example"),
        ("VERIFIER_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    done = django({**PRODUCTION, name: value}, "check")
    assert done.returncode != 0
    assert name in done.stderr


def test_empty_counts_as_not_set() -> None:
    with pytest.raises(ImproperlyConfigured, match="NAME is not set: why"):
        Environment({"NAME": " "}).required("NAME", "why")


def test_a_flag_is_never_a_silent_no() -> None:
    env = Environment({"A": "off", "B": "TRUE", "C": "nope"})
    assert (env.flag("A", default=True), env.flag("B", default=False), env.flag("D", default=True)) == (
        False,
        True,
        True,
    )
    with pytest.raises(ImproperlyConfigured, match="C='nope'"):
        env.flag("C", default=True)


def test_a_generated_secret_is_kept_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "secret"
    first = kept_secret(path)
    assert kept_secret(path) == first
    assert len(first) >= 50
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("value", ["off", "OFF", "no", "false", "0"])
def test_one_pair_of_eyes_is_switched_off_by_any_no(value: str) -> None:
    assert Environment({"VERIFIER_FOUR_EYES": value}).flag("VERIFIER_FOUR_EYES", default=True) is False
