"""What is read out of an HTML page."""

from __future__ import annotations

import pytest

from claims.engine.reading.text.html import Page, extract

PAGE = """<html lang="en"><head><title>Dam above Arvik breaks - The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2024-05-04T10:15:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Dam above Arvik breaks</h1>
<p>The dam above Arvik broke early on Sunday, and water filled the lower streets within minutes, the mayor said.</p>
<p>Rescuers brought 40 people to a school on the hill. Two are still missing, and the search goes on.</p></article>
<footer>Contact us</footer></body></html>"""


def test_the_article_and_what_the_page_says_about_it_are_read() -> None:
    page = extract(PAGE, "https://courier.example/dam")
    assert "Rescuers brought 40 people" in page.text
    assert "Contact us" not in page.text
    assert page.title == "Dam above Arvik breaks"
    assert page.site == "The Courier"
    assert page.published == "2024-05-04"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "   ",
        "<",
        "<p>",
        "\x00\x00",
        "🙂",
        "<html></html>",
        "not html at all",
        "<" * 5000,
        "<div>" * 50_000,
        "<!--" * 10_000,
        "<script>" + "x(" * 50_000,
        "<p>" + "“" * 50_000,
        "<p>word " + "word " * 50_000,
        "<p>a\x00b</p>" * 1000,
        "<p>" + "🙂" * 10_000,
        "<p dir=rtl>انهار السد" + "\u202e" * 100,
    ],
)
def test_what_is_no_page_gives_an_empty_page_and_no_error(html: str) -> None:
    assert isinstance(extract(html), Page)
