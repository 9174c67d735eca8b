"""services.pairs and services.apart: possible duplicates are kept, and what people said of them is taken back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import tasks
from claims.errors import MatchingError
from claims.models import CandidatePair, Claim, Judgement, Mention
from claims.services import apart, pairs, regrouping
from claims.services.candidates import candidates_of, say_not_same
from tests.claims.newsroom import story, told

pytestmark = pytest.mark.django_db

AGROUND = "The ferry Albatross ran aground on the Kestrel reef in thick fog."
STUCK = "In fog the Albatross got stuck on rocks of the Kestrel reef, with 40 crew."
REEF = "Rocks of the Kestrel reef held the Albatross for a night."


@pytest.fixture
def ada(db: None) -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def two(db: None) -> tuple[Claim, Claim]:
    home = story()
    found = told(home, "a", AGROUND), told(home, "b", STUCK)
    assert found[0] != found[1]
    pairs.run()
    return found


def asked() -> list[set[int]]:
    return [{pair.claim_id, pair.other_id} for pair in pairs.questions()]


def test_what_is_kept_is_what_a_search_finds(two: tuple[Claim, Claim]) -> None:
    for claim in two:
        assert [
            (o.claim, round(o.candidate.score, 6), [line.reason for line in o.candidate.comparisons])
            for o in pairs.offers_of(claim.pk)
        ] == [
            (o.claim, round(o.candidate.score, 6), [line.reason for line in o.candidate.comparisons])
            for o in candidates_of(claim.pk)
        ]


def test_two_claims_that_find_each_other_are_one_question(two: tuple[Claim, Claim]) -> None:
    assert CandidatePair.objects.count() == 2
    assert asked() == [{two[0].pk, two[1].pk}]


def test_a_claim_is_looked_up_again_when_its_evidence_has_changed_and_not_before(two: tuple[Claim, Claim]) -> None:
    assert not pairs.due().exists()
    third = told(two[0].story, "c", REEF)
    assert third in pairs.due()
    assert [o.claim for o in pairs.offers_of(third.pk)] == [o.claim for o in candidates_of(third.pk)]  # not kept yet
    pairs.run()
    assert not pairs.due().exists()
    assert third in [o.claim for o in pairs.offers_of(two[0].pk)]


def test_a_run_stops_when_it_is_told_to_and_goes_on_later(two: tuple[Claim, Claim]) -> None:
    pairs.seek_again([claim.pk for claim in two])
    assert not pairs.run(go_on=lambda: False)
    assert pairs.due().count() == 2
    assert pairs.run()


def test_the_task_looks_for_what_is_due_and_leaves_it_to_the_one_that_is_at_it(two: tuple[Claim, Claim]) -> None:
    pairs.seek_again([two[0].pk])
    cache.add(tasks.SEEKING, "seeking")
    tasks.seek_candidates()
    assert pairs.due().exists()
    cache.delete(tasks.SEEKING)
    tasks.seek_candidates()
    assert not pairs.due().exists()


def test_a_fragment_and_what_was_merged_away_is_no_question(two: tuple[Claim, Claim], ada: User) -> None:
    Claim.objects.filter(pk=two[0].pk).update(fragment=True)
    assert asked() == []
    Claim.objects.filter(pk=two[0].pk).update(fragment=False)
    regrouping.merge_claims(two[0].pk, two[1].pk, by=ada)
    assert asked() == []


def test_after_an_undone_merge_it_is_asked_again(two: tuple[Claim, Claim], ada: User) -> None:
    done = regrouping.merge_claims(two[0].pk, two[1].pk, by=ada)
    pairs.run()
    regrouping.undo(done.pk, by=ada)
    pairs.run()
    assert asked() == [{two[0].pk, two[1].pk}]


def test_what_is_not_the_same_is_no_question_any_more(two: tuple[Claim, Claim], ada: User) -> None:
    say_not_same(two[0].pk, two[1].pk, by=ada)
    assert asked() == []
    pairs.seek_again([claim.pk for claim in two])
    pairs.run()
    assert asked() == []
    assert pairs.offers_of(two[0].pk) == ()


def test_what_was_said_not_to_be_the_same_is_listed_and_can_be_taken_back(two: tuple[Claim, Claim], ada: User) -> None:
    said = say_not_same(two[0].pk, two[1].pk, by=ada, why="Two ships.")
    for claim, other in (two, two[::-1]):
        (kept,) = apart.apart_from(claim.pk)
        assert (kept.claim, list(kept.judgements), kept.regrouped) == (other, said, False)
    assert apart.take_back(two[1].pk, two[0].pk, by=ada) == said
    assert apart.apart_from(two[0].pk) == ()
    assert Judgement.objects.get().withdrawn_by == ada
    pairs.run()
    assert asked() == [{two[0].pk, two[1].pk}]


def test_what_nobody_said_is_not_taken_back(two: tuple[Claim, Claim], ada: User) -> None:
    with pytest.raises(MatchingError, match="Nobody said"):
        apart.take_back(two[0].pk, two[1].pk, by=ada)


def test_what_a_split_keeps_apart_is_taken_back_by_its_undo_alone(ada: User) -> None:
    home = story()
    whole = told(home, "a", AGROUND)
    other = Mention.objects.exclude(claim=told(home, "c", STUCK)).first()
    assert other is not None
    Mention.objects.update(claim=whole)
    split = regrouping.split_claim(whole.pk, [other.pk], by=ada)
    (kept,) = apart.apart_from(whole.pk)
    assert (kept.claim.pk, kept.regrouped) == (split.target_id, True)
    with pytest.raises(MatchingError, match="undo that"):
        apart.take_back(whole.pk, split.target_id, by=ada)
    regrouping.undo(split.pk, by=ada)
    assert apart.apart_from(whole.pk) == ()


def test_the_best_question_costs_the_same_among_ten_thousand_claims(two: tuple[Claim, Claim]) -> None:
    first = Mention.objects.get(claim=two[0])
    Claim.objects.bulk_create([Claim(story=two[0].story, text=f"Claim {n}.") for n in range(10_000)])
    many = list(Claim.objects.exclude(pk__in=[claim.pk for claim in two]).values_list("pk", flat=True))
    CandidatePair.objects.bulk_create(
        [
            CandidatePair(claim_id=one, other_id=other, score=1.0, mention=first, other_mention=first)
            for one, other in pairwise(many)
        ]
    )
    with CaptureQueriesContext(connection) as captured:
        best = pairs.questions().first()
        assert best is not None
        pairs.offer_of(best, best.claim_id, pairs.context_for(best.claim))
    assert {best.claim_id, best.other_id} == {claim.pk for claim in two}
    assert len(captured) == 2
