"""What is worth checking comes first, and what nobody can understand by itself is a fragment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.engine.pipeline import analyse
from claims.engine.types import Document, Factuality, Features, Mention, Place, Span, Speaker, SpeakerKind
from claims.engine.worth import is_fragment, plain, worth

PLAIN = Features(subject="bridge", predicate="close")


def mention(quote: str, features: Features = PLAIN, checkable: float = 0.9) -> Mention:
    span = Span(0, len(quote))
    speaker = Speaker("", "gazette", SpeakerKind.OUTLET)
    return Mention("a", span, quote, quote, span, speaker, features=features, checkable=checkable)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("However, the bridge was closed", "The bridge was closed"),
        ("But the bridge was closed", "The bridge was closed"),
        ("Then [Ada Bell] closed the bridge", "[Ada Bell] closed the bridge"),
        ("Meanwhile, the bridge was closed", "The bridge was closed"),
        ("The council also closed the bridge", "The council closed the bridge"),
        ("The bridge, however, was closed", "The bridge was closed"),
        ("Not only the road but also the bridge was closed", "Not only the road but also the bridge was closed"),
        ("Instead of the road the council closed the bridge", "Instead of the road the council closed the bridge"),
        ("Yet another bridge was closed", "Another bridge was closed"),
        ("Then-mayor Bell closed the bridge", "Then-mayor Bell closed the bridge"),
    ],
)
def test_words_that_only_join_a_sentence_to_the_one_before_are_left_out(text: str, said: str) -> None:
    assert plain(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "He closed the bridge",
        "They’ve closed the bridge",
        "This was the bridge of Orr",
        "That’s the bridge of Orr",
        "Because the bridge was closed",
        "Will close the bridge in May",
        "Its bridge was closed",
        "Closed it",
    ],
)
def test_what_points_back_or_says_nothing_is_a_fragment(text: str) -> None:
    assert is_fragment(text, mention(text))


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was closed",
        "[The council] closed the bridge",
        "This bridge was closed in May",
        "Those who live in Orr closed the bridge",
        "It was the council that closed the bridge",
        "Will Smith closed the bridge",
        "There were 40 people on the bridge",
        "14 bridges were closed",
    ],
)
def test_a_sentence_that_a_stranger_understands_is_none(text: str) -> None:
    assert not is_fragment(text, mention(text))


def test_a_scrap_without_subject_and_verb_is_a_fragment() -> None:
    assert is_fragment("Moscow of dragging China into it", mention("Moscow of dragging China into it", Features()))
    assert is_fragment("Captured two of them", mention("captured two of them", Features(predicate="capture")))


def test_a_claim_is_worth_what_its_best_mention_is() -> None:
    weak, good = mention("a bridge", checkable=0.3), mention("the bridge", checkable=0.8)
    assert worth([weak, good]) == worth([good, weak]) == pytest.approx(0.8)


def test_what_nobody_commits_to_and_what_a_caption_shows_is_worth_less() -> None:
    good = mention("the bridge", checkable=0.8)
    assert worth([replace(good, factuality=Factuality.PLANNED)]) < worth([good])
    assert worth([replace(good, place=Place.CAPTION)]) < worth([good])
    assert worth([]) == 0.0


def test_the_claims_of_one_article_come_in_order_of_their_worth_and_fragments_last() -> None:
    text = (
        "The council closed the bridge on Monday after 14 cracks were found. "
        "The mayor hopes that the bridge will open again. He was angry about the 40 letters of the council. "
        "Inspectors counted 310 lorries a day on the bridge in May."
    )
    found = analyse([Document("a", "gazette", text)])
    order = [(claim.fragment, -claim.worth) for claim in found]
    assert order == sorted(order)
    assert all(0 <= claim.worth <= 1 for claim in found)
