"""A claim's text stands alone: what a clause leaves out is given back in brackets, and nothing is guessed."""

from __future__ import annotations

import re

import pytest

from claims.engine.matching.claims import best_sentence
from tests.engine.reading.told import about, mentions


def alone(text: str, words: str) -> str:
    """The standalone text of the shortest mention whose quote holds these words."""
    return about(text, words).standalone


def test_a_statement_that_needs_nothing_is_its_quote() -> None:
    (found,) = mentions("A storm left 120,000 homes in Eastbrook without power.")
    assert found.standalone == found.quote


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The coast guard of Lindale rescued 212 people and recovered nine bodies.",
            "recovered",
            "[The coast guard of Lindale] recovered nine bodies",
        ),
        (
            "The president will visit Lindale on Friday and meet the families of the victims.",
            "families",
            "[The president will] meet the families of the victims",
        ),
        (
            "The museum said the painting was stolen in 1987 and was found last week in Eastbrook.",
            "found last week",
            "[The painting] was found last week in Eastbrook",
        ),
        (
            "The firm has denied wrongdoing but agreed to pay a fine of $9 million.",
            "fine",
            "[The firm] agreed to pay a fine of $9 million",
        ),
    ],
)
def test_a_clause_gets_the_subject_and_the_auxiliary_that_it_shares(text: str, words: str, expected: str) -> None:
    assert alone(text, words) == expected


def test_a_deed_in_passing_gets_the_clause_that_it_belongs_to() -> None:
    text = "The bus hit a tree, killing four passengers and injuring 17."
    assert alone(text, "injuring 17") == "[The bus hit a tree] injuring 17"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "Milo Ferrant, who was captured in March, said the guards had beaten him.",
            "captured",
            "[Milo Ferrant] was captured in March",
        ),
        (
            "They found 14 rifles, which police believe were stolen from a museum.",
            "stolen",
            "[14 rifles] were stolen from a museum",
        ),
    ],
)
def test_a_relative_clause_gets_whom_its_pronoun_stands_for(text: str, words: str, expected: str) -> None:
    assert alone(text, words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The union said it had not been consulted.", "consulted", "[The union] had not been consulted"),
        ("The army says it shot down 12 drones.", "drones", "[The army] shot down 12 drones"),
        (
            "Bruno Hale told the court he had been promised a house in Sark.",
            "promised",
            "[Bruno Hale] had been promised a house in Sark",
        ),
        (
            "Lena Fox arrived in Sark on Sunday. She met the general and signed two treaties.",
            "treaties",
            "[Lena Fox] met the general and signed two treaties",
        ),
    ],
)
def test_a_pronoun_is_replaced_by_whom_it_stands_for(text: str, words: str, expected: str) -> None:
    assert alone(text, words) == expected


def test_who_says_i_is_named_before_his_words() -> None:
    text = '"I had never held a gun before the spring," said Milo Ferrant.'
    assert alone(text, "never held") == "[Milo Ferrant:] I had never held a gun before the spring"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # "it" is the weather, the fault, the vaccine; nobody of those before
        ("The party says it was an accident that cost two lives.", "accident"),
        ("Drink no water from the river, the health agency wrote: it has made 30 people ill.", "30 people"),
        # two who may be meant
        ("Dora Lanz met Hanna Reck in Sark. Lanz and Reck quarrelled. She left the town on Monday.", "left the town"),
    ],
)
def test_a_pronoun_that_may_stand_for_another_stays(text: str, words: str) -> None:
    assert "[" not in alone(text, words)


def test_words_that_only_say_who_says_it_are_left_out_of_the_middle() -> None:
    assert alone("The dam, Anna Bell said, failed on Monday night.", "failed") == "The dam failed on Monday night"


def test_a_frame_is_never_put_before_a_statement() -> None:
    assert alone("It is believed that some 200 people are trapped.", "200") == "some 200 people are trapped"


def test_the_quote_is_never_touched() -> None:
    text = "The coast guard of Lindale rescued 212 people and recovered nine bodies."
    assert all(text[m.span.start : m.span.end] == m.quote for m in mentions(text))


def test_without_its_brackets_a_standalone_text_is_words_of_the_quote_in_their_order() -> None:
    text = (
        "Milo Ferrant, who was captured in March, said he had been recruited by phone and had paid 3,000 crowns. "
        "The bus hit a tree, killing four passengers and injuring 17. The dam, Anna Bell said, failed on Monday."
    )
    for mention in mentions(text):
        words = iter(mention.quote.split())
        plain = re.sub(r"\[[^\]]*\]", "", mention.standalone).split()
        assert all(any(word.strip(",") == other.strip(",") for other in words) for word in plain), mention


def test_the_text_of_a_claim_is_the_statement_as_it_stands_alone() -> None:
    found = [m for m in mentions("The union said it had lost 40 members in May.") if "40" in m.quote]
    assert best_sentence(found) == "[The union] had lost 40 members in May"


def test_a_statement_that_needs_no_brackets_is_the_better_text() -> None:
    bare = mentions("The drivers' union lost 40 members in May.")
    bracketed = mentions("The union said it had lost 40 members in May.")
    assert best_sentence([*bracketed, *bare]) == "The drivers' union lost 40 members in May"
