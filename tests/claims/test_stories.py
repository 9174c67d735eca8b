"""Articles find their stories, whoever comes first; stories that are one are joined, and taken apart again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest

from claims.engine.types import Digest
from claims.models import Article, Claim, Source, Story, StoryJoin, StoryKey
from claims.services.stories import carry_out_joins, join_stories, place_article, unjoin_stories

pytestmark = pytest.mark.django_db

DAY = datetime(2025, 4, 9, 12, tzinfo=UTC)
FERRY = ("ferry", "capsize", "strait", "passenger", "coastguard", "rescue", "port", "captain", "lifejacket", "storm")
TRIAL = ("court", "trial", "minister", "bribe", "verdict", "prosecutor", "contract", "appeal", "judge", "witness")


def digest(words: tuple[str, ...], *names: str) -> dict[str, object]:
    found = Digest(
        terms=dict.fromkeys((*words, *names), 2),
        entities=dict.fromkeys(names, 2),
        places=names[:1],
        title_terms=words[:3],
        lead=words[:6],
    )
    return asdict(found)


def article(title: str, stored: dict[str, object] | None, *, days: int = 0) -> Article:
    source, _ = Source.objects.get_or_create(key="coast.example", defaults={"name": "The Coast"})
    return Article.objects.create(
        source=source,
        title=title,
        text=title,
        content_hash=f"{title}-{days}",
        digest=stored,
        published_at=DAY + timedelta(days=days),
    )


def ferry(title: str = "Ferry capsizes", *, days: int = 0) -> Article:
    return article(title, digest(FERRY, "marisol strait", "ada quill"), days=days)


def trial(title: str = "Minister on trial", *, days: int = 0) -> Article:
    return article(title, digest(TRIAL, "port vell", "otto brandt"), days=days)


def test_two_reports_of_one_event_share_a_story() -> None:
    first, second = place_article(ferry("Ferry capsizes")), place_article(ferry("Dozens rescued", days=1))
    assert first == second
    assert Story.objects.get().last_published_at == DAY + timedelta(days=1)


def test_another_event_opens_a_story_of_its_own() -> None:
    assert place_article(ferry()) != place_article(trial())


def test_an_event_of_the_same_kind_a_year_later_is_another_event() -> None:
    words = ("lagoon", "tourist", "engine", *FERRY[:5])
    later = article("Tourist boat sinks", digest(words, "cape lorn", "ruth vane"), days=400)
    assert place_article(ferry()) != place_article(later)


def test_placing_twice_changes_nothing() -> None:
    one = ferry()
    story = place_article(one)
    profile = Story.objects.get().profile
    assert place_article(one) == story
    assert Story.objects.get().profile == profile


def test_an_article_that_was_not_read_has_a_story_of_its_own() -> None:
    assert place_article(article("Nachrichten", None)) != place_article(article("Noticias", None))


def test_a_story_takes_its_first_title_and_the_dates_of_all() -> None:
    place_article(ferry("Ferry capsizes", days=3))
    story = place_article(ferry("Ferry missing", days=1))
    assert story.title == "Ferry capsizes"
    assert Story.objects.get().first_published_at == DAY + timedelta(days=1)


def test_joined_stories_keep_one_and_say_why() -> None:
    kept, gone = place_article(ferry()), place_article(trial())
    claim = Claim.objects.create(story=gone, text="The minister took a bribe")
    place_article(ferry("Dozens rescued", days=1))
    join = join_stories(gone.pk, kept.pk, why="the ferry's owner is on trial")
    claim.refresh_from_db()
    assert (join.into, join.story, claim.story) == (kept, gone, kept)
    assert Article.objects.filter(story=kept).count() == 3
    assert Story.objects.get(pk=gone.pk).merged_into == kept


def test_an_article_finds_the_story_that_is_left() -> None:
    for day in range(3):
        kept, gone = (
            place_article(ferry(f"Ferry report {day}", days=day)),
            place_article(trial(f"Trial day {day}", days=day)),
        )
    join_stories(kept.pk, gone.pk, why="one event")
    assert place_article(trial("Minister denies bribe", days=3)) == kept


def test_an_article_without_a_date_joins_a_story_long_past() -> None:
    story = place_article(ferry())
    undated = ferry("Ferry goes down", days=1)
    Article.objects.filter(pk=undated.pk).update(published_at=None)
    assert place_article(undated) == story


def test_a_dated_article_joins_a_story_without_dates() -> None:
    undated = ferry()
    Article.objects.filter(pk=undated.pk).update(published_at=None)
    story = place_article(undated)
    assert place_article(ferry("Ferry goes down", days=1)) == story


def test_a_join_taken_back_returns_what_came_with_it() -> None:
    kept, gone = place_article(ferry()), place_article(trial())
    place_article(ferry("Dozens rescued", days=1))
    claim = Claim.objects.create(story=gone, text="The minister took a bribe")
    join = unjoin_stories(join_stories(kept.pk, gone.pk, why="one event").pk)
    claim.refresh_from_db()
    assert claim.story == gone
    assert Article.objects.get(title="Minister on trial").story == gone
    assert Story.objects.get(pk=gone.pk).merged_into is None
    assert [m["article"] for m in Story.objects.get(pk=kept.pk).profile["members"]] == [
        str(pk) for pk in Article.objects.filter(story=kept).order_by("pk").values_list("pk", flat=True)
    ]
    assert StoryJoin.objects.get() == join


def test_a_join_is_taken_back_once() -> None:
    kept, gone = place_article(ferry()), place_article(trial())
    join = join_stories(kept.pk, gone.pk, why="one event")
    unjoin_stories(join.pk)
    with pytest.raises(ValueError, match="not in force"):
        unjoin_stories(join.pk)


def test_a_story_is_not_joined_with_itself() -> None:
    story = place_article(ferry())
    with pytest.raises(ValueError, match="cannot be joined"):
        join_stories(story.pk, story.pk, why="a slip")


def test_a_join_that_an_article_proposes_is_carried_out_once() -> None:
    one = place_article(ferry())
    two = Story.objects.create(title="Boat lost", profile=one.profile)
    other = ferry("Boat lost", days=1)
    Article.objects.filter(pk=other.pk).update(story=two)
    StoryKey.objects.bulk_create([StoryKey(story=two, key=k.key, day=k.day) for k in one.keys.all()])
    grown = place_article(ferry("Ferry and boat are one", days=1))
    assert carry_out_joins(grown.pk) == (one.pk,)
    assert carry_out_joins(grown.pk) == ()
    assert StoryJoin.objects.get().why == "“Ferry and boat are one” reports both"
    other.refresh_from_db()
    assert other.story == one


def test_what_a_person_took_apart_is_not_proposed_again() -> None:
    one = place_article(ferry())
    two = Story.objects.create(title="Boat lost", profile=one.profile)
    StoryKey.objects.bulk_create([StoryKey(story=two, key=k.key, day=k.day) for k in one.keys.all()])
    unjoin_stories(join_stories(one.pk, two.pk, why="a slip").pk)
    grown = place_article(ferry("Ferry and boat are one", days=1))
    assert carry_out_joins(grown.pk) == ()
    assert StoryJoin.objects.count() == 1
