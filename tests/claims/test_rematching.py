"""services.rematching: one result whatever the order of arrival; people's decisions stand."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import connections
from django.utils import timezone

from claims.models import Claim, MatchNote, Mention, Story
from claims.services import judgements, rematch_plan, rematching
from claims.services.matching import match
from claims.services.settling import settle
from tests.claims.newsroom import TELLINGS, edition, grouping, live, publish, story

pytestmark = pytest.mark.django_db
NOW = timedelta(0)


def partition() -> set[frozenset[int]]:
    return {frozenset(c.mentions.values_list("pk", flat=True)) for c in live()}


def scattered(home: Story) -> list[Mention]:
    """Return the mentions of one claim, each alone in a claim of its own."""
    rows = [
        publish(home, f"{home.title} {n}", [telling]).mentions.get() for n, telling in enumerate(TELLINGS["divers"])
    ]
    for row in rows:
        row.claim = Claim.objects.create(story=home, text=row.sentence)
        row.save(update_fields=["claim"])
    return rows


@pytest.mark.sqlite
def test_what_was_scattered_comes_together() -> None:
    home = story()
    scattered(home)
    assert len(rematching.rematch_story(home.pk)) == 3
    (claim,) = live()
    assert claim.mentions.count() == 3
    assert Claim.objects.filter(merged_into=claim).count() == 2


def test_a_story_too_large_for_a_task_stays_as_it_stands_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = story()
    scattered(home)
    before = partition()
    monkeypatch.setattr(rematch_plan, "MOST_MEETINGS", 0)
    assert rematching.rematch_story(home.pk) == ()
    assert partition() == before
    assert f"story {home.pk} is not re-matched: 3 mentions meet" in caplog.text
    assert rematching.due(quiet=NOW) == []


def test_a_story_at_rest_is_left_as_it_is() -> None:
    home, chance = story(), random.Random(5)  # noqa: S311
    for number in range(12):
        match(edition(home, number, chance).pk)
    rematching.rematch_story(home.pk)
    before = list(Claim.objects.order_by("pk").values())
    assert rematching.rematch_story(home.pk) == ()
    assert list(Claim.objects.order_by("pk").values()) == before


def test_ten_orders_of_arrival_give_nearly_one_result_and_rematching_gives_exactly_one() -> None:
    chance, home = random.Random(7), story()  # noqa: S311
    articles = [edition(home, number, chance).pk for number in range(16)]
    arrived, settled = [], []
    for _ in range(10):
        Mention.objects.update(claim=None)
        Claim.objects.all().delete()
        Story.objects.update(words={})
        chance.shuffle(articles)
        for article in articles:
            match(article)
        arrived.append(partition())
        rematching.rematch_story(home.pk)
        settled.append(partition())
    assert min(pair_f1(a, b) for a, b in combinations(arrived, 2)) >= 0.95
    assert all(result == settled[0] for result in settled)


def test_a_small_story_has_its_one_result_after_each_article_in_whatever_order_they_come() -> None:
    chance, home = random.Random(7), story()  # noqa: S311
    articles = [edition(home, number, chance).pk for number in range(8)]
    results = []
    for _ in range(3):
        Mention.objects.update(claim=None)
        Claim.objects.all().delete()
        Story.objects.update(words={})
        chance.shuffle(articles)
        for article in articles[:-1]:
            match(article)
            assert rematching.at_once(article) is None  # others of the story wait
        match(articles[-1])
        assert rematching.at_once(articles[-1]) == home.pk
        rematching.rematch_story(home.pk)
        results.append(partition())
    assert results[1:] == results[:-1]


def test_a_large_story_waits_for_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    article = edition(story(), 1, random.Random(7))  # noqa: S311
    match(article.pk)
    monkeypatch.setattr(rematching, "AT_ONCE", 2)
    assert rematching.at_once(article.pk) is None


def pair_f1(one: set[frozenset[int]], other: set[frozenset[int]]) -> float:
    pairs = [{p for group in side for p in combinations(sorted(group), 2)} for side in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))


def test_a_judgement_of_difference_outlives_rematching() -> None:
    home = story()
    rows = scattered(home)
    judgements.different(rows[0].pk, rows[1].pk, by=None, why="another harbour")
    rematching.rematch_story(home.pk)
    claims = dict(Mention.objects.values_list("pk", "claim_id"))
    assert claims[rows[0].pk] != claims[rows[1].pk]


def test_a_judgement_of_sameness_joins_what_no_machine_would() -> None:
    home = story()
    one = publish(home, "one", [TELLINGS["ferry"][0]])
    two = publish(home, "two", [TELLINGS["prize"][0]])
    for article in (one, two):
        match(article.pk)
    judgements.same(one.mentions.get().pk, two.mentions.get().pk, by=None)
    rematching.rematch_story(home.pk)
    assert len(live()) == 1


def test_a_decided_claim_is_never_merged_silently_it_gets_a_suggestion() -> None:
    home = story()
    rows = scattered(home)
    settle(rows[0].claim_id or 0)
    before = rows[0].claim_id
    rematching.rematch_story(home.pk)
    rows[0].refresh_from_db()
    assert rows[0].claim_id == before
    assert Mention.objects.filter(claim_id=before).count() == 1
    note = MatchNote.objects.get()
    assert (note.kind, note.claim_id) == (MatchNote.Kind.MERGE, before)


def test_a_decided_claim_is_never_split_silently_it_gets_a_suggestion() -> None:
    home = story()
    claim = Claim.objects.create(story=home, text="Two things at once.")
    for outlet, topic in (("one", "ferry"), ("two", "prize")):
        publish(home, outlet, [TELLINGS[topic][0]]).mentions.update(claim=claim)
    settle(claim.pk)
    rematching.rematch_story(home.pk)
    assert claim.mentions.count() == 2
    assert MatchNote.objects.get().kind == MatchNote.Kind.SPLIT
    rematching.rematch_story(home.pk)
    assert MatchNote.objects.count() == 1


def test_a_story_is_due_once_it_is_quiet_and_not_again() -> None:
    home = story()
    match(publish(home, "one", [TELLINGS["ferry"][0]]).pk)
    assert rematching.due() == []
    assert rematching.due(timezone.now() + timedelta(minutes=5)) == [home.pk]
    rematching.rematch_story(home.pk)
    assert rematching.due(quiet=NOW) == []


def test_a_run_over_everything_shows_its_progress_and_can_be_stopped_and_taken_up() -> None:
    for number in range(3):
        scattered(story(f"story {number}"))
    job = rematching.request()
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 1:
            rematching.stop(job.pk)

    assert rematching.run(job.pk, progress=watch).finished_at is None
    assert seen == [(1, 3)]
    rematching.resume(job.pk)
    assert rematching.run(job.pk).finished_at is not None
    assert len(live()) == 3


def test_a_run_ends_between_two_stories_when_its_time_is_up() -> None:
    for number in range(2):
        scattered(story(f"story {number}"))
    job = rematching.request()
    assert rematching.run(job.pk, go_on=iter([True, False]).__next__).done == 1


def test_the_same_run_is_not_asked_for_twice() -> None:
    assert rematching.request().pk == rematching.request().pk


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_rematching_beside_new_arrivals_loses_nothing() -> None:
    chance, home = random.Random(11), story()  # noqa: S311
    articles = [edition(home, number, chance).pk for number in range(60)]
    work = [(match, pk) for pk in articles] + [(rematching.rematch_story, home.pk)] * 12
    chance.shuffle(work)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_work, work))
    rematching.rematch_story(home.pk)
    assert not Mention.objects.filter(claim__isnull=True).exists()
    assert {topic: len(claims) for topic, claims in grouping().items()} == dict.fromkeys(grouping(), 1)
    assert len(live()) == len(grouping())


def _work(job: tuple[object, int]) -> None:
    step, pk = job
    assert callable(step)
    try:
        step(pk)
    finally:
        connections.close_all()


@pytest.mark.django_db
def test_a_story_rests_after_a_re_match_for_many_times_as_long_as_that_took() -> None:
    home = story()
    first = publish(home, "first", [TELLINGS["ferry"][0]])
    match(first.pk)
    assert rematching.at_once(first.pk) == home.pk
    rematching.rematch_story(home.pk)
    now = timezone.now()
    Story.objects.update(matched_at=now, rematched_at=now, rematch_began_at=now, rematch_seconds=3.0 + rematching.CHEAP)
    assert rematching.at_once(first.pk) is None
    assert rematching.due(now + timedelta(seconds=1)) == []
    Story.objects.update(matched_at=now + timedelta(seconds=40))
    assert rematching.due(now + timedelta(seconds=59)) == []
    assert rematching.due(now + timedelta(seconds=61)) == [home.pk]


@pytest.mark.django_db
def test_one_re_match_of_a_story_runs_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    home = story()
    match(publish(home, "first", [TELLINGS["ferry"][0]]).pk)
    runs: list[int] = []

    def once(story_id: int) -> tuple[int, ...]:
        runs.append(story_id)
        rematching.rematch_story(story_id)  # a second worker, at the same time
        return ()

    monkeypatch.setattr(rematching, "_rematch", once)
    rematching.rematch_story(home.pk)
    assert runs == [home.pk]
    rematching.rematch_story(home.pk)
    assert runs == [home.pk, home.pk]
    Story.objects.update(rematch_began_at=timezone.now(), rematch_ended_at=None)
    rematching.rematch_story(home.pk)
    assert len(runs) == 2
    Story.objects.update(rematch_began_at=timezone.now() - rematching.GIVEN_UP - timedelta(seconds=1))
    rematching.rematch_story(home.pk)
    assert len(runs) == 3
