"""Nothing is compared or worked out while the database waits: matching and scoring only write under their locks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from claims.engine.matching import claims as engine
from claims.models import Claim, Mention, StepName
from claims.services import matching, rematch_plan, rematching, scoring
from tests.claims import newsroom

pytestmark = pytest.mark.django_db(transaction=True)

Calls = list[bool]


def watch(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> Calls:
    """Return a list that grows with each call of a function: whether a transaction was open."""
    calls: Calls = []
    work: Callable[..., object] = getattr(module, name)

    def watched(*args: object, **options: object) -> object:
        calls.append(connection.in_atomic_block)
        return work(*args, **options)

    monkeypatch.setattr(module, name, watched)
    return calls


def editions(number: int) -> list[int]:
    home = newsroom.story()
    sentences = [tellings[0] for tellings in newsroom.TELLINGS.values()]
    return [newsroom.publish(home, f"paper-{n}", sentences[n % 3 :]).pk for n in range(number)]


def test_an_article_is_compared_before_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = editions(2)
    matching.match(first)
    compared = watch(monkeypatch, matching, "assign")
    assert matching.match(second)
    assert compared
    assert not any(compared)


def test_a_claim_is_scored_before_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    (article,) = editions(1)
    worked_out = watch(monkeypatch, scoring, "assess")
    for claim in matching.match(article):
        scoring.score(claim)
    assert worked_out
    assert not any(worked_out)


def test_a_story_is_matched_again_before_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    for article in editions(3):
        matching.match(article)
    grouped = watch(monkeypatch, rematch_plan, "group_all")
    rematching.rematch_story(newsroom.Story.objects.get().pk)
    assert grouped == [False]


def test_an_article_that_is_overtaken_is_compared_again_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = editions(2)
    place = matching.Round.place
    rounds: list[int] = []

    def overtaken(self: matching.Round) -> None:
        place(self)
        rounds.append(self.rows[0].article_id)
        if len(rounds) == 1:
            matching.match(first)

    monkeypatch.setattr(matching.Round, "place", overtaken)
    matching.match(second)
    assert rounds == [second, first, second]
    assert Mention.objects.filter(claim=None).count() == 0
    assert all(len(claims) == 1 for claims in newsroom.grouping().values())


def test_a_score_that_was_overtaken_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    (article,) = editions(1)
    claim, *_ = matching.match(article)
    of, versions = scoring.Scored.of, []

    def overtaken(claim_id: int, parameters: scoring.Parameters) -> scoring.Scored:
        found = of(claim_id, parameters)
        versions.append(Claim.objects.get(pk=claim_id).evidence_version)
        if len(versions) == 1:
            Claim.objects.filter(pk=claim_id).update(evidence_version=versions[0] + 1)
        return found

    monkeypatch.setattr(scoring.Scored, "of", overtaken)
    assert scoring.score(claim).evidence_version == versions[0] + 1
    assert versions == [versions[0], versions[0] + 1]


def test_one_claim_stated_again_and_again_is_compared_with_a_few_of_its_mentions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = newsroom.story()
    article = newsroom.publish(home, "paper", [newsroom.TELLINGS["ferry"][0]] * 60)
    pairs = watch(monkeypatch, engine, "compare")
    matching.match(article.pk)
    assert len(pairs) <= 60 * matching.CANDIDATES * 8
    assert article.steps.get(name=StepName.MATCH).done_at is not None
