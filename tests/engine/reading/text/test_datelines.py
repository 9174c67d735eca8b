"""A dateline says where and by whom a report was filed; it is no part of what the report states."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.datelines import datelines
from tests.engine.reading.told import about, mentions

FIRE = "A fire destroyed the old grain store on Tuesday, killing two people."
REST = "\n\nThe people of the town met in the evening to hear what the council had decided."


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT ARLEN - ",
        "PORT ARLEN — ",
        "PORT ARLEN, Ore. -- ",
        "PORT ARLEN, May 3 – ",
        "PORT ARLEN, 3 May 2021 - ",
        "PORT ARLEN, 3 MAY: ",
        "PORT ARLEN, MAY 3: ",
        "Port Arlen, Peru — ",
        "Port Arlen, May 3 (AP) — ",
        "Port Arlen (Reuters) - ",
        "PORT ARLEN, Mich. (CHANNEL 3) - ",
        "(Reuters) - ",
        "LONDON/PORT ARLEN (AFP): ",
        "PORT ARLEN—",
        "Port Arlen — ",
    ],
)
def test_a_dateline_leaves_the_quote_the_sentence_and_the_text_of_a_claim(dateline: str) -> None:
    found = about(dateline + FIRE + REST, "grain store")
    assert found.sentence == FIRE
    assert found.quote == found.standalone == FIRE[:-1]


def test_a_quote_behind_a_dateline_is_where_the_article_has_it() -> None:
    text = "HARLOW BAY — “The dam failed on Friday and 14 workers were hurt,” said Mayor Ana Bell." + REST
    found = about(text, "14 workers")
    assert text[found.span.start : found.span.end] == found.quote


@pytest.mark.parametrize(
    "sentence",
    [
        "The River Dee – Britain's cleanest – was closed to anglers on Monday.",
        "KELDEN — The City of Bridges — was closed to lorries on Monday.",
        "NASA — which runs the station — said on Monday that it had lost contact.",
        "Bell — who owns 40 mills — was fined on Monday.",
        "The score was 3 - 2 when the match was stopped on Monday.",
        "Well-known T-shirts of 1990 - and none later - were sold on Monday.",
    ],
)
def test_what_stands_between_two_dashes_makes_no_dateline(sentence: str) -> None:
    assert not list(datelines(sentence, [(0, len(sentence))]))


def test_a_plain_place_is_a_dateline_only_where_an_article_opens() -> None:
    paragraph = "Port Arlen — A fire destroyed the mill."
    text = " ".join([paragraph] * 3)
    step = len(paragraph) + 1
    paragraphs = [(n * step, n * step + len(paragraph)) for n in range(3)]
    assert list(datelines(text, paragraphs)) == [13, step + 13]


def test_datelines_take_time_in_proportion_to_the_text() -> None:
    text = "A — " * 50_000
    assert len(list(datelines(text, [(0, len(text))]))) <= 1
    assert mentions("PORT ARLEN - " * 200 + FIRE) is not None
