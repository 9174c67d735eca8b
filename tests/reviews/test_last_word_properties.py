"""Random merges, splits, moves and undos over articles that were really read: after each, the people's word is kept.

Re-matching moves nothing, the same articles taken in again change nothing, and whatever is forgotten and read and
matched anew comes out as people left it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from claims.errors import VerifierError
from claims.models import Claim, Mention
from claims.services import rematching
from reviews.services.regrouping import Regrouped
from reviews.services.verifying import verify
from tests.conftest import person
from tests.reviews.machines import RolledBack
from tests.reviews.test_last_word import STANDS, Desk, partition

number = st.integers(min_value=0, max_value=10_000)


class Newsroom(RolledBack):
    """One editor who regroups at random what three outlets wrote."""

    @initialize()
    def open(self) -> None:
        self.desk = Desk(person("ada", "editor"))
        self.mentions = set(Mention.objects.filter(**STANDS).values_list("pk", flat=True))
        self.last: Regrouped | None = None

    def live(self, which: int) -> Claim:
        found = Claim.objects.filter(merged_into__isnull=True, mentions__isnull=False).distinct().order_by("pk")
        return found[which % len(found)]

    def regroup(self, run: Callable[[], Regrouped]) -> None:
        before = partition()
        try:
            with transaction.atomic():
                self.last = run()
        except VerifierError:
            assert partition() == before, "what is refused moves nothing"

    @rule(one=number, other=number)
    def merge(self, one: int, other: int) -> None:
        source, target = self.live(one), self.live(other)
        self.regroup(lambda: self.desk.merge(source, target))

    @rule(which=number, chosen=st.sets(st.integers(min_value=0, max_value=5), min_size=1, max_size=3))
    def split(self, which: int, chosen: set[int]) -> None:
        claim = self.live(which)
        mentions = self.desk.mentions(claim)
        away = sorted({mentions[at % len(mentions)] for at in chosen})
        self.regroup(lambda: self.desk.split(claim, away)[1])

    @rule(one=number, other=number, which=number)
    def move(self, one: int, other: int, which: int) -> None:
        source, target = self.live(one), self.live(other)
        mentions = self.desk.mentions(source)
        self.regroup(lambda: self.desk.move(source, mentions[which % len(mentions)], target))

    @rule()
    def undo(self) -> None:
        if self.last is not None:
            self.desk.undo(self.last)
            self.last = None

    @rule()
    def read_everything_anew(self) -> None:
        """In a point of its own, so that the claims are there again for the next step."""
        before = partition()
        with transaction.atomic():
            self.desk.read_anew()
            assert partition() == before
            transaction.set_rollback(True)

    @invariant()
    def the_matcher_keeps_it(self) -> None:
        before = partition()
        assert rematching.rematch_story(self.desk.story.pk) == ()
        assert self.desk.take_in() == [False, False, False]
        self.desk.process()
        assert partition() == before

    @invariant()
    def no_mention_is_lost_and_no_history(self) -> None:
        assert (
            set(Mention.objects.filter(**STANDS, claim__merged_into__isnull=True).values_list("pk", flat=True))
            == self.mentions
        )
        assert verify().faults == ()


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_people_regroup_the_matcher_keeps() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=12,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
