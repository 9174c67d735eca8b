"""A denial of a claim as such answers it over the sentences in between, however it is worded."""

from __future__ import annotations

import pytest

from claims.engine.types import Stance
from tests.engine.reading.told import mentions

CLAIM = "The chain Marlow Foods sold meat past its date in 40 shops, inspectors said on Monday."
BETWEEN = "\n\nShares in the north fell by 4 percent. A court in Ossel is to hear the case in May.\n\n"


@pytest.mark.parametrize(
    "denial",
    [
        "Marlow Foods said the report was not true.",
        "Marlow Foods said that there was no truth in the report.",
        "Marlow Foods rejected any role in the affair.",
        "Marlow Foods called the accusation baseless.",
        "Marlow Foods pleaded not guilty on Friday in Ossel.",
        "Marlow Foods said that was not correct.",
        "Marlow Foods has denied it.",
    ],
)
def test_a_denial_answers_the_claim_about_its_party(denial: str) -> None:
    found = mentions(CLAIM + BETWEEN + denial)
    answering = [m for m in found if m.stance is Stance.DENIES]
    answered = {m.span: m.quote for m in found}
    assert [answered[m.answers] for m in answering if m.answers is not None] == [CLAIM.partition(", inspectors")[0]]


def test_what_the_denial_itself_tells_by_the_way_is_not_answered() -> None:
    text = "Two officers took bribes in May, prosecutors said. The officers, who were suspended, rejected any role."
    found = mentions(text)
    quotes = {m.span: m.quote for m in found}
    assert ["bribes" in quotes[m.answers] for m in found if m.answers is not None] == [True]


def test_what_stands_behind_the_colon_of_a_denial_is_said_by_the_one_who_denies() -> None:
    text = "A spokesman for Deccan Infra said that was not true: the firm had replaced all poles in January."
    (found,) = [m for m in mentions(text) if "replaced all poles" in m.quote]
    assert found.speaker.organisation == "Deccan Infra"
