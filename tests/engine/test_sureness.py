"""engine.sureness: which statements of one claim surely say the same."""

from __future__ import annotations

import pytest

from claims.engine.reading.mentions import read
from claims.engine.sureness import surely_same
from claims.engine.types import Document


def surely(left: str, right: str) -> bool:
    found = {}
    for name, reading in zip(
        "ab", read([Document("a", "a.example", left), Document("b", "b.example", right)]), strict=True
    ):
        found[name] = reading.mentions[0]
    return surely_same(found.__getitem__)("a", "b")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("The ferry Ondine sank off Pell on Monday night.", "On Monday night the Ondine, a ferry, sank off Pell."),
        ("Pell council rejected the new stadium by nine votes.", "The new stadium was rejected by Pell council."),
        ("At least 14 miners were killed at Orr.", "Fourteen miners died at the Orr mine."),
    ],
)
def test_one_thing_in_other_words_is_surely_the_same(left: str, right: str) -> None:
    assert surely(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mayor Jon Reed opened the bridge at Orr.", "Mayor Jon Reed wept at the bridge in Orr."),
        ("A demonstrator threw a stone at the gate.", "One demonstrator threw a stone at the police."),
        ("Two other houses in Orr burned down.", "Two houses in Orr burned down."),
        ("The ferry Ondine left Pell with a new crew.", "The ferry Ondine had been painted in Pell."),
    ],
)
def test_what_only_comes_close_is_not(left: str, right: str) -> None:
    assert not surely(left, right)
