"""services.rereading: an article is read anew; what people said of it is kept by its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.engine import types
from claims.models import Article, ArticleStep, Claim, Correction, Mention, StepName
from claims.services import editing, rereading, scoring, withdrawing
from claims.services.editing import Addition
from claims.services.inline import process
from claims.services.matching import match
from claims.services.replaying import replay
from claims.services.spoken import Figure, Said
from tests.claims.newsroom import TELLINGS, publish, story
from tests.claims.newsroom import read as described

pytestmark = pytest.mark.django_db

FERRY, DIVERS, PRIZE = TELLINGS["ferry"][0], TELLINGS["divers"][0], TELLINGS["prize"][0]


@pytest.fixture
def article() -> Article:
    made = publish(story(), "Aldham Post", [FERRY, DIVERS, PRIZE])
    match(made.pk)
    return made


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the engine will read of the article: given as pairs of words and what is read of them."""

    def will_read(article: Article, *found: tuple[str, dict[str, Any]]) -> None:
        mentions = []
        for words, values in found:
            start = article.text.index(words)
            span = types.Span(start, start + len(words))
            mentions.append(replace(described(words), span=span, sentence_span=span, **values))
        reading = types.Reading(str(article.pk), "en", tuple(mentions), types.Digest())
        monkeypatch.setattr(rereading, "read", lambda *_, **__: iter([reading]))

    return will_read


def told(words: str) -> Mention:
    return Mention.objects.get(quote=words)


def rows() -> Sequence[dict[str, Any]]:
    return list(Mention.objects.order_by("pk").values())


def test_reading_again_what_reads_the_same_changes_nothing(article: Article, engine: Any) -> None:
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    before, versions = rows(), list(Claim.objects.values_list("pk", "evidence_version"))
    done = rereading.reread(article.pk)
    assert (done.stayed, done.added, done.retired, done.unfit) == (3, 0, 0, ())
    assert (rows(), list(Claim.objects.values_list("pk", "evidence_version"))) == (before, versions)


def test_what_is_read_no_more_retires_and_comes_back_when_it_is_read_again(article: Article, engine: Any) -> None:
    row = told(FERRY)
    claim = row.claim
    engine(article, (DIVERS, {}), (PRIZE, {}))
    assert rereading.reread(article.pk).retired == 1
    assert not Mention.objects.filter(claim=claim).exists()
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    match(article.pk)
    row.refresh_from_db()
    assert (row.retired_at, row.claim is None, Mention.objects.count()) == (None, False, 3)


def test_what_is_read_for_the_first_time_is_matched(article: Article, engine: Any) -> None:
    ArticleStep.objects.filter(article=article, name=StepName.MATCH).update(attempts=2)
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}), ("in thick fog", {}))
    assert rereading.reread(article.pk).added == 1
    step = ArticleStep.objects.get(article=article, name=StepName.MATCH)
    assert (step.done_at, step.attempts) == (None, 0)


def test_a_correction_stays_and_the_machines_part_is_brought_up_to_date(
    article: Article, engine: Any, ada: User
) -> None:
    row = told(DIVERS)
    editing.correct_mention(row.pk, Said(figure=Figure(165)), by=ada, why="misread")
    engine(article, (FERRY, {}), (DIVERS, {"quantity": types.Quantity(150.0)}), (PRIZE, {}))
    rereading.reread(article.pk)
    row.refresh_from_db()
    assert (row.value, (row.read or {})["value"]) == (165, 150)


def test_a_correction_holds_where_the_new_reading_moved_a_little(article: Article, engine: Any, ada: User) -> None:
    row = told(DIVERS)
    editing.correct_mention(row.pk, Said(speaker="Harbour office"), by=ada, why="misread")
    shorter = DIVERS.removeprefix("At least ").removesuffix(".")
    engine(article, (FERRY, {}), (shorter, {}), (PRIZE, {}))
    done = rereading.reread(article.pk)
    assert (done.stayed, done.added, done.unfit) == (3, 0, ())
    row.refresh_from_db()
    assert row.speaker is not None
    assert (row.quote, row.speaker.canonical) == (DIVERS, "Harbour office")


