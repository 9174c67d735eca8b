"""services.scoring: a claim's evidence becomes a new version of its assessment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.engine.agreement.parameters import ALGORITHM, DEFAULT
from claims.models import Article, Assessment, Claim, Mention, Origin, Source, SourceReliability, Speaker
from claims.services.scoring import score
from claims.signals import claim_assessed

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
TEXT = "The mine was closed on Monday after the flood."
# Each in other words, and each found out by the outlet itself: no copies, no bare restatements.
WORDINGS = (
    "The mine was closed on Monday after the flood, our reporter saw.",
    "Nobody has gone under ground there since the river broke in, miners told us.",
    "Managers have shut the old pit for good, a foreman told us.",
    "Water stands in every shaft and the gates are locked, our reporter saw.",
    "All work at the colliery ended when the dam gave way, its owner said in an interview.",
    "The last shift came up three days ago, a widow told us; there will be no other.",
    "Pumps could not save the works, which stay closed, our correspondent saw.",
)


def report(claim: Claim, outlet: str, *, speaker: str = "", stance: str = "asserts", **fields: object) -> Mention:
    """Add a mention of the claim in a new article of an outlet."""
    source, _ = Source.objects.get_or_create(key=outlet, defaults={"name": outlet})
    count = Article.objects.count()
    text = f"{WORDINGS[count % len(WORDINGS)]} ({count})"
    article = Article.objects.create(
        source=source,
        title=f"Report {count}",
        text=text,
        content_hash=f"{count:064d}",
        published_at=timezone.now(),
    )
    who = Speaker.objects.get_or_create(canonical=speaker, defaults={"kind": "person"})[0] if speaker else None
    mention = Mention.objects.create(
        article=article,
        claim=claim,
        start=0,
        end=len(text),
        quote=text,
        sentence=text,
        sentence_start=0,
        sentence_end=len(text),
        speaker=who,
        speaker_text=speaker,
        cue="said" if speaker else "",
        stance=stance,
        **fields,
    )
    claim.evidence_version += 1
    claim.save()
    return mention


@pytest.fixture
def claim() -> Claim:
    return Claim.objects.create(text=TEXT)


def test_a_claim_is_scored_with_its_origins_and_its_lines(claim: Claim) -> None:
    report(claim, "north.example", speaker="ana petrova")
    report(claim, "south.example", speaker="ana petrova")
    report(claim, "west.example", speaker="jun mori")
    result = score(claim.pk)
    claim.refresh_from_db()
    assert claim.assessment == result
    assert (result.version, result.independent_origins, result.mention_count, result.article_count) == (1, 2, 3, 3)
    assert sum(line["log_odds"] for line in result.contributions) == pytest.approx(result.log_odds)
    assert {o.key for o in Origin.objects.filter(claim=claim)} == {o["key"] for o in result.origins}
    assert Mention.objects.filter(claim=claim, origin__isnull=True).count() == 0


def test_the_assessment_names_its_algorithm_and_parameters(claim: Claim) -> None:
    report(claim, "north.example")
    result = score(claim.pk)
    assert (result.algorithm, result.parameters) == (ALGORITHM, DEFAULT.as_mapping())


def test_the_same_evidence_is_not_scored_twice(claim: Claim) -> None:
    report(claim, "north.example")
    assert score(claim.pk) == score(claim.pk)
    assert Assessment.objects.count() == 1


def test_new_evidence_makes_a_new_version_and_keeps_the_old_one(claim: Claim) -> None:
    report(claim, "north.example", speaker="ana petrova")
    first = score(claim.pk)
    report(claim, "south.example", speaker="jun mori")
    second = score(claim.pk)
    assert (first.version, second.version) == (1, 2)
    assert Assessment.objects.filter(pk=first.pk).exists()
    assert second.log_odds > first.log_odds


def test_other_parameters_make_a_new_version(claim: Claim) -> None:
    report(claim, "north.example")
    score(claim.pk)
    assert score(claim.pk, parameters=replace(DEFAULT, temperature=2.0)).version == 2


def test_an_origin_whose_evidence_went_is_removed(claim: Claim) -> None:
    report(claim, "north.example", speaker="ana petrova")
    moved = report(claim, "south.example", speaker="jun mori")
    score(claim.pk)
    Mention.objects.filter(pk=moved.pk).update(claim=Claim.objects.create(text="another"))
    Claim.objects.filter(pk=claim.pk).update(evidence_version=9)
    score(claim.pk)
    assert Origin.objects.filter(claim=claim).count() == 1


def test_a_known_source_weighs_by_its_reliability(claim: Claim) -> None:
    mention = report(claim, "north.example")
    plain = score(claim.pk)
    SourceReliability.objects.create(source=mention.article.source, agree=90, disagree=1)
    Claim.objects.filter(pk=claim.pk).update(evidence_version=9)
    known = score(claim.pk)
    assert known.log_odds > plain.log_odds
    assert known.origins[0]["reliability"] == {"agree": 90.0, "disagree": 1.0}


def test_scoring_says_so_inside_its_transaction(claim: Claim) -> None:
    heard: list[tuple[Claim, Assessment, bool]] = []

    def hear(sender: object, claim: Claim, assessment: Assessment, **_: object) -> None:
        heard.append((claim, assessment, connection.in_atomic_block))

    claim_assessed.connect(hear)
    try:
        report(claim, "north.example")
        result = score(claim.pk)
        score(claim.pk)
    finally:
        claim_assessed.disconnect(hear)
    assert heard == [(claim, result, True)]


def test_the_number_of_queries_does_not_grow_with_the_evidence(claim: Claim) -> None:
    def queries(mentions: int) -> int:
        for i in range(mentions):
            report(claim, f"outlet-{Article.objects.count()}.example", speaker=f"speaker {i}" if i % 2 else "")
        with CaptureQueriesContext(connection) as captured:
            score(claim.pk)
        return len(captured)

    score(claim.pk)
    few, many = queries(3), queries(30)
    removing_stale_origins = 3
    assert many <= few + removing_stale_origins


def test_a_new_mention_scores_its_claim_alone_whatever_else_the_desk_holds(claim: Claim) -> None:
    def queries() -> int:
        report(claim, f"outlet-{Article.objects.count()}.example")
        with CaptureQueriesContext(connection) as captured:
            score(claim.pk)
        return len(captured)

    queries()
    alone = queries()
    others = [Claim.objects.create(text=f"another, {i}") for i in range(12)]
    for other in others:
        report(other, "north.example", speaker="ana petrova")
        score(other.pk)
    stood = set(Assessment.objects.filter(claim__in=others).values_list("pk", "version"))
    assert queries() == alone
    assert set(Assessment.objects.filter(claim__in=others).values_list("pk", "version")) == stood


def test_a_claim_that_is_gone_is_an_error() -> None:
    with pytest.raises(Claim.DoesNotExist):
        score(1)
