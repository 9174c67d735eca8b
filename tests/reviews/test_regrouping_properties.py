"""Random merges, splits, moves and undos: no mention is lost, none is in two claims, no history is lost."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import suppress

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from claims.errors import VerifierError
from claims.models import Claim, Mention, Regrouping
from reviews.models import Review, ReviewEvent
from reviews.services import Order, act
from reviews.services.regrouping import Regroup, Regrouped, merge, move, outcomes, split, undo
from reviews.services.verifying import verify
from reviews.workflow import Action, Status
from tests.conftest import person
from tests.reviews.conftest import bring_to, new_claim
from tests.reviews.machines import RolledBack

STATUSES = [Status.UNVERIFIED, Status.IN_REVIEW, Status.PROPOSED, Status.CORROBORATED, Status.DISMISSED]
number = st.integers(min_value=0, max_value=10_000)


class Desk(RolledBack):
    """An editor who regroups at random, and a reviewer who takes and releases in between."""

    @initialize(statuses=st.lists(st.sampled_from(STATUSES), min_size=3, max_size=4))
    def open(self, statuses: list[Status]) -> None:
        self.ada, self.rex = person("ada", "editor"), person("rex", "reviewer")
        vera = person("vera", "approver")
        for status in statuses:
            bring_to(status, new_claim(outlets=2), self.rex, vera)
        self.mentions = {row["id"]: row for row in Mention.objects.values("id", "quote", "start", "end", "article_id")}
        self.history: dict[int, str] = {}
        self.undoable: tuple[int, list[tuple[object, ...]]] | None = None

    def live(self, which: int) -> Review:
        found = Review.objects.filter(claim__merged_into__isnull=True).order_by("id")
        return found[which % len(found)]

    def snapshot(self) -> list[tuple[object, ...]]:
        """What an undo has to bring back: where each mention is, and where each review stands."""
        where = Mention.objects.order_by("id").values_list("id", "claim_id")
        stands = Review.objects.order_by("id").values_list(
            "claim_id", "status", "assignee_id", "verdict", "rationale", "proposer_id", "approver_id", "recheck_at"
        )
        merged = Claim.objects.order_by("id").values_list("id", "merged_into_id")
        return [*where, *stands, *merged]

    def regroup(self, run: Callable[[], Regrouped]) -> None:
        before = self.snapshot()
        try:
            with transaction.atomic():
                done = run()
        except VerifierError:
            assert self.snapshot() == before, "what is refused writes nothing"
        else:
            self.undoable = (done.id, before)

    @rule(one=number, other=number, outcome=number, preview=st.booleans())
    def merge(self, one: int, other: int, outcome: int, preview: bool) -> None:
        source, target = self.live(one), self.live(other)
        choices = outcomes(source, target)
        how = Regroup("same", choices[outcome % len(choices)], preview=preview)
        if preview:
            before = self.snapshot()
            with suppress(VerifierError):
                merge(source.claim_id, target.claim_id, self.ada, how)
            assert self.snapshot() == before, "a preview writes nothing"
        else:
            self.regroup(lambda: merge(source.claim_id, target.claim_id, self.ada, how))

    @rule(which=number, how_many=st.integers(min_value=1, max_value=3))
    def split(self, which: int, how_many: int) -> None:
        review = self.live(which)
        chosen = [*review.claim.mentions.order_by("id").values_list("id", flat=True)[:how_many]]
        self.regroup(lambda: split(review.claim_id, chosen, self.ada, Regroup("another one")))

    @rule(one=number, other=number)
    def move(self, one: int, other: int) -> None:
        source, target = self.live(one), self.live(other)
        mention = source.claim.mentions.order_by("id").values_list("id", flat=True).last()
        if mention is not None:
            self.regroup(lambda: move(source.claim_id, mention, target.claim_id, self.ada, Regroup("belongs there")))

    @rule()
    def undo_the_last(self) -> None:
        if self.undoable is None:
            return
        regrouping, before = self.undoable
        undo(regrouping, self.ada, Regroup("it was a mistake"))
        after = self.snapshot()
        assert all(row in after for row in before), "the claim that a split made stays, empty; all else is as it was"
        self.undoable = None

    @rule(which=number)
    def undo_any(self, which: int) -> None:
        found = Regrouping.objects.order_by("id")
        if found:
            regrouping = found[which % len(found)].pk
            self.regroup(lambda: undo(regrouping, self.ada, Regroup("it was a mistake")))
            self.undoable = None

    @rule(which=number)
    def take_and_release(self, which: int) -> None:
        review = self.live(which)
        if review.status == Status.UNVERIFIED:
            act(review.claim_id, self.rex, Order(Action.TAKE))
            self.undoable = None

    @invariant()
    def no_mention_is_lost_or_changed(self) -> None:
        now = {row["id"]: row for row in Mention.objects.values("id", "quote", "start", "end", "article_id")}
        assert now == self.mentions
        assert not Mention.objects.filter(claim__isnull=True).exists()

    @invariant()
    def no_mention_is_in_a_claim_that_was_merged_away(self) -> None:
        assert not Mention.objects.filter(claim__merged_into__isnull=False).exists()

    @invariant()
    def no_history_is_lost(self) -> None:
        now = dict(ReviewEvent.objects.values_list("id", "hash"))
        assert now.items() >= self.history.items()
        self.history = now
        assert verify().faults == ()

    @invariant()
    def every_live_claim_has_its_review(self) -> None:
        live = Claim.objects.filter(merged_into__isnull=True, review__isnull=True)
        assert not live.exists()


@pytest.fixture
def _quiet(db: None) -> Generator[None, None, None]:
    assert not User.objects.exists()
    yield
    assert not User.objects.exists(), "each run leaves the database as it found it"


@pytest.mark.slow
@pytest.mark.usefixtures("_quiet")
def test_random_merges_splits_moves_and_undos_lose_nothing() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
