"""``manage.py verify_history``: prove that the history of the reviews is whole, or name the first broken line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reviews.services.verifying import verify


class Command(BaseCommand):
    help = "Prove that nobody has changed the history of the reviews, or name the first broken line of each chain."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", default="", help="the hash of a seal that you kept: it has to be there still")

    def handle(self, *args: Any, **options: Any) -> None:
        proof = verify(options["anchor"])
        for fault in proof.faults:
            self.stderr.write(f"{fault.where}: {fault.what}")
        if proof.faults:
            raise CommandError(
                f"The history is broken in {len(proof.faults)} places; the first: {proof.faults[0].where}."
            )
        self.stdout.write(
            f"The history is whole: {proof.events} events of {proof.reviews} reviews, {proof.seals} seals."
        )
        if proof.newest:
            self.stdout.write(f"Newest seal: {proof.newest}")
