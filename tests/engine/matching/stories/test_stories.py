"""Articles find the event that they report, online, whatever else is being reported."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine.matching.stories import (
    Background,
    Placed,
    Stories,
    StoryProfile,
    general,
    member,
    place,
    same_event,
    story_keys,
    terms_of,
)
from claims.engine.matching.stories.comparisons import COMPARISONS, fitted, values
from claims.engine.matching.stories.profile import MOST_MEMBERS, days_of
from claims.engine.types import Digest

DAY = datetime(2025, 4, 9, tzinfo=UTC)  # a Wednesday
FERRY = (
    "ferry",
    "capsize",
    "strait",
    "passenger",
    "coastguard",
    "rescue",
    "harbour",
    "captain",
    "lifejacket",
    "squall",
)
TRIAL = ("court", "trial", "minister", "bribe", "verdict", "prosecutor", "contract", "appeal", "judge", "witness")


def digest(words: tuple[str, ...], *names: str, dates: tuple[str, ...] = (), numbers: tuple[str, ...] = ()) -> Digest:
    return Digest(
        terms=dict.fromkeys((*words, *names), 2),
        entities=dict.fromkeys(names, 2),
        places=names[:1],
        title_terms=words[:3],
        lead=words[:6],
        numbers=numbers,
        dates=dates,
    )


def ferry(**more: tuple[str, ...]) -> Digest:
    return digest(FERRY, "marisol strait", "ada quill", **more)


def trial() -> Digest:
    return digest(TRIAL, "port vell", "otto brandt")


def profile(name: str, *digests: Digest, days: int = 0) -> StoryProfile:
    found = StoryProfile(name)
    for number, one in enumerate(digests):
        found = found.plus(member(f"{name}{number}", one, DAY + timedelta(days=days), general()))
    return found


def test_an_article_joins_the_event_that_it_reports() -> None:
    found = place(ferry(), "", DAY, [profile("ferry", ferry()), profile("trial", trial())])
    assert found.story == "ferry"


def test_an_article_on_nothing_known_opens_a_story() -> None:
    assert place(trial(), "", DAY, [profile("ferry", ferry())]).story is None


def test_the_first_article_of_all_opens_a_story() -> None:
    assert place(ferry(), "", DAY, []).story is None


def test_an_empty_digest_joins_nothing() -> None:
    assert place(Digest(), "", None, [profile("ferry", ferry())]).story is None
    assert story_keys(Digest()) == ()


def test_the_order_of_the_candidates_does_not_matter() -> None:
    one, two = profile("a", ferry()), profile("b", ferry())
    assert place(ferry(), "", DAY, [one, two]) == place(ferry(), "", DAY, [two, one])


def test_the_same_event_in_two_stories_is_named() -> None:
    found = place(ferry(), "", DAY, [profile("a", ferry()), profile("b", ferry())])
    assert (found.story, found.also) == ("a", ("b",))


def test_stories_of_one_event_are_the_same_event_and_others_are_not() -> None:
    assert same_event(profile("a", ferry(), ferry()), profile("b", ferry()))
    assert not same_event(profile("a", ferry()), profile("b", trial()))
    assert not same_event(profile("a", ferry()), StoryProfile("b"))


def test_the_lines_of_a_placing_sum_to_its_score() -> None:
    found = place(ferry(), "", DAY, [profile("ferry", ferry())])
    assert sum(line.log_odds for line in found.comparisons) + fitted().bias == pytest.approx(found.score)


def test_the_further_apart_two_articles_are_the_less_they_are_one_event() -> None:
    scores = [place(ferry(), "", DAY, [profile("f", ferry(), days=days)]).score for days in (0, 30, 900)]
    assert scores == sorted(scores, reverse=True)


def test_a_date_in_common_speaks_for_one_event_and_other_dates_against() -> None:
    new = ferry(dates=("tuesday",))
    same = place(new, "", DAY, [profile("f", ferry(dates=("-04-08",)))]).score
    none = place(new, "", DAY, [profile("f", ferry())]).score
    other = place(new, "", DAY, [profile("f", ferry(dates=("-03-02",)))]).score
    assert same > none > other


def test_every_comparison_is_between_0_and_1_and_has_a_weight() -> None:
    for one in (ferry(dates=("monday",), numbers=("40",)), trial(), Digest()):
        a, b = (member("x", d, DAY, general()) for d in (one, ferry(numbers=("40", "12"))))
        assert all(0 <= value <= 1 for value in values(a, b).values())
    assert set(fitted().curves) == set(COMPARISONS)


def test_dates_are_read_from_the_day_of_publication() -> None:
    written = ("monday", "wednesday", "yesterday", "-04-01", "2024-02-29", "-12-27", "2025-02-30")
    assert [datetime.fromordinal(day).strftime("%Y-%m-%d") for day in days_of(written, DAY)] == [
        "2025-04-07",
        "2025-04-09",
        "2025-04-08",
        "2025-04-01",
        "2024-02-29",
        "2024-12-27",
    ]


def test_without_a_day_of_publication_only_full_dates_mean_anything() -> None:
    assert days_of(("monday", "-04-01", "2024-02-29"), None) == (datetime(2024, 2, 29).toordinal(),)  # noqa: DTZ001


def test_a_profile_survives_its_json() -> None:
    known = profile("f", ferry(dates=("monday",), numbers=("40",)), trial())
    assert StoryProfile.from_json("f", known.to_json()) == known
    assert StoryProfile.from_json("f", {}) == StoryProfile("f")


def test_a_profile_keeps_the_first_articles_and_the_latest() -> None:
    known = profile("f", *[ferry()] * (MOST_MEMBERS + 5))
    assert known.size == MOST_MEMBERS + 5
    assert [m.article for m in known.members] == ["f0", "f1", *[f"f{n}" for n in range(7, 13)]]


def test_the_rarer_a_term_the_more_it_counts() -> None:
    background = Background(100, {"ferry": 50})
    assert background.idf("marisol") > background.idf("ferry") > 0


def test_counts_of_the_desk_add_to_those_of_the_general_corpus() -> None:
    both = Background(100, {"ferry": 50, "say": 90}).plus(100, {"ferry": 1})
    assert both.documents == 200
    assert (both.counts.get("ferry", 0), both.counts.get("say", 0), both.counts.get("quill", 0)) == (51, 90, 0)


def test_keys_are_names_and_rare_words_the_headlines_first() -> None:
    keys = story_keys(ferry())
    assert "e:ada quill" in keys
    assert set(keys) <= set(terms_of(ferry()))


def test_stories_in_memory_keep_events_apart_and_together() -> None:
    stories = Stories()
    for number, one in enumerate((ferry(), trial(), ferry(), trial())):
        stories.add(Placed(str(number), "", DAY + timedelta(hours=number), one))
    assert stories.stories() == {"0": "0", "1": "1", "2": "0", "3": "1"}


def test_a_late_article_joins_two_stories_into_one() -> None:
    stories = Stories()
    stories.add(Placed("a", "", DAY, ferry()))
    stories.profiles["b"] = profile("b", ferry())
    stories._story_of["b"] = "b"
    stories._remember("b", story_keys(ferry()), DAY.toordinal())
    stories.add(Placed("c", "", DAY, ferry()))
    assert set(stories.stories().values()) == {"a"}


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter_to_events_far_apart(order: list[int]) -> None:
    articles = [Placed(str(n), "", DAY + timedelta(hours=n), (ferry, trial)[n % 2]()) for n in range(6)]
    stories = Stories()
    for number in order:
        stories.add(articles[number])
    found = stories.stories()
    assert len({found[str(n)] for n in (0, 2, 4)}) == len({found[str(n)] for n in (1, 3, 5)}) == 1
