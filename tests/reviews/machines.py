"""What the property-based tests of the desk share: Hypothesis runs a machine many times within one test."""

from __future__ import annotations

from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine


class RolledBack(RuleBasedStateMachine):
    """A machine of which each run finds the database as the test has set it up."""

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
