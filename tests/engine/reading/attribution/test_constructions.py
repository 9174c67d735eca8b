"""Any verb can report: a quotation, a verb and its subject tell who speaks, whatever the verb."""

from __future__ import annotations

import pytest

from claims.engine.types import SpeakerKind
from tests.engine.reading.told import about


@pytest.mark.parametrize(
    "frame",
    [
        "huffed Ida Crane, who is 81",
        "chipped in Ida Crane, a baker",
        "shot back Ida Crane",
        "shrugged its owner, Ida Crane",
        "deadpanned Ida Crane",
        "Ida Crane thundered",
        "Ida Crane, 34, fumed",
        "Ida Crane piped up",
    ],
)
def test_whoever_stands_beside_the_verb_behind_a_quotation_speaks(frame: str) -> None:
    text = f'"Two of the lifts have been broken for 40 days," {frame}.'
    assert about(text, "40 days").speaker.canonical == "Ida Crane"


@pytest.mark.parametrize("mark", ["!", "?!", " —"])
def test_an_exclamation_is_speech_as_well(mark: str) -> None:
    text = f'"We have had 60 rats in the yard since May{mark}" fumed Barry Platt.'
    assert about(text, "60 rats").speaker.canonical == "Barry Platt"


def test_a_title_in_quotation_marks_is_not_said_by_anybody() -> None:
    text = 'The film "The Long Night" opened Mara Denk\'s festival and drew 900 people.'
    found = about(text, "900 people")
    assert found.speaker.kind is SpeakerKind.OUTLET


@pytest.mark.parametrize("last", ["said Salma Idris, a teacher", "Salma Idris said", "grumbled Salma Idris"])
def test_a_quotation_over_paragraphs_is_whose_name_stands_at_its_end(last: str) -> None:
    text = (
        "“There were 300 houses in the village. There are 12 today.\n\n“Nobody has counted the dead.\n\n"
        f"“We buried 40 people in one night,” {last}."
    )
    for words in ("300 houses", "counted the dead", "40 people"):
        assert about(text, words).speaker.canonical == "Salma Idris"


def test_a_quotation_over_paragraphs_is_whose_name_stands_only_at_its_start() -> None:
    text = (
        "Hugh Lister told the inquest: “The boat had 31 people on it.\n\n“It was built for eight.\n\n"
        "“No call for help was sent from it.”"
    )
    assert about(text, "call for help").speaker.canonical == "Hugh Lister"
