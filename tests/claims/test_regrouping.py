"""services.regrouping: people merge, split and move; each is remembered, and each can be undone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.errors import JudgementConflict, MatchingError
from claims.models import Claim, Judgement, Mention, Regrouping
from claims.services import judgements, regrouping, rematching
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, live, publish, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims() -> dict[str, Claim]:
    """Two claims, of two mentions each."""
    home, found = story(), {}
    for topic in ("ferry", "prize"):
        for number, telling in enumerate(TELLINGS[topic]):
            (claim_id,) = match(publish(home, f"{topic} {number}", [telling]).pk)
        found[topic] = Claim.objects.get(pk=claim_id)
    return found


def held(claim: Claim) -> int:
    return Mention.objects.filter(claim=claim).count()


def test_a_merge_moves_every_mention_and_points_to_where_they_went(claims: dict[str, Claim], ada: User) -> None:
    ferry, prize = claims["ferry"], claims["prize"]
    record = regrouping.merge_claims(ferry.pk, prize.pk, by=ada, why="one event")
    ferry.refresh_from_db()
    assert (ferry.merged_into, held(ferry), held(prize)) == (prize, 0, 4)
    assert (record.by, record.why, len(record.moved)) == (ada, "one event", 2)


def test_regrouping_counts_up_the_evidence_of_both_claims(claims: dict[str, Claim], ada: User) -> None:
    regrouping.merge_claims(claims["ferry"].pk, claims["prize"].pk, by=ada)
    assert [Claim.objects.get(pk=c.pk).evidence_version for c in claims.values()] == [3, 3]


def test_rematching_respects_a_merge(claims: dict[str, Claim], ada: User) -> None:
    regrouping.merge_claims(claims["ferry"].pk, claims["prize"].pk, by=ada)
    rematching.rematch_story(claims["prize"].story_id or 0)
    assert [held(c) for c in live()] == [4]


def test_rematching_respects_a_split(claims: dict[str, Claim], ada: User) -> None:
    ferry = claims["ferry"]
    chosen = ferry.mentions.order_by("pk")[0].pk
    record = regrouping.split_claim(ferry.pk, [chosen], by=ada)
    rematching.rematch_story(ferry.story_id or 0)
    assert Mention.objects.get(pk=chosen).claim_id == record.target_id != ferry.pk
    assert sorted(held(c) for c in live()) == [1, 1, 2]


def test_rematching_respects_a_moved_mention(claims: dict[str, Claim], ada: User) -> None:
    chosen = claims["ferry"].mentions.order_by("pk")[0].pk
    regrouping.move_mention(chosen, claims["prize"].pk, by=ada)
    rematching.rematch_story(claims["ferry"].story_id or 0)
    assert sorted(held(c) for c in live()) == [1, 3]


@pytest.mark.parametrize("kind", ["merge", "split", "move"])
def test_undo_brings_back_what_was(claims: dict[str, Claim], ada: User, kind: str) -> None:
    before = dict(Mention.objects.values_list("pk", "claim_id"))
    ferry, prize = claims["ferry"], claims["prize"]
    one = ferry.mentions.order_by("pk")[0].pk
    record = {
        "merge": lambda: regrouping.merge_claims(ferry.pk, prize.pk, by=ada),
        "split": lambda: regrouping.split_claim(ferry.pk, [one], by=ada),
        "move": lambda: regrouping.move_mention(one, prize.pk, by=ada),
    }[kind]()
    regrouping.undo(record.pk, by=ada)
    assert dict(Mention.objects.values_list("pk", "claim_id")) == before
    assert {c.pk for c in live()} == {ferry.pk, prize.pk}
    assert not Judgement.objects.filter(withdrawn_at__isnull=True).exists()
    with pytest.raises(MatchingError, match="undone before"):
        regrouping.undo(record.pk, by=ada)


def test_a_merge_against_a_judgement_in_force_is_refused_and_changes_nothing(
    claims: dict[str, Claim], ada: User
) -> None:
    ferry, prize = claims["ferry"], claims["prize"]
    judgements.different(ferry.mentions.all()[0].pk, prize.mentions.all()[1].pk, by=ada)
    with pytest.raises(JudgementConflict):
        regrouping.merge_claims(ferry.pk, prize.pk, by=ada)
    assert (held(ferry), held(prize)) == (2, 2)
    assert not Regrouping.objects.exists()


@pytest.mark.parametrize("choice", ["none", "all", "foreign"])
def test_a_split_takes_some_and_not_all_of_the_claims_own_mentions(
    claims: dict[str, Claim], ada: User, choice: str
) -> None:
    ferry, prize = claims["ferry"], claims["prize"]
    ids = {"none": Mention.objects.none(), "all": ferry.mentions.all(), "foreign": prize.mentions.all()[:1]}[choice]
    with pytest.raises(MatchingError):
        regrouping.split_claim(ferry.pk, [m.pk for m in ids], by=ada)


def test_a_claim_that_was_merged_is_not_merged_again(claims: dict[str, Claim], ada: User) -> None:
    regrouping.merge_claims(claims["ferry"].pk, claims["prize"].pk, by=ada)
    with pytest.raises(MatchingError, match="was merged"):
        regrouping.merge_claims(claims["ferry"].pk, claims["prize"].pk, by=ada)
