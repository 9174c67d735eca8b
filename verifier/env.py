"""Reading the environment: every variable by name, and a loud, named failure when one is missing or wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


class Environment:
    """The environment variables that the settings ask for. Empty counts as not set."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        """Return the variable, or ``default`` where it is not set."""
        return self._values.get(name, "").strip() or default

    def required(self, name: str, meaning: str) -> str:
        """Return the variable.

        Raises:
            ImproperlyConfigured: it is not set; the message names it and says what it is for.
        """
        if value := self.text(name):
            return value
        raise ImproperlyConfigured(f"{name} is not set: {meaning}. docs/operations.md lists every setting.")

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Return one of ``choices``."""
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name}={value!r} is none of: {', '.join(choices)}.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes or no; anything that is neither is an error, never a silent no."""
        value = self.text(name).lower()
        if not value:
            return default
        if value not in TRUE | FALSE:
            raise ImproperlyConfigured(f"{name}={value!r} is neither true nor false.")
        return value in TRUE

    def number(self, name: str, default: int, *, least: int = 0) -> int:
        """Return a whole number of at least ``least``."""
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(f"{name}={value!r} is not a whole number of at least {least}.")
        return int(value)

    def items(self, name: str) -> list[str]:
        """Return a comma-separated list."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def database(self, name: str, default: str) -> dict[str, object]:
        """Return Django's settings of the database that the URL names."""
        url = self.text(name, default)
        try:
            config: dict[str, object] = environ.Env.db_url_config(url)
        except (ValueError, KeyError) as error:
            raise ImproperlyConfigured(f"{name} is not a database URL such as postgres://...") from error
        if not config.get("ENGINE") or not config.get("NAME"):
            raise ImproperlyConfigured(f"{name} is not a database URL such as postgres://...")
        return config

    def mail(self, name: str, default: str) -> dict[str, object]:
        """Return Django's ``EMAIL_`` settings for the mail server that the URL names."""
        try:
            config: dict[str, object] = environ.Env.email_url_config(self.text(name, default))
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(f"{name} is no mail server such as smtp+tls://user:password@host:587") from error
        return {key: value for key, value in config.items() if key.startswith("EMAIL_") and value is not None}


def kept_secret(path: Path) -> str:
    """Return the secret in ``path``, generated at the first call and readable by the owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(50))
        try:
            os.link(new, path)
        except FileExistsError:
            pass  # another process was faster: its secret stands
        finally:
            new.unlink()
    return path.read_text().strip()
