"""An office named beside a person stands for that person later; of two who hold it, for nobody."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import mentions


def speaker(text: str, words: str) -> str:
    (found,) = [m for m in mentions(text) if words in m.quote]
    return found.speaker.canonical


@pytest.mark.parametrize(
    "text",
    [
        "The provincial food minister, Sohail Qazi, opened a mill in May. The minister said it employs 40 people.",
        "A senior judge, Sohail Qazi, spoke in Ossel on Monday. The judge said the court employs 40 people.",
        "Sohail Qazi, the mayor of Ossel, opened a mill in May. The mayor said it employs 40 people.",
        "Food Minister Sohail Qazi opened a mill in May. The minister said it employs 40 people.",
        "Sohail Qazi, a former general, opened a mill in May. The general said it employs 40 people.",
    ],
)
def test_an_office_beside_a_name_stands_for_the_person(text: str) -> None:
    assert speaker(text, "employs 40 people") == "Sohail Qazi"


def test_an_office_that_two_people_hold_stands_for_neither() -> None:
    text = (
        "Finance Minister Ada Holm met Justice Minister Rob Key on Monday. The minister said the talks cost 4 million."
    )
    assert speaker(text, "cost 4 million") not in ("Ada Holm", "Rob Key")


def test_he_may_be_the_one_who_holds_an_office() -> None:
    text = "The food minister, Sohail Qazi, opened a mill in May. The minister praised it. He said it cost 4 million."
    assert speaker(text, "cost 4 million") == "Sohail Qazi"


@pytest.mark.parametrize(
    "source",
    [
        "Grauland’s defence ministry",
        "The defence ministry of Grauland",
        "The ministry of defence of Grauland",
        "The Ministry of Defence of Grauland",
    ],
)
def test_a_ministry_of_whatever_land_has_one_name(source: str) -> None:
    assert speaker(f"{source} said nine men fell near Ossel.", "nine men fell") == "Defence Ministry of Grauland"


@pytest.mark.parametrize("noun", ["newspaper", "paper", "daily"])
def test_the_newspaper_is_the_one_heard_before(noun: str) -> None:
    text = f"Bell took 30 million rupees, the Daily Mashriq reported. The {noun} said the money was paid in May."
    assert speaker(text, "was paid in May") == "Daily Mashriq"
