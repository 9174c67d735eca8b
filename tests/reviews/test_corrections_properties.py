"""Random corrections, new readings, new matchings, merges, undos and withdrawals: no correction is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from claims.engine import types
from claims.errors import VerifierError
from claims.models import Article, Claim, Correction, Mention, Regrouping
from claims.services import correcting, readings, rematching, rereading, scoring
from claims.services.editing import Addition
from claims.services.matching import match
from claims.services.spoken import Figure, Said
from reviews.models import Review
from reviews.services import editing
from reviews.services.editing import Edit
from reviews.services.regrouping import Regroup, merge, outcomes, split, undo
from reviews.services.verifying import verify
from tests.claims.newsroom import TELLINGS, publish, story
from tests.claims.newsroom import read as described
from tests.conftest import person
from tests.reviews.machines import RolledBack

number = st.integers(min_value=0, max_value=10_000)
said = st.builds(
    Said,
    speaker=st.sampled_from([None, "", "The harbour office", "Odile Brandt"]),
    stance=st.sampled_from([None, "asserts", "denies", "open"]),
    figure=st.sampled_from([None, Figure(7), Figure(160, 170, "~", "percent", "diver")]),
    no_figure=st.booleans(),
)
HOW, WHY = Edit("so it stands there"), Regroup("so it is")
Kind = Correction.Kind


class Desk(RolledBack):
    """An editor who does anything at random; what stands in ``expected`` must stand in the database, and no more."""

    @initialize()
    def open(self) -> None:
        self.ada, self.home = person("ada", "editor"), story()
        topics = sorted(TELLINGS)
        for outlet in range(3):
            sentences = [TELLINGS[topic][outlet % len(TELLINGS[topic])] for topic in topics[outlet : outlet + 3]]
            match(publish(self.home, f"paper-{outlet}", sentences).pk)
        self.score()
        self.expected: set[int] = set()

    def score(self) -> None:
        for claim_id in Claim.objects.filter(merged_into__isnull=True).values_list("pk", flat=True):
            scoring.score(claim_id)

    def mention(self, which: int) -> Mention:
        found = Mention.objects.order_by("pk")
        return found[which % len(found)]

    def article(self, which: int) -> Article:
        found = Article.objects.order_by("pk")
        return found[which % len(found)]

    def claim(self, which: int) -> Claim:
        found = Claim.objects.filter(merged_into__isnull=True).order_by("pk")
        return found[which % len(found)]

    def edit(self, run: Callable[[], Correction]) -> None:
        """Do it; what a new correction supersedes, or one taken back takes along, is no longer expected."""
        before = self.in_force()
        try:
            with transaction.atomic():
                done = run()
        except VerifierError:
            assert self.in_force() == before, "what is refused writes nothing"
            return
        along = Correction.objects.filter(mention=done.mention_id, claim=done.claim_id if not done.mention_id else None)
        if done.withdrawn_at is not None and done.kind == Kind.ADDED:
            along = Correction.objects.filter(mention=done.mention_id)
        elif done.mention_id is not None:
            along = Correction.objects.filter(mention=done.mention_id, kind=done.kind)
        self.expected -= set(along.values_list("pk", flat=True))
        if done.withdrawn_at is None:
            self.expected.add(done.pk)

    def in_force(self) -> set[int]:
        return set(Correction.objects.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))

    @rule(which=number, words=said)
    def correct(self, which: int, words: Said) -> None:
        self.edit(lambda: editing.correct_mention(self.mention(which).pk, words, self.ada, HOW))

    @rule(which=number, cut=st.integers(min_value=1, max_value=4))
    def correct_the_words(self, which: int, cut: int) -> None:
        row = self.mention(which)
        words = " ".join(row.quote.split()[cut:]) or row.quote
        self.edit(lambda: editing.correct_mention(row.pk, Said(), self.ada, HOW, quote=words))

    @rule(which=number)
    def no_claim(self, which: int) -> None:
        self.edit(lambda: editing.mark_no_claim(self.mention(which).pk, self.ada, HOW))

    @rule(which=number, claim=st.none() | number, begin=number, length=st.integers(min_value=1, max_value=5))
    def add(self, which: int, claim: int | None, begin: int, length: int) -> None:
        article = self.article(which)
        words = article.text.split()
        quote = " ".join(words[begin % len(words) :][:length])
        home = self.claim(claim).pk if claim is not None else None
        self.edit(lambda: editing.add_mention(Addition(article.pk, quote=quote, claim=home), self.ada, HOW))

    @rule(which=number, words=st.sampled_from(["In plain words.", "In other words."]))
    def word_a_claim(self, which: int, words: str) -> None:
        self.edit(lambda: editing.set_text(self.claim(which).pk, words, self.ada, HOW))

    @rule(which=number)
    def take_back(self, which: int) -> None:
        found = sorted(Correction.objects.values_list("pk", flat=True))
        if found:
            self.edit(lambda: editing.take_back(found[which % len(found)], self.ada, HOW))

    @rule(which=number, left_out=st.sets(st.integers(0, 3)), cut=st.integers(0, 3), figure=st.sampled_from([None, 3.0]))
    def read_again(self, which: int, left_out: set[int], cut: int, figure: float | None) -> None:
        article, start, found = self.article(which), 0, []
        for place, sentence in enumerate(article.text.split("\n")):
            words = sentence if place != cut else sentence.rstrip(".").rpartition(" ")[0]
            span = types.Span(start, start + len(words))
            start += len(sentence) + 1
            quantity = types.Quantity(figure) if figure else described(sentence).quantity
            if place not in left_out:
                one = replace(described(words), span=span, sentence_span=span, quantity=quantity)
                found.append(one)
        reading = types.Reading(str(article.pk), "en", tuple(found), types.Digest())
        with patch.object(rereading, "read", lambda *_, **__: iter([reading])):
            rereading.reread(article.pk)
            done = rereading.reread(article.pk)
        assert (done.added, done.retired) == (0, 0), "again is without effect"
        match(article.pk)
        self.score()

    @rule()
    def match_again(self) -> None:
        rematching.rematch_story(self.home.pk)
        self.score()

    @rule(one=number, other=number)
    def merge(self, one: int, other: int) -> None:
        source, target = self.claim(one), self.claim(other)
        reviews = [Review.objects.filter(claim=claim).first() for claim in (source, target)]
        outcome = outcomes(*reviews)[0] if all(reviews) else ""
        with suppress(VerifierError), transaction.atomic():
            merge(source.pk, target.pk, self.ada, replace(WHY, outcome=outcome))

    @rule(which=number)
    def split(self, which: int) -> None:
        claim = self.claim(which)
        chosen = list(claim.mentions.order_by("pk").values_list("pk", flat=True)[:1])
        with suppress(VerifierError), transaction.atomic():
            split(claim.pk, chosen, self.ada, WHY)

    @rule(which=number)
    def undo(self, which: int) -> None:
        found = Regrouping.objects.order_by("pk")
        if found:
            with suppress(VerifierError), transaction.atomic():
                undo(found[which % len(found)].pk, self.ada, WHY)

    @rule(which=number)
    def withdraw_or_restore(self, which: int) -> None:
        article = self.article(which)
        act = correcting.restore if article.withdrawn_at else correcting.withdraw
        act(article.pk, by=self.ada, why="so they said")
        match(article.pk)
        self.score()

    @invariant()
    def no_correction_is_lost_or_doubled(self) -> None:
        assert self.in_force() == self.expected

    @invariant()
    def every_mention_says_what_was_read_with_what_was_corrected_over_it(self) -> None:
        rows = list(Mention.objects.all())
        said_of = readings.in_force(rows)
        for row in rows:
            over: dict[str, object] = {}
            for kind in (Kind.ADDED, Kind.READING):
                if kind in said_of[row.pk]:
                    over |= {k: v for k, v in said_of[row.pk][kind].corrected.items() if k in readings.COLUMNS}
            assert readings.values_of(row, over) == over
            taken_back = row.retired_at is not None and not said_of[row.pk]  # an addition that is none any more
            assert taken_back or (row.read is not None) == bool(over)

    @invariant()
    def what_people_put_aside_counts_nowhere_and_what_they_added_counts(self) -> None:
        said_now = Correction.objects.filter(withdrawn_at__isnull=True)
        aside = set(said_now.filter(kind=Kind.NO_CLAIM).values_list("mention", flat=True))
        aside |= set(said_now.filter(replaces__isnull=False).values_list("replaces", flat=True))
        assert not Mention.objects.filter(pk__in=aside, claim__isnull=False).exists()
        assert not Mention.objects.filter(pk__in=aside, retired_at__isnull=True).exists()
        added = said_now.filter(kind__in=[Kind.ADDED, Kind.READING]).exclude(mention__in=aside)
        assert not added.filter(mention__claim__isnull=True, mention__article__withdrawn_at__isnull=True).exists()

    @invariant()
    def no_place_counts_twice(self) -> None:
        rows = Mention.objects.filter(retired_at__isnull=True).values_list("article", "start", "end")
        assert len(rows) == len(set(rows))
        assert not Mention.objects.filter(retired_at__isnull=False, claim__isnull=False).exists()
        assert not Mention.objects.filter(claim__merged_into__isnull=False).exists()

    @invariant()
    def a_claim_keeps_a_persons_words(self) -> None:
        for one in Correction.objects.filter(withdrawn_at__isnull=True, kind=Kind.TEXT).select_related("claim"):
            assert one.claim is not None
            assert one.claim.text == one.corrected["text"]
        assert Claim.objects.filter(read_text__isnull=False).count() == len(
            Correction.objects.filter(withdrawn_at__isnull=True, kind=Kind.TEXT)
        )

    @invariant()
    def the_history_proves_it(self) -> None:
        assert verify().faults == ()


@pytest.mark.slow
@pytest.mark.django_db
def test_random_corrections_readings_matchings_and_regroupings_lose_and_double_nothing() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
