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
        "<div class=promo>" * 50_000,
        "<sup>1" * 50_000,
        "<p hidden>" * 50_000,
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


def page(inside: str, *, head: str = "", behind: str = "") -> str:
    """A page whose article says two things that everybody sees, with ``inside`` between them."""
    return (
        f'<html lang="en"><head><meta charset="utf-8"><title>Hail</title>{head}</head>'
        "<body><article><h1>Hail in Orr</h1>"
        "<p>Hail broke 900 windows in Orr on Monday, the fire brigade said, and the school on the hill was closed.</p>"
        f"{inside}"
        "<p>The glaziers of three towns are on their way to Orr, the mayor said, and will begin with the hospital.</p>"
        f"</article>{behind}</body></html>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<p hidden>Hail killed 77 cows.</p>",
        '<div style="Display : None"><p>Hail killed 77 cows.</p></div>',
        '<p style="color:red;VISIBILITY:hidden">Hail killed 77 cows.</p>',
        "<template><p>Hail killed 77 cows.</p></template>",
        "<dialog><p>Hail killed 77 cows.</p></dialog>",
        '<p style="font-size:0">Hail killed 77 cows.</p>',
        '<aside class="related-stories"><p>Hail killed 77 cows.</p></aside>',
        '<div id="InlinePromo"><p>Hail killed 77 cows in another town far away, farmers say.</p></div>',
        '<div class="photo-gallery"><p>1/77 Hail killed 77 cows.</p></div>',
        '<section class="cookie_banner"><p>Hail killed 77 cows.</p></section>',
        "<svg><text>77 cows</text></svg>",
    ],
)
def test_what_nobody_sees_or_what_is_no_article_is_left_out(inside: str) -> None:
    text = extract(page(inside)).text
    assert "900 windows" in text
    assert "glaziers" in text
    assert "77" not in text


def test_an_article_is_kept_however_its_element_is_called() -> None:
    text = extract(f'<html><body><div class="promo related">{page("")}</div></body></html>').text
    assert "900 windows" in text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("3,400<sup>2</sup> cows", "3,400² cows"),
        ('19<sup><a href="#n7">7</a></sup> cows', "19⁷ cows"),
        ("19<sup>[7]</sup> cows", "19 cows"),
        ("19<sup>*</sup> cows", "19 cows"),
        ("10<sup>6</sup> cows", "10⁶ cows"),
        ("the 19<sup>th</sup> cow", "the 19th cow"),
        ("19 m<sup>2</sup>", "19 m²"),
    ],
)
def test_raised_digits_stay_raised_and_marks_of_notes_go(markup: str, text: str) -> None:
    inside = f"<p>The vet of Orr told the farmers on Tuesday evening about {markup} in a long letter to them all.</p>"
    assert f"about {text} in a long letter" in extract(page(inside)).text


@pytest.mark.parametrize(
    ("inside", "behind"),
    [
        (
            "<p>The hail of 2016 was worse, old farmers in Orr remember, and broke more than this one.</p>",
            "",
        ),
        ("<figure><img src='a.jpg'><figcaption>A barn in Orr, 3 May 2015. Photo: Bo Lind</figcaption></figure>", ""),
        ("", "<footer>© 2009–2023 The Orr Courier</footer>"),
        ("<p>The next fair is on 12 September 2031 in the hall behind the church, and all are asked to come.</p>", ""),
    ],
)
def test_a_date_that_only_stands_in_the_text_is_no_date_of_publication(inside: str, behind: str) -> None:
    assert extract(page(inside, behind=behind)).published == ""


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-09T08:00:00+01:00">',
        '<meta itemprop="datePublished" content="2024-03-09">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-09T07:00:00Z"}</script>',
        '<meta name="date" content="2024-03-09">',
    ],
)
def test_a_date_that_the_page_states_is_its_date_of_publication(head: str) -> None:
    assert extract(page("", head=head)).published == "2024-03-09"
