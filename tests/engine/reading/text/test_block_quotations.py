"""Block quotations of a page keep their marks and their author in the text."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.html import extract
from tests.engine.reading.told import about

PAGE = (
    "<html><body><article><h1>Airline answers</h1><p>The airline answered on Saturday evening, after the paper had "
    "printed pictures of the hall and had asked its office for an answer to the questions of the passengers.</p>{block}"
    "<p>The ministry said that it had counted 200 people in the hall on Friday.</p></article></body></html>"
)
BLOCKS = [
    "<blockquote><p>All 12 flights were cancelled. Nobody slept here.</p><cite>Lou Perrin</cite></blockquote>",
    "<blockquote><p>All 12 flights were cancelled.</p><p>Nobody slept.</p><footer>— Lou Perrin</footer></blockquote>",
    "<blockquote><p>“All 12 flights were cancelled. Nobody slept here.”</p><p>– Lou Perrin, pilot</p></blockquote>",
    (
        "<blockquote class='twitter-tweet'><p lang='en'>All 12 flights were cancelled. Nobody slept here.</p>&mdash; "
        "Lou Perrin (@louperrin) <a href='https://x.example/1'>May 10, 2025</a></blockquote>"
    ),
    "<blockquote>All 12 flights were cancelled. Nobody slept here. <cite>Lou Perrin</cite></blockquote>",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_what_a_block_quotation_holds_is_its_authors(block: str) -> None:
    text = extract(PAGE.format(block=block)).text
    for words in ("12 flights", "Nobody slept"):
        assert about(text, words).speaker.canonical == "Lou Perrin"


def test_a_block_quotation_without_an_author_is_still_a_quotation() -> None:
    text = extract(PAGE.format(block="<blockquote><p>All 12 flights were cancelled.</p></blockquote>")).text
    assert "“All 12 flights were cancelled.”" in text
