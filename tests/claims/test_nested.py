"""services.nested: a statement inside a mention rests until another article states it, and rests again without it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Article, Claim, Mention, Source, Story
from claims.services import correcting, editing, judgements, nested, rematching, rereading
from claims.services.extraction import extract
from claims.services.matching import match
from claims.services.settling import settle
from tests.claims.newsroom import live

pytestmark = pytest.mark.django_db

FERRY = (
    "The ferry Albatross, which was built in Ember in 1974, sank off the Kestrel reef on Sunday with 40 tons of salt."
)
BUILT = "The ferry Albatross was built in Ember in 1974."


def published(home: Story, outlet: str, text: str) -> Article:
    source, _ = Source.objects.get_or_create(key=outlet, defaults={"name": outlet})
    made = Article.objects.create(
        source=source, story=home, title=outlet, text=text, content_hash=f"{outlet:0<64}", published_at=timezone.now()
    )
    extract(made.pk)
    match(made.pk)
    return made


def inner(article: Article, words: str = "built") -> Mention:
    """The nested statement of an article with these words; the longest of several."""
    rows = Mention.objects.filter(article=article, part_of__isnull=False, quote__contains=words)
    return max(rows, key=lambda m: len(m.quote))


@pytest.fixture
def home() -> Story:
    return Story.objects.create(title="Kestrel reef")


@pytest.mark.sqlite
def test_nested_statements_are_kept_at_rest_and_seen_in_no_list(home: Story) -> None:
    ferry = published(home, "gazette", FERRY)
    row = inner(ferry)
    assert row.part_of is not None
    assert row.part_of.quote.startswith("The ferry Albatross, which")
    assert (row.claim, row.retired_at is None) == (None, False)
    assert not rematching.rematch_story(home.pk)
    assert len(live()) == 1


@pytest.mark.sqlite
def test_one_becomes_part_of_the_claim_that_another_article_states(home: Story) -> None:
    ferry, yard = published(home, "gazette", FERRY), published(home, "herald", BUILT)
    before = len(live())
    rematching.rematch_story(home.pk)
    row = inner(ferry)
    assert row.retired_at is None
    assert row.claim == yard.mentions.get(part_of=None).claim
    assert row.claim != row.part_of.claim  # type: ignore[union-attr]
    assert len(live()) == before


def test_matching_again_changes_nothing(home: Story) -> None:
    published(home, "gazette", FERRY)
    published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    before = list(Claim.objects.order_by("pk").values())
    assert rematching.rematch_story(home.pk) == ()
    assert list(Claim.objects.order_by("pk").values()) == before


@pytest.mark.sqlite
def test_it_rests_again_when_the_other_article_is_withdrawn(home: Story) -> None:
    ferry, yard = published(home, "gazette", FERRY), published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    correcting.withdraw(yard.pk, by=None, why="The outlet took it back.")
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim is None
    correcting.restore(yard.pk, by=None, why="It stands after all.")
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim is not None


def test_a_claim_that_nested_statements_alone_have_opened_closes_into_the_parents_when_they_rest(home: Story) -> None:
    first = published(home, "gazette", FERRY)
    second = published(
        home,
        "herald",
        "The ferry Albatross, which was built in Ember in 1974, was to be sold to a firm in Tarn in May.",
    )
    rematching.rematch_story(home.pk)
    claim = inner(first).claim
    assert claim is not None
    assert claim == inner(second).claim
    correcting.withdraw(second.pk, by=None, why="The outlet took it back.")
    rematching.rematch_story(home.pk)
    claim.refresh_from_db()
    assert claim.merged_into in {first.mentions.get(part_of=None).claim, second.mentions.get(part_of=None).claim}


def test_one_that_people_have_placed_stays(home: Story) -> None:
    ferry, yard = published(home, "gazette", FERRY), published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    row = inner(ferry)
    judgements.same(row.pk, yard.mentions.get(part_of=None).pk, by=None)
    correcting.withdraw(yard.pk, by=None, why="The outlet took it back.")
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim == row.claim


def test_one_in_a_decided_claim_stays(home: Story) -> None:
    ferry, yard = published(home, "gazette", FERRY), published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    row = inner(ferry)
    settle(row.claim_id or 0)
    correcting.withdraw(yard.pk, by=None, why="The outlet took it back.")
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim == row.claim


def test_people_keep_it_out_of_a_claim(home: Story) -> None:
    ferry, yard = published(home, "gazette", FERRY), published(home, "herald", BUILT)
    judgements.different(inner(ferry).pk, yard.mentions.get(part_of=None).pk, by=None)
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim != yard.mentions.get(part_of=None).claim


def test_one_that_a_person_said_is_no_claim_is_never_promoted_again(home: Story, ada: User) -> None:
    ferry = published(home, "gazette", FERRY)
    published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    row = inner(ferry)
    editing.mark_no_claim(row.pk, by=ada, why="It is scenery.")
    rematching.rematch_story(home.pk)
    assert inner(ferry).claim is None
    assert row.pk not in {m.pk for m in nested.resting()}


def test_reading_again_keeps_the_rows_and_lets_no_nested_statement_into_a_list(home: Story) -> None:
    ferry = published(home, "gazette", FERRY)
    published(home, "herald", BUILT)
    before = set(Mention.objects.filter(article=ferry).values_list("pk", "part_of", "retired_at"))
    done = rereading.reread(ferry.pk)
    assert (done.stayed, done.added, done.retired) == (1, 0, 0)
    assert set(Mention.objects.filter(article=ferry).values_list("pk", "part_of", "retired_at")) == before


def test_one_that_was_promoted_stays_so_when_its_article_is_read_again(home: Story) -> None:
    ferry = published(home, "gazette", FERRY)
    published(home, "herald", BUILT)
    rematching.rematch_story(home.pk)
    claim = inner(ferry).claim
    rereading.reread(ferry.pk)
    assert inner(ferry).claim == claim is not None


def test_the_article_page_shows_it_folded_under_its_parent(home: Story, client: Client, ada: User) -> None:
    ferry = published(home, "gazette", FERRY)
    client.force_login(ada)
    page = client.get(f"/admin/claims/article/{ferry.pk}/change/").content.decode()
    assert "inside it</summary>" in page
    assert inner(ferry).quote[:40] in page
    assert 'What it states <span class="count">1</span>' in page
