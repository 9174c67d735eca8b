"""Who is meant by "he" and "she": never by nearness alone, and nobody where two may be meant."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import about


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        # gender tells, though another stands nearer
        ("Clara Finn told the inquest that Alan Mott had left. She said 4 calls were missed.", "4 calls", "Clara Finn"),
        (
            "Omar Hadd was held on Sunday. His wife, Leila Hadd, wept. “They broke two ribs,” she said.",
            "two ribs",
            "Leila Hadd",
        ),
        # a title tells
        ("Mr. Kim Loft met Mrs. Robin Sarn. She said 30 boats were lost.", "30 boats", "Robin Sarn"),
        # who goes on
        ("Greta Ohl said prices would rise. She added that 40 banks had closed.", "40 banks", "Greta Ohl"),
        # whom the sentence before is about
        ("Anna Bell called the dam safe. Carl Hale saw it in May. He said it had 40 cracks.", "40 cracks", "Carl Hale"),
    ],
)
def test_he_and_she_are_who_is_meant(text: str, words: str, speaker: str) -> None:
    assert about(text, words).speaker.canonical == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Joan Pratt wrote to Governor Lisa Hale on Monday. She said 40 wells were dry.",
        "Dana Holt beat Rosa Lind in the final. She said 40 wells were dry.",
        "Anton Kraus met Viktor Lund in Bergen on Monday. He said 40 wells were dry.",
        "Ann Roth and Eva Lind quarrelled. She said 40 wells were dry.",
    ],
)
def test_where_two_may_be_meant_nobody_is(text: str) -> None:
    assert about(text, "40 wells").speaker.canonical == ""


def test_a_man_is_never_she() -> None:
    text = "John Sarn opened the mine in May. She said 40 wells were dry."
    assert about(text, "40 wells").speaker.canonical == ""


def test_who_speaks_in_a_quotation_is_not_he_in_it() -> None:
    text = "Dean Carver left the band. “He has paid for 40 lessons,” said his agent, Mo Faris."
    found = about(text, "40 lessons")
    assert found.speaker.canonical == "Mo Faris"
    assert "mo faris" not in {e.name for e in found.features.entities}
