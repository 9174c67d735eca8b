"""Marking mentions in an article's text loses no character of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.admin.highlighting import Highlight, cut

TEXT = "The mayor said 155 divers came. The port denied it."
spans = st.lists(
    st.tuples(st.integers(0, 80), st.integers(0, 80), st.sampled_from(["asserts", "denies", "open"])), max_size=8
)


@given(spans)
def test_the_pieces_joined_are_the_text(found: list[tuple[int, int, str]]) -> None:
    pieces = cut(TEXT, [Highlight(n, start, end, stance) for n, (start, end, stance) in enumerate(found)])
    assert "".join(piece.text for piece in pieces) == TEXT


def test_a_mention_is_marked_at_its_offsets_and_begins_once() -> None:
    start = TEXT.index("155")
    pieces = cut(TEXT, [Highlight(7, start, start + 10)])
    assert [p.text for p in pieces if p.covered == (7,)] == ["155 divers"]
    assert [p.begins for p in pieces if p.begins] == [(7,)]


def test_where_mentions_overlap_a_denial_shows() -> None:
    pieces = cut(TEXT, [Highlight(1, 0, 20), Highlight(2, 10, 30, "denies")])
    assert [(p.covered, p.stance) for p in pieces][:3] == [((1,), "asserts"), ((1, 2), "denies"), ((2,), "denies")]


def test_a_span_beyond_the_text_is_clipped() -> None:
    assert cut("short", [Highlight(1, 2, 99)])[1].text == "ort"
    assert cut("short", [Highlight(1, 9, 99)])[0].covered == ()
