"""The pictures of a claim: what they show, and that nothing from outside gets into the markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from claims.admin.drawing import (
    ArticleNode,
    Edge,
    FigurePoint,
    Interval,
    OriginNode,
    Step,
    draw_figures,
    draw_provenance,
    draw_waterfall,
    svg,
)
from claims.admin.drawing.calibration import reliability_diagram
from claims.admin.drawing.numberline import spoken
from claims.admin.drawing.waterfall import MOST as MOST_STEPS
from claims.engine.agreement.learning.calibration import report

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "\"><script>alert(1)</script><p style='x'>&"


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314 - our own markup


def words(markup: str) -> str:
    return " | ".join("".join(t.itertext()) for t in parsed(markup).iter(f"{SVG}text"))


def pictures(text: str) -> list[str]:
    return [
        draw_provenance(
            "p", [OriginNode("o", text, text, text)], [ArticleNode("a", text, text)], [Edge("o", "a", text)]
        ),
        draw_waterfall("w", [Step(text, 1.0)]),
        draw_figures("f", [FigurePoint(1, text, note=text)], text),
    ]


@pytest.mark.parametrize("picture", pictures(HOSTILE))
def test_hostile_words_stay_words(picture: str) -> None:
    tree = parsed(picture)
    assert not [e for e in tree.iter() if e.tag.removeprefix(SVG) in ("script", "p")]


@pytest.mark.parametrize("picture", pictures("plain"))
def test_a_picture_has_a_name_a_description_and_no_style(picture: str) -> None:
    tree = parsed(picture)
    named = {e.get("id") for e in tree if e.tag in (f"{SVG}title", f"{SVG}desc")}
    assert set(str(tree.get("aria-labelledby")).split()) == named
    assert tree.get("role") == "img"
    assert "style" not in picture


def test_every_origin_and_article_is_drawn_with_a_line_for_each_pair() -> None:
    origins = [OriginNode("a", "Mayor", "one speaker"), OriginNode("b", "Port", "one speaker", "denies")]
    articles = [ArticleNode("1", "Post"), ArticleNode("2", "Wire")]
    edges = [Edge("a", "1"), Edge("a", "2"), Edge("b", "2", "denies"), Edge("a", "1")]
    drawn = draw_provenance("p", origins, articles, edges)
    assert "Origins (2)" in words(drawn)
    assert len(list(parsed(drawn).iter(f"{SVG}path"))) == 3


def test_a_denial_is_dashed_and_said_in_words() -> None:
    drawn = draw_provenance(
        "p", [OriginNode("b", "Port", "speaker", "denies")], [ArticleNode("1", "Wire")], [Edge("b", "1", "denies")]
    )
    assert "stroke-dasharray" in drawn
    assert "✕ denies" in drawn
    assert "Port denies, in Wire." in drawn


def test_what_is_not_drawn_is_counted() -> None:
    origins = [OriginNode(str(n), f"Origin {n}", "one outlet") for n in range(20)]
    articles = [ArticleNode(str(n), f"Outlet {n}") for n in range(60)]
    edges = [Edge(str(n % 20), str(n)) for n in range(60)]
    assert "Not drawn: 8 more origins, 12 more articles" in words(draw_provenance("p", origins, articles, edges))


def test_the_waterfall_ends_at_the_sum_of_its_lines() -> None:
    drawn = words(draw_waterfall("w", [Step("prior", -0.4), Step("Mayor", 1.1), Step("Port", -1.3)]))
    assert drawn.count("−") == 3
    assert "Sum | −0.60" in drawn


def test_a_long_score_keeps_its_sum_when_small_lines_are_joined() -> None:
    steps = [Step(f"Origin {n}", 0.1 * n) for n in range(40)]
    drawn = words(draw_waterfall("w", steps))
    assert f"{40 - MOST_STEPS + 1} smaller lines" in drawn
    assert "Sum | +78.00" in drawn


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (FigurePoint(100, ">"), "more than 100"),
        (FigurePoint(163, ">="), "at least 163"),
        (FigurePoint(155), "155"),
        (FigurePoint(2, "=", 4), "2 to 4"),
        (FigurePoint(12000, "~"), "about 12,000"),
        (FigurePoint(0.5, "<="), "at most 0.5"),
    ],
)
def test_a_figure_is_spoken_as_it_was_given(point: FigurePoint, said: str) -> None:
    assert spoken(point) == said


def test_a_bound_is_an_arrow_and_a_figure_a_dot() -> None:
    bound, exact = draw_figures("f", [FigurePoint(100, ">")]), draw_figures("f", [FigurePoint(155)])
    assert "d-hollow" in bound
    assert "d-bound" in bound
    assert "d-bound" not in exact


def test_figures_far_apart_get_a_logarithmic_scale_and_say_so() -> None:
    assert "logarithmic scale" in draw_figures("f", [FigurePoint(3), FigurePoint(12000)])
    assert "logarithmic" not in draw_figures("f", [FigurePoint(100), FigurePoint(168)])


@pytest.mark.parametrize("interval", [Interval(155, None, None), Interval(155, 150, None), Interval(0, -5, 5)])
def test_an_open_interval_is_drawn_to_the_edge(interval: Interval) -> None:
    assert "d-band" in draw_figures("f", [FigurePoint(155), FigurePoint(168)], interval=interval)


@pytest.mark.parametrize("value", [0.0, -40.0, 1e18])
def test_odd_figures_can_be_drawn(value: float) -> None:
    assert parsed(draw_figures("f", [FigurePoint(value)])) is not None


def test_no_figure_no_picture() -> None:
    assert draw_figures("f", []) == ""


def test_text_is_shortened_by_columns_and_not_by_characters() -> None:
    assert svg.shorten("訪問者は百五十五人", 8) == "訪問者…"
    assert svg.shorten("short", 8) == "short"
    assert svg.wrap("one two three four", 8) == ["one two", "three f…"]


def test_the_diagram_needs_no_inline_style() -> None:
    drawn = reliability_diagram(report([(0.2, False), (0.8, True)]))
    assert "style" not in drawn
    assert drawn.count('class="c-point"') == 2
    assert "2 decided claims" in drawn
    assert "No claim has been decided yet" in reliability_diagram(report([]))
