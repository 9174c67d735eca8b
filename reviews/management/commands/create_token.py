"""``./run manage create_token NAME``: a token of the API for an account, printed once and alone."""

from __future__ import annotations

import argparse
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from reviews.errors import Invalid
from reviews.services.tokens import make_token


class Command(BaseCommand):
    help = "Make a token of the API for an account and print it, with nothing else. It cannot be shown again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--days", type=int, help="how long it lasts (VERIFIER_TOKEN_DAYS unless given)")
        parser.add_argument("--for", dest="name", default="", help="what it is for, as its owner will read it")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['username']}.")
        try:
            token = make_token(user, name=options["name"], days=options["days"])
        except Invalid as error:
            raise CommandError(error.message) from error
        self.stdout.write(token)
