"""What is kept of a scraped page and what is left out: pages in our own words."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.engine.reading.text.boilerplate_rules import Reason
from claims.engine.reading.text.cleaning import Cleaned, clean
from claims.engine.types import Place

BODY = (
    "The dam above Arvik broke early on Sunday, and water filled the lower streets within minutes, the mayor said.",
    "Rescuers brought 40 people to a school on the hill. Two are still missing.",
    "“We heard a crack and then the roar,” said Mina Dahl, who keeps the mill.",
    "The operator had been told twice about the leak, according to a letter from the county.",
)


def page(*lines: str) -> str:
    return "\n\n".join(lines)


def kept(text: str, cleaned: Cleaned | None = None) -> list[str]:
    return [text[p.span.start : p.span.end] for p in (cleaned or clean(text)).paragraphs]


def place_of(text: str, line: str, title: str = "") -> Place:
    (found,) = [p for p in clean(text, title).paragraphs if text[p.span.start : p.span.end] == line]
    return found.kind


def reason_of(text: str, line: str) -> Reason:
    (found,) = [d for d in clean(text).dropped if text[d.span.start : d.span.end] == line]
    return found.reason


def test_a_clean_article_is_kept_whole() -> None:
    assert kept(page(*BODY)) == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Share this article on Facebook",
        "Share",
        "Leave a comment",
        "3 Comments",
        "Advertisement",
        "Scroll down for video",
        "Also Read: Ten bridges that you must see before you are forty",
        "READ MORE: Ten bridges that you must see",
        "© 2024 The Arvik Courier. All rights reserved.",
        "Follow us on Twitter",
        "Sign up for our newsletter to get the best of the week.",
        "Contact our newsroom at desk@courier.example.",
        "Get in touch with the night desk of the Courier: desk@courier.example.",
        "By Jonas Berg",
        "Published: 4 May 2024, 10:15",
        "Jonas Berg is a reporter for the Arvik Courier.",
        "Please enable JavaScript to watch this video",
        "Jane Doe/Reuters",
        "Photo: Jane Doe",
        "var player = document.querySelector('#player');",
        "window.addEventListener(‘ready’, function(data) {",
        "});",
        "{“@context”:”https://schema.org”,”@type”:”VideoObject”,”name”:”courier.example”}",
        '{"@context": "https://schema.org", "@type": "NewsArticle"}',
        "<div class='teaser'></div>",
        "___",
    ],
)
def test_furniture_between_paragraphs_is_dropped(line: str) -> None:
    text = page(BODY[0], line, *BODY[1:])
    assert kept(text) == list(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday, police had found both men.",
        "Share prices fell by 4 percent after the news.",
        "Comments by the minister angered the town.",
        "Photographs show cracks that were there last year.",
        "More than 40 people were hurt.",
        "Follow the river for a mile and you see the wall.",
        "Contact with the village was lost at noon.",
        "Reading the letter aloud, the judge paused.",
        "Advertisement of the post began in May, the county said.",
        "Why it broke",
        "Video from the bridge shows the wall giving way.",
    ],
)
def test_a_sentence_that_only_begins_like_furniture_is_kept(line: str) -> None:
    assert line in kept(page(BODY[0], BODY[1], line, BODY[2]))


def test_one_copy_of_the_headline_is_kept_as_the_headline() -> None:
    headline = "Dam above Arvik breaks, two missing"
    text = page(f"Courier NewsWorld{headline}", headline, headline, *BODY)
    assert kept(text) == [headline, *BODY]
    assert place_of(text, headline) is Place.HEADLINE


def test_a_known_title_is_found_behind_a_glued_menu() -> None:
    headline = "Dam above Arvik breaks, two missing"
    text = page(f"Courier NewsWorld {headline}", *BODY)
    assert place_of(text, headline, headline) is Place.HEADLINE


def test_the_first_sentence_of_an_article_is_no_headline() -> None:
    text = page(*BODY)
    assert place_of(text, BODY[0]) is Place.BODY


def test_captions_are_marked_and_kept() -> None:
    caption = "A screen grab from a video released by the county shows the wall giving way on May 4, 2024."
    credited = "Rescuers in the lower streets of Arvik (Picture: Jane Doe/Reuters)"
    text = page(*BODY[:2], caption, credited, *BODY[2:])
    assert kept(text) == [*BODY[:2], caption, credited, *BODY[2:]]
    assert place_of(text, caption) is Place.CAPTION
    assert place_of(text, credited) is Place.CAPTION


def test_a_post_that_nobody_has_signed_is_left_out() -> None:
    post = "Both roads are closed. pic.twitter.com/Abc123 posted at 12.05 on May 4, 2024"
    text = page(*BODY[:2], post, *BODY[2:])
    assert reason_of(text, post) is Reason.POST


def test_a_signed_post_stays_because_it_says_whose_words_it_holds() -> None:
    post = "Both roads are closed. pic.twitter.com/Abc123 — Arvik County (@arvikcounty) May 4, 2024"
    assert kept(page(*BODY[:2], post, *BODY[2:])) == [*BODY[:2], post, *BODY[2:]]


def test_links_to_other_stories_are_dropped_up_to_the_next_sentence() -> None:
    text = page(*BODY[:2], "Related stories:", "Ten bridges to see", "How dams are built", *BODY[2:])
    assert kept(text) == list(BODY)


def test_nothing_behind_the_comment_form_is_kept() -> None:
    comment = "I have always said that this dam would break one day, and nobody listened to me."
    assert kept(page(*BODY, "Leave a Reply", "Your name", comment)) == list(BODY)


def test_a_link_to_the_comments_at_the_top_does_not_end_the_article() -> None:
    assert kept(page("0 Comments", *BODY)) == list(BODY)


def test_a_notice_over_several_lines_is_dropped_whole() -> None:
    notice = "To watch the clip please enable JavaScript, and upgrade to a\nbrowser that\nsupports HTML5\nvideo"
    assert kept(page(BODY[0], BODY[1], notice, BODY[2])) == list(BODY[:3])


def test_a_date_glued_to_the_first_sentence_is_split_off() -> None:
    assert kept(f" date 2024-05-04 {BODY[0]}\n\n{BODY[1]}") == list(BODY[:2])


def test_labels_in_another_script_are_dropped_from_an_english_article_only() -> None:
    label, sentence = "Прорыв плотины", "Плотина выше Арвика прорвалась рано утром в воскресенье, сообщил мэр города."
    assert kept(page(*BODY[:2], label, *BODY[2:])) == list(BODY)
    assert kept(page(sentence, label, sentence + " Двое пропали.")) == [sentence, label, sentence + " Двое пропали."]


def test_the_second_copy_of_a_paragraph_is_dropped() -> None:
    text = page(*BODY, BODY[0])
    assert kept(text) == list(BODY)
    assert clean(text).dropped[-1].reason is Reason.DUPLICATE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "\x00\x00",
        "🙂🙂🙂\n🙂",
        "<p></p><div></div>\n<br>",
        "مرحبا بالعالم\nهذا نص عربي طويل إلى حد ما عن السد.",
        "“" * 50 + "deep" + "”" * 50,
        "word " * 50_000,
        "x" * (2 << 20),
        "Share\n" * 100_000,
        "(" * 200_000,
        "a.b(" * 50_000,
        "{" * 1000 + '"a":' * 1000,
        "To view this video please " * 20_000,
        "\u2028\u2029\x85\r\n\t \u200b",
    ],
)
def test_hostile_text_is_cleaned_without_an_error(text: str) -> None:
    for one in clean(text, "A title").paragraphs:
        assert text[one.span.start : one.span.end].strip()


LINES = st.lists(
    st.sampled_from(
        [*BODY, "Share", "Related stories:", "Leave a Reply", "Short line", "© 2024 X", "-", "", "}", "Dam breaks"]
    )
    | st.text(max_size=60),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["", "Dam breaks", "Short line"]))
@example(["\x1f"], "")
def test_paragraphs_and_dropped_stretches_cover_the_text_in_order_without_overlap(lines: list[str], title: str) -> None:
    text = "\n".join(lines)
    cleaned = clean(text, title)
    spans = sorted(
        [(p.span.start, p.span.end) for p in cleaned.paragraphs] + [(d.span.start, d.span.end) for d in cleaned.dropped]
    )
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        position = end
    assert list(cleaned.paragraphs) == sorted(cleaned.paragraphs, key=lambda p: p.span.start)
    assert sum(p.kind is Place.HEADLINE for p in cleaned.paragraphs) <= 1
    assert cleaned == clean(text, title)


@pytest.mark.parametrize("blank", ["\x1f", "\x1c\x1d", "\u2028", "\u3000 \x85"])
def test_a_line_of_blanks_of_any_kind_is_no_paragraph(blank: str) -> None:
    cleaned = clean(f"The dam broke on Monday night.\n{blank}\nNobody had seen it coming.", "")
    assert len(cleaned.paragraphs) == 2
