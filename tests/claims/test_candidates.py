"""services.candidates: possible duplicates are offered, and what people say of them is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from claims.errors import JudgementConflict, MatchingError
from claims.models import Claim, Judgement, Mention, Story
from claims.services import judgements, regrouping, rematching
from claims.services.candidates import MOST_COMPARED, candidates_of, say_not_same
from claims.services.matching import match
from tests.claims.newsroom import live, story, told

pytestmark = pytest.mark.django_db

RAN_AGROUND = "The ferry Albatross ran aground on the Kestrel reef in thick fog."
GOT_STUCK = "In fog the Albatross got stuck on rocks of the Kestrel reef, with 40 crew."
PRIZE = "Violinist Odile Brandt won the Meridian prize."


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def two(db: None) -> tuple[Claim, Claim]:
    home = story()
    found = told(home, "a", RAN_AGROUND), told(home, "b", GOT_STUCK)
    assert found[0] != found[1]
    return found


def test_a_claim_that_may_be_the_same_is_offered_with_its_lines(two: tuple[Claim, Claim]) -> None:
    offers = candidates_of(two[0].pk)
    assert [o.claim for o in offers] == [two[1]]
    assert "kestrel" in " ".join(line.reason for line in offers[0].candidate.comparisons)


def test_it_is_offered_both_ways_and_strangers_are_not(two: tuple[Claim, Claim]) -> None:
    stranger = told(two[0].story, "c", PRIZE)
    assert [o.claim for o in candidates_of(two[1].pk)] == [two[0]]
    assert candidates_of(stranger.pk) == ()


@pytest.mark.parametrize(("days", "offered"), [(0, True), (10, True), (40, False)])
def test_a_claim_of_another_story_is_offered_where_the_days_fit(days: int, offered: bool) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    near, far = story("one"), story("two")
    Story.objects.filter(pk=near.pk).update(last_published_at=now)
    Story.objects.filter(pk=far.pk).update(last_published_at=now + timedelta(days=days))
    first, other = told(near, "a", RAN_AGROUND), told(far, "b", GOT_STUCK)
    Story.objects.filter(pk=near.pk).update(last_published_at=now)
    Story.objects.filter(pk=far.pk).update(last_published_at=now + timedelta(days=days))
    assert [o.claim for o in candidates_of(first.pk)] == ([other] if offered else [])


def test_what_is_not_the_same_is_not_offered_again_and_survives_matching_anew(
    two: tuple[Claim, Claim], ada: User
) -> None:
    say_not_same(two[0].pk, two[1].pk, by=ada, why="Another ship.")
    rematching.rematch_story(two[0].story_id)
    assert candidates_of(two[0].pk) == candidates_of(two[1].pk) == ()
    assert {c.pk for c in live()} == {c.pk for c in two}


def test_it_survives_a_new_reading_with_spans_a_little_moved(two: tuple[Claim, Claim], ada: User) -> None:
    say_not_same(two[0].pk, two[1].pk, by=ada)
    for claim in two:
        Mention.objects.filter(claim=claim).update(claim=None)
    Claim.objects.all().delete()
    for article in Mention.objects.values_list("article_id", flat=True).order_by("article_id"):
        match(article)
    anew = live()
    assert len(anew) == 2
    assert candidates_of(anew[0].pk) == ()


def test_saying_it_twice_changes_nothing(two: tuple[Claim, Claim], ada: User) -> None:
    assert say_not_same(two[0].pk, two[1].pk, by=ada) == say_not_same(two[0].pk, two[1].pk, by=ada)
    assert Judgement.objects.count() == 1


def test_what_people_put_together_is_not_kept_apart(two: tuple[Claim, Claim], ada: User) -> None:
    left, right = (Mention.objects.get(claim=claim) for claim in two)
    judgements.same(left.pk, right.pk, by=ada)
    with pytest.raises(JudgementConflict):
        say_not_same(two[0].pk, two[1].pk, by=ada)


def test_a_claim_is_not_judged_against_itself_nor_after_it_was_merged(two: tuple[Claim, Claim], ada: User) -> None:
    with pytest.raises(MatchingError):
        say_not_same(two[0].pk, two[0].pk, by=ada)
    regrouping.merge_claims(two[0].pk, two[1].pk, by=ada)
    assert candidates_of(two[0].pk) == ()
    with pytest.raises(MatchingError):
        say_not_same(two[0].pk, two[1].pk, by=ada)


def test_a_merge_takes_the_candidate_from_the_offers(two: tuple[Claim, Claim], ada: User) -> None:
    regrouping.merge_claims(two[0].pk, two[1].pk, by=ada)
    assert candidates_of(two[1].pk) == ()


def test_what_one_looks_at_is_bounded(two: tuple[Claim, Claim], django_assert_max_num_queries) -> None:
    assert MOST_COMPARED <= 100
    with django_assert_max_num_queries(24):
        candidates_of(two[0].pk)
