"""A plain sentence gives a statement, also where its parse shows no clause in it."""

from __future__ import annotations

import pytest

from tests.engine.reading.told import about, mentions


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("State inspectors fined the plant $84,000 last year, records show, over a faulty valve.", "faulty valve"),
        ("The city paid $3 million in 2019, court filings show, to settle the case.", "to settle the case"),
        ("The firm shipped 40 tons of waste, documents show, without a permit.", "without a permit"),
        ("The clinic billed 310 patients twice, invoices suggest, in a single month.", "310 patients"),
        ("Prices have doubled since May, the figures indicate, in nine of ten towns.", "Prices have doubled"),
    ],
)
def test_a_comment_between_commas_costs_a_sentence_no_statement(sentence: str, words: str) -> None:
    about(sentence, words)
    assert not any(m.quote.startswith(("court filings show", "records show")) for m in mentions(sentence))


@pytest.mark.parametrize(
    "text",
    [
        "The mayor spoke.",
        "has declared itself loyal to the movement",
        "A sign of hope for all those still waiting in the harbour of Orr.",
        "Mr. Bell said.",
    ],
)
def test_a_scrap_gives_none(text: str) -> None:
    assert not mentions(text)