def test_a_correction_where_nothing_is_read_any_more_stands_and_says_so(
    article: Article, engine: Any, ada: User
) -> None:
    row = told(DIVERS)
    done = editing.correct_mention(row.pk, Said(speaker="Harbour office"), by=ada, why="misread")
    engine(article, (FERRY, {}), (PRIZE, {}))
    assert rereading.reread(article.pk).unfit == (done.pk,)
    done.refresh_from_db()
    row.refresh_from_db()
    assert (bool(done.unfit_at), row.retired_at) == (True, None)
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    done.refresh_from_db()
    assert done.unfit_at is None


@pytest.mark.parametrize("words", [DIVERS, DIVERS.removesuffix(" for the harbour of Port Ember.")])
def test_no_reading_brings_back_what_is_no_claim(words: str, article: Article, engine: Any, ada: User) -> None:
    row = told(DIVERS)
    editing.mark_no_claim(row.pk, by=ada, why="junk")
    engine(article, (FERRY, {}), (words, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    match(article.pk)
    row.refresh_from_db()
    assert (row.claim, bool(row.retired_at), Mention.objects.count()) == (None, True, 3)


def test_a_mention_by_hand_stays_and_is_not_doubled(article: Article, engine: Any, ada: User) -> None:
    done = editing.add_mention(Addition(article.pk, quote="in thick fog"), by=ada, why="missed")
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    engine(article, (FERRY, {}), ("in thick fog", {"stance": types.Stance.DENIES}), (DIVERS, {}), (PRIZE, {}))
    assert rereading.reread(article.pk).added == 0
    row = Mention.objects.get(pk=done.mention_id)
    assert (row.stance, (row.read or {})["stance"], Mention.objects.count()) == ("asserts", "denies", 4)


def test_words_that_a_person_corrected_stay_theirs(article: Article, engine: Any, ada: User) -> None:
    row = told(FERRY)
    done = editing.correct_mention(row.pk, Said(), by=ada, why="x", quote="ran aground on the Kestrel reef")
    engine(article, (FERRY, {}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    standing = Mention.objects.filter(article=article, retired_at__isnull=True)
    assert [m.pk for m in standing.filter(sentence=FERRY)] == [done.mention_id]


def test_a_score_from_before_a_new_reading_can_still_be_repeated(article: Article, engine: Any) -> None:
    claim_id = told(FERRY).claim_id or 0
    scoring.score(claim_id)
    engine(article, (FERRY, {"factuality": types.Factuality.PLANNED}), (DIVERS, {}), (PRIZE, {}))
    rereading.reread(article.pk)
    scoring.score(claim_id)
    assert [replay(claim_id, version).difference for version in (1, 2)] == [0, 0]


def test_what_was_taken_back_is_what_the_machine_reads_now(article: Article, engine: Any, ada: User) -> None:
    row = told(DIVERS)
    done = editing.correct_mention(row.pk, Said(figure=Figure(165)), by=ada, why="misread")
    engine(article, (FERRY, {}), (DIVERS, {"quantity": types.Quantity(150.0)}), (PRIZE, {}))
    rereading.reread(article.pk)
    withdrawing.take_back(done.pk, by=ada)
    row.refresh_from_db()
    assert (row.value, row.read) == (150, None)


def test_a_mention_by_hand_gets_what_matching_compares(article: Article, ada: User) -> None:
    done = editing.add_mention(Addition(article.pk, quote="The ferry Albatross ran aground"), by=ada, why="missed")
    rereading.describe_mention(done.mention_id or 0)
    row = Mention.objects.get(pk=done.mention_id)
    assert "albatross" in {term.lower() for term in row.features["terms"]} | {row.features["subject"].lower()}
    assert row.claim is not None
    assert row.claim.keys.exists()


def test_the_engine_itself_reads_an_article_again(ada: User) -> None:
    text = "The council closed the bridge on Monday, the mayor said.\n\nAbout 212 people crossed it each day."
    made = publish(story(), "Aldham Post", [text])
    Mention.objects.filter(article=made).delete()
    list(process())
    row = Mention.objects.filter(article=made, value=212, part_of=None).get()
    editing.correct_mention(row.pk, Said(figure=Figure(210, comparator="~")), by=ada, why="misread")
    done = rereading.reread(made.pk)
    row.refresh_from_db()
    assert (done.added, done.retired, row.value) == (0, 0, 210)
    assert Correction.objects.filter(unfit_at__isnull=False).count() == 0
