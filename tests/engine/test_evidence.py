"""engine.evidence: what states something in full, and whose announcement a statement tells."""

from __future__ import annotations

import pytest

from claims.engine.evidence import announcer, is_partial
from claims.engine.reading.mentions import read
from claims.engine.types import Document, Mention


def mentions(text: str) -> list[Mention]:
    [reading] = read([Document("a", "north.example", text)])
    return list(reading.mentions)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Ondine sank off Pell on Monday.",
        "Harbour master Jon Reed said that the ferry Ondine had left port without a pilot.",
    ],
)
def test_a_statement_with_subject_and_verb_is_full(text: str) -> None:
    assert any(not is_partial(m) for m in mentions(text))


@pytest.mark.parametrize(
    "text",
    [
        '"I thought the whole pier was falling into the sea," Ana Rios said.',
        "Witnesses thought that the train had run through the signal at Pell.",
        "A crane driver who worked on the Orr bridge was pulled from the wate...",
        '"We mourn the loss of three colleagues at the Orr mine," Jon Reed said.',
        "The dead were identified on Monday.",
    ],
)
def test_an_opinion_a_feeling_a_cut_sentence_and_a_disclosure_by_nobody_are_not_full(text: str) -> None:
    assert all(is_partial(m) for m in mentions(text))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Corvane Ltd. offered $9 a share for Tamber Bank on Friday.", "corvane"),
        ("Corvane announced 400 job cuts at its Pell works on Friday.", "corvane"),
        ("Pell Water unveiled a plan for two new dams.", "pell water"),
        ("The ferry Ondine sank off Pell on Monday.", ""),
        ("The victims were identified as Ana Rios and Jon Reed.", ""),
    ],
)
def test_who_announces_something_is_where_the_news_of_it_comes_from(text: str, whose: str) -> None:
    found = {announcer(m) for m in mentions(text)}
    assert found == {whose}
