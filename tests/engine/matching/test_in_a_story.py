"""Comparisons that only a story gives a meaning to: its names, its denials, its lists, and whom its figures count."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from claims.engine.matching.claims import compare, context_of
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.grouping import group
from claims.engine.matching.prepared import topic_of
from claims.engine.reading.mentions import describe
from claims.engine.types import Comparison, Mention

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
def story() -> ComparisonContext:
    return context_of(topic_of([told(sentence) for sentence in STORY]))


def lines(one: Mention, other: Mention, context: ComparisonContext | None = None) -> dict[str, Comparison]:
    found = {c.name: c for c in compare(one, other, context=context or story()).comparisons}
    back = {c.name: c for c in compare(other, one, context=context or story()).comparisons}
    assert {name: c.score for name, c in found.items()} == {name: c.score for name, c in back.items()}
    return found


def test_names_that_the_whole_story_shares_are_no_residual_overlap() -> None:
    line = lines(told(STORY[0]), told(STORY[4]))["residual_overlap"]
    assert line.score < 0.1


def test_words_about_one_thing_are_its_residual_overlap() -> None:
    one, other = told("Ember pays the skippers for lost days."), told("Skippers get pay for lost days at the lock.")
    line = lines(one, other)["residual_overlap"]
    assert line.score > 0.5
    assert "pay" in line.reason


def test_a_word_that_all_the_story_holds_says_less_than_a_rare_one() -> None:
    context = story()
    assert context.weight("kestrel") < context.weight("brandt")


def test_a_bare_figure_is_not_that_of_whatever_is_counted_alike() -> None:
    bare, full = told("21 skippers are back."), told("More than 270 skippers signed the harbour petition.")
    assert group([replace(bare, article="a"), replace(full, article="b")]) == [(0,), (1,)]


def test_an_outcome_of_those_who_are_counted_ties_and_one_named_in_passing_does_not() -> None:
    captives = told("Some 197 divers remain captives of the smugglers.")
    exchanged = told("21 divers were exchanged for smuggler prisoners.")
    captured = told("Nine divers were captured.")
    assert lines(captives, exchanged)["outcomes"].log_odds <= 0
    assert lines(captives, captured)["outcomes"].score == 1.0
