"""The clock stamps of a live blog belong to no statement."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.notices import stamp

REST = "Divers have found two more bodies in Pell, police said."


@pytest.mark.parametrize(
    "written",
    [
        "16.42 BST ",
        "16:42 - ",
        "[09:15] ",
        "7.05pm ",
        "11h30 CET: ",
        "4 p.m. ",
        "08.15 GMT — ",
        "21.10 local time ",
        "16.42 ",
    ],
)
def test_a_stamp_at_the_start_of_a_line_ends_where_the_text_begins(written: str) -> None:
    assert written[stamp(written + REST) :] == ""


@pytest.mark.parametrize(
    "line",
    [
        "12 people died in Pell.",
        "16.42 metres of rain fell.",
        "9.15 is late.",
        "1.5 million people fled.",
        "16.42",
        REST,
    ],
)
def test_a_line_that_begins_with_a_number_keeps_it(line: str) -> None:
    assert stamp(line) == 0
