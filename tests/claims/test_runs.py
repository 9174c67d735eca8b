"""Runs of re-matching and scores under load: what was lost is sent again, what is costly rests."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims import tasks
from claims.models import Assessment, Claim, Rematch, StoryJoin
from claims.services import rematching, scoring, steps
from claims.services.stories import join_stories
from tests.claims.newsroom import publish, story
from tests.claims.test_scoring import report

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=10)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What was published."""
    found: list[tuple[object, ...]] = []
    monkeypatch.setattr(steps, "send", lambda *words: found.append(words) or True)
    return found


def test_a_run_whose_task_was_lost_is_sent_again_once(sent: list[tuple[object, ...]]) -> None:
    job = Rematch.objects.create(total=3, done=1)
    now = timezone.now()
    assert rematching.resend_lost(now) == 0, "its task may still be at work"
    assert rematching.resend_lost(now + LATER) == 1
    assert sent == [(rematching.TASK, job.pk)]
    assert rematching.resend_lost(now + LATER) == 0


@pytest.mark.parametrize("values", [{"stop_requested": True}, {"finished_at": timezone.now()}])
def test_a_run_that_was_stopped_or_is_done_is_not_sent_again(
    values: dict[str, object], sent: list[tuple[object, ...]]
) -> None:
    Rematch.objects.create(**values)
    assert rematching.resend_lost(timezone.now() + LATER) == 0


def test_the_sweep_sends_runs_again(sent: list[tuple[object, ...]]) -> None:
    job = Rematch.objects.create()
    Rematch.objects.update(seen_at=timezone.now() - LATER)
    assert tasks.sweep()["runs"] == 1
    assert (rematching.TASK, job.pk) in sent


def test_a_run_is_asked_for_stopped_and_taken_up_from_the_command_line() -> None:
    home = story()

    def run(*words: object) -> str:
        out = StringIO()
        call_command("rematch", *map(str, words), stdout=out)
        return out.getvalue()

    assert "0 of 1" in run("--story", home.pk)
    job = Rematch.objects.get()
    assert "(stopped)" in run("--stop", job.pk)
    assert "(stopped)" not in run("--resume", job.pk)
    assert "0 of 1" in run()
    for words in (("--stop", 99), ("--resume", 99), ("--story", 99)):
        with pytest.raises(CommandError, match="There is no"):
            run(*words)


def test_a_story_that_was_joined_by_mistake_is_taken_out_from_the_command_line() -> None:
    kept, gone = story("Ferry aground"), story("Prize given")
    articles = [publish(home, home.title, ["The ferry Albatross ran aground."]) for home in (kept, gone)]
    join_stories(kept.pk, gone.pk, why="one event")
    call_command("unjoin", str(StoryJoin.objects.get().story_id), stdout=StringIO())
    for article in articles:
        article.refresh_from_db()
    assert {article.story_id for article in articles} == {kept.pk, gone.pk}
    assert set(Rematch.objects.values_list("story", flat=True)) == {kept.pk, gone.pk}
    with pytest.raises(CommandError, match="not joined"):
        call_command("unjoin", "99")


@pytest.mark.parametrize(("seconds", "rest"), [(0.1, 0.0), (0.5, 0.0), (2.0, 30.0), (None, 0.0)])
def test_a_claim_that_was_costly_to_score_rests_many_times_as_long(seconds: float | None, rest: float) -> None:
    claim = Claim.objects.create(text="The mine was closed.")
    report(claim, "north.example")
    made = scoring.score(claim.pk)
    copy = Assessment.objects.create(
        claim=claim, version=2, evidence_version=0, algorithm="x", probability=0.5, log_odds=0.0,
        independent_origins=1, suggested="unverified", explanation="x", seconds=seconds,
    )  # fmt: skip
    Claim.objects.filter(pk=claim.pk).update(assessment=copy)
    assert made.seconds is not None
    assert scoring.rested(claim.pk, copy.created_at + timedelta(seconds=rest + 0.1))
    assert scoring.rested(claim.pk, copy.created_at + timedelta(seconds=rest - 0.1)) == (rest == 0.0)


def test_a_job_leaves_a_claim_that_rests_to_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    tired, fresh = (Claim.objects.create(text=f"The mine {n} was closed.", evidence_version=1) for n in range(2))
    for claim in (tired, fresh):
        report(claim, "north.example")
    monkeypatch.setattr(scoring, "rested", lambda pk: pk != tired.pk)
    tasks.score_claims([tired.pk, fresh.pk])
    assert steps.unscored() == [tired.pk]


def test_a_claim_that_nobody_has_scored_has_rested() -> None:
    assert scoring.rested(Claim.objects.create(text="The mine was closed.").pk)
    assert scoring.rested(99)
