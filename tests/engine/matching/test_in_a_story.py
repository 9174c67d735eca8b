"""Comparisons that only a story gives a meaning to: its names, its denials, its lists, and whom its figures count."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from claims.engine.matching.claims import compare, lens_of
from claims.engine.matching.features import Lens
from claims.engine.matching.grouping import group
from claims.engine.matching.views import topic_of
from claims.engine.reading.mentions import describe
from claims.engine.types import Comparison, Mention, Stance

STORY = (
    "The Ember harbour master closed the Kestrel lock.",
    "Nine barges wait at the Kestrel lock.",
    "The Kestrel lock was built by Odile Brandt.",
    "Ember will pay the skippers at the Kestrel lock.",
    "Divers searched the Kestrel lock for mines.",
)


@lru_cache(maxsize=64)
def told(sentence: str, article: str = "") -> Mention:
    return replace(describe([sentence])[0], article=article or sentence[:20])


@lru_cache(maxsize=1)
def story() -> Lens:
    return lens_of(topic_of([told(sentence) for sentence in STORY]))


def lines(one: Mention, other: Mention, lens: Lens | None = None) -> dict[str, Comparison]:
    found = {c.name: c for c in compare(one, other, lens=lens or story()).comparisons}
    back = {c.name: c for c in compare(other, one, lens=lens or story()).comparisons}
    assert {name: c.score for name, c in found.items()} == {name: c.score for name, c in back.items()}
    return found


def test_names_that_the_whole_story_shares_are_no_gist() -> None:
    gist = lines(told(STORY[0]), told(STORY[4]))["gist"]
    assert gist.score < 0.1
    assert gist.log_odds < -1


def test_words_about_one_thing_are_its_gist() -> None:
    one, other = told("Ember pays the skippers for lost days."), told("Skippers get pay for lost days at the lock.")
    gist = lines(one, other)["gist"]
    assert gist.score > 0.5
    assert "pay" in gist.reason


def test_out_of_a_story_there_is_no_gist_and_no_denial() -> None:
    one, other = told(STORY[0]), replace(told(STORY[4]), stance=Stance.DENIES)
    assert not {"gist", "denial"} & lines(one, other, Lens(story().background)).keys()


def test_one_telling_figure_of_one_thing_needs_no_gist() -> None:
    one, other = told("Ember paid 412 skippers."), told("412 skippers sued the harbour.")
    assert "gist" not in lines(one, other)


def test_people_of_one_nation_need_no_gist() -> None:
    one, other = told("155 Norwegian divers joined the navy."), told("The port counts 168 Norwegian divers.")
    assert "gist" not in lines(one, other)


def test_a_bare_figure_is_not_that_of_whatever_is_counted_alike() -> None:
    bare, full = told("21 skippers are back."), told("More than 270 skippers signed the harbour petition.")
    assert lines(bare, full)["gist"].score == 0.0
    assert group([replace(bare, article="a"), replace(full, article="b")]) == [(0,), (1,)]


def test_a_name_that_all_articles_hold_says_less_than_a_rare_one() -> None:
    lock = lines(told(STORY[0]), told(STORY[4]))["names"].score
    person = lines(told(STORY[2]), told("Odile Brandt won the Meridian prize."))["names"].score
    assert lock < person


@pytest.mark.parametrize(
    ("denial", "of_it"),
    [("The harbour master did not close the lock.", True), ("The harbour master did not buy a boat.", False)],
)
def test_a_denial_is_of_a_statement_with_its_verb(denial: str, of_it: bool) -> None:
    denied = told(denial)
    assert denied.stance is Stance.DENIES
    line = lines(told(STORY[0]), denied)["denial"]
    assert (line.score == 1.0, line.log_odds < 0) == (of_it, not of_it)


def test_some_and_others_of_one_article_are_two_claims() -> None:
    one, other = told("Some divers came for the money.", "a"), told("Others came for the glory of it.", "a")
    assert lines(one, other)["same_article"].score == 1.0


def test_a_fate_of_those_who_are_counted_ties_and_one_named_in_passing_does_not() -> None:
    captives = told("Some 197 divers remain captives of the smugglers.")
    exchanged = told("21 divers were exchanged for smuggler prisoners.")
    captured = told("Nine divers were captured.")
    assert lines(captives, exchanged)["fates"].log_odds <= 0
    assert lines(captives, captured)["fates"].score == 1.0
