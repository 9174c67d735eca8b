"""Notes of the matcher close when there is nothing left to do about them, and open again when there is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, MatchNote
from claims.services import judgements, regrouping, rematching
from claims.services.matching import match
from claims.services.settling import settle, unsettle
from tests.claims.newsroom import TELLINGS, publish, story

pytestmark = pytest.mark.django_db


def open_notes() -> list[tuple[str, int]]:
    return list(MatchNote.objects.filter(closed_at__isnull=True).values_list("kind", "claim_id"))


@pytest.fixture
def two() -> tuple[Claim, Claim]:
    """One claim in two, the first of which people have decided; re-matching suggests to merge them."""
    home = story()
    claims = []
    for number, telling in enumerate(TELLINGS["ferry"]):
        claim = Claim.objects.create(story=home, text=telling)
        publish(home, f"outlet {number}", [telling]).mentions.update(claim=claim)
        claims.append(claim)
    settle(claims[0].pk)
    rematching.rematch_story(home.pk)
    assert open_notes() == [("merge", claims[0].pk)]
    return claims[0], claims[1]


@pytest.fixture
def mixed() -> Claim:
    """A decided claim of two things at once; re-matching suggests to split it."""
    home = story()
    claim = Claim.objects.create(story=home, text="Two things at once.")
    for outlet, topic in (("one", "ferry"), ("two", "prize")):
        publish(home, outlet, [TELLINGS[topic][0]]).mentions.update(claim=claim)
    settle(claim.pk)
    rematching.rematch_story(home.pk)
    assert open_notes() == [("split", claim.pk)]
    return claim


@pytest.mark.parametrize("way", ["one into the other", "the other into the one"])
def test_a_suggestion_to_merge_closes_when_the_two_are_merged(way: str, two: tuple[Claim, Claim], ada: User) -> None:
    source, target = two if way == "one into the other" else reversed(two)
    regrouping.merge_claims(source.pk, target.pk, by=ada)
    assert open_notes() == []


def test_it_opens_again_when_the_merge_is_undone_and_the_story_matched_anew(
    two: tuple[Claim, Claim], ada: User
) -> None:
    done = regrouping.merge_claims(two[1].pk, two[0].pk, by=ada)
    regrouping.undo(done.pk, by=ada)
    rematching.rematch_story(two[0].story_id or 0)
    assert open_notes() == [("merge", two[0].pk)]
    assert MatchNote.objects.count() == 1


def test_it_closes_when_somebody_says_that_the_two_are_not_the_same(two: tuple[Claim, Claim], ada: User) -> None:
    judgements.different(two[0].mentions.get().pk, two[1].mentions.get().pk, by=ada)
    rematching.rematch_story(two[0].story_id or 0)
    assert open_notes() == []


def test_it_closes_when_the_claim_is_open_again_and_the_matcher_does_it_itself(two: tuple[Claim, Claim]) -> None:
    unsettle(two[0].pk)
    rematching.rematch_story(two[0].story_id or 0)
    assert open_notes() == []


def test_a_suggestion_to_split_closes_when_it_is_split(mixed: Claim, ada: User) -> None:
    regrouping.split_claim(mixed.pk, [mixed.mentions.order_by("pk")[0].pk], by=ada)
    assert open_notes() == []
    rematching.rematch_story(mixed.story_id or 0)
    assert open_notes() == []


def test_a_suggestion_that_still_holds_stays_open(mixed: Claim) -> None:
    rematching.rematch_story(mixed.story_id or 0)
    assert open_notes() == [("split", mixed.pk)]


def test_a_refusal_closes_when_its_judgement_is_taken_back(ada: User) -> None:
    home = story()
    first = publish(home, "one", [TELLINGS["ferry"][0]])
    match(first.pk)
    second = publish(home, "two", [TELLINGS["ferry"][1]])
    given = judgements.different(first.mentions.get().pk, second.mentions.get().pk, by=ada)
    match(second.pk)
    assert [kind for kind, _ in open_notes()] == ["refused"]
    judgements.withdraw(given.pk, by=ada)
    assert open_notes() == []
