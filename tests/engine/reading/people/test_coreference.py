"""Whom a pronoun and a bare noun stand for: the one who fits, or nobody."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import about


@pytest.mark.parametrize(
    ("text", "words", "subject"),
    [
        ("Three recruits said they had been promised a house in Norland.", "promised", "recruit"),
        ("Two farmers were caught near the border after they had crossed the river.", "crossed the river", "farmer"),
        ("The coast guard of Lindale rescued 212 people and recovered nine bodies.", "recovered", "guard"),
    ],
)
def test_matching_compares_the_subject_that_is_meant(text: str, words: str, subject: str) -> None:
    assert about(text, words).features.subject == subject


def test_he_is_whom_the_sentence_before_was_about_and_not_who_spoke_before_that() -> None:
    text = (
        "Anna Bell said the dam of Riverton was safe. Bruno Hale inspected the wall for two days in May. "
        "He said it had 40 cracks."
    )
    assert about(text, "40 cracks").speaker.canonical == "Bruno Hale"


def test_the_people_whom_pronouns_stand_for_are_entities_of_the_statement() -> None:
    text = "Lena Fox arrived in Sark on Sunday. She met the general and signed two treaties."
    assert "lena fox" in {e.name for e in about(text, "treaties").features.entities}


def test_a_colon_behind_who_speaks_leads_to_the_quotation_in_the_next_sentence() -> None:
    text = "Anna Bell issued a statement:\n\n“The dam of Riverton has 40 cracks and must be closed.”"
    assert about(text, "40 cracks").speaker.canonical == "Anna Bell"


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        (
            "The health ministry of Norland rejected the reports. The ministry said 40 people had fallen ill.",
            "fallen ill",
            "Health Ministry of Norland",
        ),
        (
            "A spokesman for Vantor, Otto Brill, said the leak was small. The spokesman said 12 wells were closed.",
            "12 wells",
            "Otto Brill",
        ),
    ],
)
def test_a_bare_noun_is_who_was_heard_before_under_a_fuller_name(text: str, words: str, speaker: str) -> None:
    assert about(text, words).speaker.canonical == speaker


def test_a_bare_noun_that_nobody_was_heard_under_is_itself() -> None:
    text = "Anna Bell said the dam was safe. The engineer said the wall had 40 cracks."
    assert about(text, "40 cracks").speaker.canonical == "engineer"


def test_whoever_is_called_by_an_office_alone_is_that_office() -> None:
    text = "The general claims that 155 foreigners fight for Norland near the river."
    assert about(text, "155 foreigners").speaker.canonical == "general"
