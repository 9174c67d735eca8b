"""Whatever comes in: nothing crashes, offsets hold, nothing is made up. No clocks: what is linear is counted."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.engine.reading import bounds
from claims.engine.reading import mentions as entry
from claims.engine.reading.mentions import read
from claims.engine.reading.text.characters import as_parsed
from claims.engine.reading.text.cleaning import Paragraph
from claims.engine.reading.text.parsing import LONGEST_SENTENCE, parse, prepare
from claims.engine.types import Document, Mention, Reading, Span

PRONOUNS = {"he", "she", "it", "they", "him", "his", "her", "its", "their", "them"}
STORY = (
    "The governor said 12 people died in Riverton. “At least 40 houses fell,” she added. Police denied that any "
    "officer was hurt. A report found the dam had cost $3 million.\n\n"
)


def reading(text: str) -> Reading:
    return next(iter(read([Document("a", "gazette", text)])))


def sound(text: str, found: Reading) -> None:
    """What holds for any reading of any text."""
    spans = [m.span for m in found.mentions]
    assert len(set(spans)) == len(spans)
    for mention in found.mentions:
        assert mention.article == found.article
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert text[mention.span.start : mention.span.end] == mention.quote
        assert text[mention.sentence_span.start : mention.sentence_span.end] == mention.sentence
        assert mention.sentence_span.start <= mention.span.start <= mention.span.end <= mention.sentence_span.end
        if mention.quantity is not None:
            assert mention.sentence_span.start <= mention.quantity.span.start < mention.sentence_span.end
        assert not lost(mention), mention


def lost(mention: Mention) -> list[str]:
    """Words of the quote that are missing in the statement as it stands alone, where that is given.

    Words are as the parser sees them: without raised digits and invisible characters. The words that only say who says
    it may be left out, the word that a bracket stands for, and a leading pronoun.
    """
    if not mention.standalone:
        return []
    kept = Counter(re.findall(r"\w+", as_parsed(mention.standalone)[0].lower()))
    missing = Counter(re.findall(r"\w+", as_parsed(mention.quote)[0].lower())) - kept
    frame = set(re.findall(r"\w+", f"{mention.cue} {mention.speaker.text}".lower()))
    gone = [word for word in missing.elements() if word not in frame | PRONOUNS]
    bracketed = "[" in mention.standalone and mention.quote.split()[0].lower() in ("who", "which", "that", "whose")
    return gone if not bracketed else gone[1:]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n ",
        "😀🎉🚀" * 500,
        "<div><p></p></div>" * 200,
        "“" * 50 + "The governor said 12 people died." + "”" * 50,
        '"' * 51 + "The governor said 12 people died." + '"' * 50,
        "'\"" * 500,
        "“open " * 500,
        "The army said\x0012 people\x00died in\x00Riverton on Monday.",
        "The army said \ud800 12 people died in Riverton.",
        "שלום עולם. " * 100,
        ": " * 500,
        "according to " * 300,
        "he said, " * 300,
        "x\n" * 2000,
        "a" * 20_000,
        "1," * 5000,
        "".join(map(chr, range(32))) * 20,
    ],
)
def test_strange_texts_are_read_without_harm(text: str) -> None:
    sound(text, reading(text))


def test_an_endless_sentence_is_cut_so_that_the_work_a_sentence_is_bounded() -> None:
    text = "the soldier and " * 400 + "went home."
    (parsed,) = parse([prepare(text, [Paragraph(Span(0, len(text)))])])
    assert max(len(sentence) for sentence in parsed.doc.sents) <= LONGEST_SENTENCE + 1
    sound(text, reading(text))


def test_of_a_gigantic_article_the_start_is_read_and_the_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "LONGEST_TEXT", 2000)
    monkeypatch.setattr(bounds, "LONGEST_TEXT", 2000)
    text = STORY + "The weather was fine. " * 1000
    found = reading(text)
    assert (found.unread, found.partly) == ("", "only the first 2,000 characters were read")
    assert found.mentions
    assert all(m.span.end <= 2000 for m in found.mentions)
    sound(text, found)


PIECES = st.lists(
    st.sampled_from(
        [
            "The governor said 12 people died in Riverton.",
            "“At least 40 houses fell,” she added.",
            "China denies it.",
            '"No," he said, "that is false."',
            "Anna Bell: 12 dead",
            "\n\n",
            "\n",
            "  ",
            "“",
            '"',
            "’",
            "\x00",
            "\u202e",
            "😀",
            "<b>",
            "(AP) —",
            "https://example.org/x?y=1",
            "شلا",
            "left 58 dead and 515 injured",
            "Two men, who had fled Riverton, said they were promised a house and came by bus; one was hurt.",
            "After it sank, the guard rescued 212 people, killing nobody and injuring 17,",
            "The dam, Anna Bell said, failed on Monday and flooded 40 houses.",
            "“I was there,” he said, “and we lost",
            "The firm denied wrongdoing but agreed to pay $9 million.",
            "Neither the driver nor",
            "which police believe were stolen, and that",
        ]
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES, st.sampled_from(["", " "]))
def test_offsets_always_point_at_the_quote(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    sound(text, reading(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_soundly(text: str) -> None:
    sound(text, reading(text))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, min_size=2, max_size=5))
def test_no_mention_spans_two_articles_and_batches_change_nothing(articles: list[list[str]]) -> None:
    documents = [Document(str(n), "gazette", " ".join(pieces)) for n, pieces in enumerate(articles)]
    together = list(read(documents))
    for document, found in zip(documents, together, strict=True):
        sound(document.text, found)
        assert found.article == document.id
