"""``python -m verifier.prepare``: make the database of an embedded desk ready, in one process: each start costs."""

from __future__ import annotations

import argparse
import json
import os
import secrets
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

SAMPLE_USERS = {"ada": "editor", "rex": "reviewer", "vera": "approver", "sam": ""}


def sample_users(path: Path) -> None:
    """Make the sample users, with passwords of their own that are kept in ``path`` for ``./run up`` to print.

    Who exists with a password that we know keeps it.
    """
    known = json.loads(path.read_text()) if path.exists() else {}
    users = {}
    for name, group in SAMPLE_USERS.items():
        user, new = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": bool(group)})
        if new or name not in known:
            password = secrets.token_urlsafe(9)
            user.set_password(password)
            user.save(update_fields=["password"])
            if group:
                user.groups.add(apps.get_model("auth", "Group").objects.get_or_create(name=group)[0])
        else:
            password = known[name]["password"]
        users[name] = {"group": group, "password": password}
    path.touch(mode=0o600)
    path.write_text(json.dumps(users, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("users", type=Path, help="where the passwords of the sample users are kept")
    parser.add_argument("--seed", action="store_true", help="load the starter data")
    options = parser.parse_args()
    if settings.MODE != "embedded":
        raise CommandError("Sample users are for an embedded desk only.")
    call_command("migrate", interactive=False, verbosity=0)
    sample_users(options.users)
    if options.seed:
        call_command("seed")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verifier.settings")
    django.setup()
    main()
