"""The whole path on the starter data: five articles in, few claims out, and how few witnesses stand behind them."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from claims.models import Article, Claim, Mention, Source, Story
from claims.services import inline
from claims.services.scoring import score
from seeds.loader import load

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _starter_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loaded and processed once for the whole file, and rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        for _ in inline.process():
            pass
        yield
        transaction.set_rollback(True)


@pytest.fixture
def claims(_starter_data: None, db: None) -> list[Claim]:
    living = Claim.objects.filter(merged_into__isnull=True)
    return list(living.select_related("assessment").prefetch_related("mentions__article", "mentions__speaker"))


def articles(claim: Claim) -> set[int]:
    return {m.article_id for m in claim.mentions.all()}


def about(claims: list[Claim], *words: str) -> list[Claim]:
    """Claims of which some mention has all these words, those of the most articles first."""
    found = [
        c for c in claims if any(all(w in (m.quote + m.sentence).lower() for w in words) for m in c.mentions.all())
    ]
    return sorted(found, key=lambda c: -len(articles(c)))


def test_the_number_of_chinese_fighters_is_one_claim_with_all_its_figures(claims: list[Claim]):
    holding = [c for c in claims if any(m.value == 163 for m in c.mentions.all())]
    assert len(holding) == 1
    claim = holding[0]
    figures = {(m.comparator, m.value) for m in claim.mentions.all() if m.value is not None}
    assert {(">", 100.0), (">", 150.0), ("=", 155.0), (">=", 163.0), ("=", 168.0)} <= figures
    assert len(articles(claim)) == 5


def test_five_articles_are_not_five_witnesses(claims: list[Claim]):
    claim = next(c for c in claims if any(m.value == 163 for m in c.mentions.all()))
    assert claim.assessment is not None
    assert claim.assessment.article_count == 5
    assert 1 <= claim.assessment.independent_origins <= 3


def test_north_korean_troops_are_another_claim_however_alike_the_words(claims: list[Claim]):
    for claim in about(claims, "north korean", "troops"):
        assert not any("chinese" in m.counted for m in claim.mentions.all())


@pytest.mark.parametrize(
    "words",
    [
        ("two chinese nationals", "captured"),
        ("aware",),
        ("verifying",),
        ("north korea", "troops"),
        ("combat",),
    ],
)
def test_what_several_outlets_report_is_one_claim_of_several_articles(claims: list[Claim], words: tuple[str, ...]):
    found = about(claims, *words)
    assert found, f"no claim about {words}"
    assert len(articles(found[0])) >= 2


def test_the_ministrys_rejection_is_a_denial(claims: list[Claim]):
    denials = Mention.objects.filter(stance=Mention.Stance.DENIES)
    assert denials.filter(sentence__icontains="rejected").exists()


def test_every_line_of_a_score_is_stored_and_they_sum_to_it(claims: list[Claim]):
    for claim in claims:
        assert claim.assessment is not None
        assert sum(line["log_odds"] for line in claim.assessment.contributions) == pytest.approx(
            claim.assessment.log_odds
        )


def test_loading_and_processing_again_changes_nothing(claims: list[Claim]):
    def state() -> tuple[object, ...]:
        counted = [m.objects.count() for m in (Source, Article, Story, Claim, Mention)]
        return *counted, list(Claim.objects.order_by("pk").values_list("pk", "text", "assessment_id"))

    before = state()
    assert load().new == 0
    for _ in inline.process():
        pass
    for claim in claims:
        score(claim.pk)
    assert state() == before


@pytest.mark.parametrize(
    ("who", "words"),
    [("Lin Jian", "were recruited by Russia"), ("China", "rejected any involvement"), ("China", "sends troops")],
)
def test_who_denies_what_is_read_as_a_denial(claims: list[Claim], who: str, words: str) -> None:
    (denial,) = Mention.objects.filter(quote__contains=words, stance=Mention.Stance.DENIES)
    assert denial.speaker is not None
    assert who in denial.speaker.canonical
    assert denial.towards == "denies"


@pytest.mark.parametrize("words", ["were recruited by Russia", "rejected any involvement"])
def test_a_denial_stands_with_the_claim_that_it_answers(claims: list[Claim], words: str) -> None:
    claim = Mention.objects.get(quote__contains=words, stance=Mention.Stance.DENIES).claim
    assert claim is not None
    assert claim.mentions.filter(stance=Mention.Stance.ASSERTS).exists()
    assert claim.assessment is not None
    assert "denial" in claim.assessment.explanation


def test_no_claim_of_the_showcase_is_asserted_by_a_mere_denial(claims: list[Claim]) -> None:
    rejected = Mention.objects.filter(quote__contains="rejected any involvement").select_related("claim__assessment")
    assert {mention.towards for mention in rejected} == {"denies"}
