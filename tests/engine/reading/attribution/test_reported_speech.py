"""Which attributions report a statement: not wishes, not what is done to somebody, not across a semicolon."""

from __future__ import annotations

from claims.engine.types import SpeakerKind
from tests.engine.reading.told import mentions


def speaker(text: str, words: str) -> str:
    found = [m for m in mentions(text) if words in m.quote]
    assert found, [m.quote for m in mentions(text)]
    return min(found, key=lambda m: len(m.quote)).speaker.canonical


def test_patients_who_are_admitted_say_nothing() -> None:
    text = "Hospitals in the region are overwhelmed: more than 500 patients were admitted in two days."
    (found,) = mentions(text)
    assert found.speaker.kind is SpeakerKind.OUTLET
    assert found.quantity is not None
    assert found.quantity.value == 500


def test_who_was_told_still_says_what_follows() -> None:
    assert speaker("The dam had failed in the night, Anna Bell was told on Monday.", "dam had failed") != "gazette"


def test_a_semicolon_parts_what_two_sides_say() -> None:
    text = "The union claims 80 percent of the drivers joined the strike; the company puts the figure at 35 percent."
    assert "company" not in speaker(text, "80 percent")
    assert "company" in speaker(text, "35 percent")


def test_who_is_shown_on_television_does_not_say_what_another_says() -> None:
    text = 'The captured men were shown on television, and one of them said: "We were lied to."'
    assert speaker(text, "shown on television") == "gazette"


def test_a_verb_that_is_often_a_cue_says_what_stands_before_it() -> None:
    text = "At least 40 houses in Riverton burned down on Sunday, the coast guard posted on Monday."
    assert "coast guard" in speaker(text, "burned down")
