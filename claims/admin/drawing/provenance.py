"""Origins on the left, the articles that carry them on the right: who is a witness, and who only relays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from claims.admin.drawing import svg

WIDE, NARROW = svg.Layout(720, 290, 250), svg.Layout(350, 168, 120)
ROW, LINE, GAP, TOP = 44, 16, 10, 30
MOST_ORIGINS, MOST_ARTICLES = 12, 24
DASHES = {"denies": "7 4", "open": "2 4"}


@dataclass(frozen=True, slots=True)
class OriginNode:
    """One witness: ``stance`` is ``asserts``, ``denies`` or ``open``; ``kind`` says why it counts once.

    ``whole`` is false where it does not count as a witness of full standing.
    """

    key: str
    label: str
    kind: str
    stance: str = "asserts"
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ArticleNode:
    """One article: its outlet, and a second line (a date, a wire credit)."""

    key: str
    source: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """That an article carries a mention of an origin, and with which stance."""

    origin: str
    article: str
    stance: str = "asserts"


def _order(origins: Sequence[OriginNode], articles: Sequence[ArticleNode], edges: Sequence[Edge]) -> list[ArticleNode]:
    """Articles beside the origins that they carry, so that few lines cross."""
    rank = {origin.key: place for place, origin in enumerate(origins)}
    carried: dict[str, list[int]] = {}
    for edge in edges:
        if edge.origin in rank:
            carried.setdefault(edge.article, []).append(rank[edge.origin])
    known = [article for article in articles if article.key in carried]
    return sorted(known, key=lambda a: (sum(carried[a.key]) / len(carried[a.key]), a.source, a.key))


def _tops(heights: Sequence[float], height: float) -> list[float]:
    """Upper edges of boxes of these heights, one under the other in the middle of ``height``."""
    start = TOP + max(0.0, (height - _stacked(heights)) / 2)
    return [start + sum(heights[:place]) + place * GAP for place in range(len(heights))]


def _stacked(heights: Sequence[float]) -> float:
    return sum(heights) + GAP * max(len(heights) - 1, 0)


def _label(node: OriginNode, layout: svg.Layout) -> list[str]:
    """The origin's name in one line or two."""
    return svg.wrap(node.label, svg.columns(layout.left - 24)) or [""]


def _height(node: OriginNode, layout: svg.Layout) -> float:
    return ROW + LINE * (len(_label(node, layout)) - 1)


def _origin_box(node: OriginNode, top: float, layout: svg.Layout) -> str:
    sign = {"denies": "✕ denies · ", "open": "? open · "}.get(node.stance, "")
    part = "" if node.whole else "counts in part · "
    classes = f"d-origin d-{node.stance}{'' if node.whole else ' d-part'}"
    label, room = _label(node, layout), svg.columns(layout.left - 24, small=True)
    below = top + 35 + LINE * (len(label) - 1)
    return svg.tag(
        "g",
        svg.tag("title", escape(node.label)),
        svg.tag("rect", x=1, y=top, width=layout.left - 2, height=_height(node, layout), rx=6, class_=classes),
        *(svg.text(12, top + 19 + LINE * place, line, "d-strong") for place, line in enumerate(label)),
        svg.text(12, below, svg.shorten(part + sign + node.kind, room), "d-small"),
    )


def _article_box(node: ArticleNode, top: float, layout: svg.Layout) -> str:
    left, room = layout.width - layout.right, layout.right - 20
    return svg.tag(
        "g",
        svg.tag("title", escape(f"{node.source} {node.detail}".strip())),
        svg.tag("rect", x=left, y=top, width=layout.right - 1, height=ROW, rx=6, class_="d-article"),
        svg.text(left + 10, top + 19, svg.shorten(node.source, svg.columns(room)), "d-strong"),
        svg.text(left + 10, top + 35, svg.shorten(node.detail, svg.columns(room, small=True)), "d-small"),
    )


def _line(edge: Edge, start: float, end: float, layout: svg.Layout) -> str:
    """A curve from an origin's right side to an article's left side; a denial is dashed as well as coloured."""
    x1, x2 = layout.left - 1, layout.width - layout.right
    middle = svg.number((x1 + x2) / 2)
    y1, y2 = svg.number(start), svg.number(end)
    path = f"M{svg.number(x1)} {y1}C{middle} {y1} {middle} {y2} {svg.number(x2)} {y2}"
    dashes = {"stroke_dasharray": DASHES[edge.stance]} if edge.stance in DASHES else {}
    return svg.tag("path", d=path, fill="none", class_=f"d-edge d-{edge.stance}", **dashes)


def _description(origins: Sequence[OriginNode], articles: Sequence[ArticleNode], edges: Sequence[Edge]) -> str:
    names = {article.key: article.source for article in articles}
    parts = []
    for origin in origins:
        carriers = sorted({names[e.article] for e in edges if e.origin == origin.key and e.article in names})
        verb = {"denies": "denies, in", "open": "leaves open, in"}.get(origin.stance, "is carried by")
        parts.append(f"{origin.label} {verb} {', '.join(carriers) or 'no article shown'}.")
    return " ".join(parts)


def _left_out(counts: Sequence[tuple[int, str]]) -> str:
    """``8 more origins, 12 more articles``; "" where all is drawn."""
    return ", ".join(f"{count} more {noun}" for count, noun in counts if count > 0)


def draw_provenance(
    identity: str,
    origins: Sequence[OriginNode],
    articles: Sequence[ArticleNode],
    edges: Sequence[Edge],
    layout: svg.Layout = WIDE,
) -> str:
    """The picture of origins and articles; beyond 12 origins and 24 articles it says how many are left out."""
    shown = list(origins[:MOST_ORIGINS])
    ordered = _order(shown, articles, edges)
    listed = ordered[:MOST_ARTICLES]
    heights, rows = [_height(node, layout) for node in shown], [ROW] * len(listed)
    height = max(_stacked(heights), _stacked(rows), ROW)
    origin_tops = dict(zip((o.key for o in shown), _tops(heights, height), strict=True))
    article_tops = dict(zip((a.key for a in listed), _tops(rows, height), strict=True))
    middles = {node.key: origin_tops[node.key] + tall / 2 for node, tall in zip(shown, heights, strict=True)}
    missing = _left_out([(len(origins) - len(shown), "origins"), (len(ordered) - len(listed), "articles")])
    lines = [
        _line(edge, middles[edge.origin], article_tops[edge.article] + ROW / 2, layout)
        for edge in dict.fromkeys(edges)
        if edge.origin in origin_tops and edge.article in article_tops
    ]
    return svg.picture(
        identity,
        "Where the claim comes from",
        _description(shown, listed, edges) + (f" Not drawn: {missing}." if missing else ""),
        (layout.width, TOP + height + (26 if missing else 6)),
        svg.text(2, 16, f"Origins ({len(origins)})", "d-head"),
        svg.text(layout.width - layout.right, 16, f"Articles ({len(articles)})", "d-head"),
        *lines,
        *(_origin_box(node, origin_tops[node.key], layout) for node in shown),
        *(_article_box(node, article_tops[node.key], layout) for node in listed),
        svg.text(2, TOP + height + 20, f"Not drawn: {missing}", "d-small") if missing else "",
    )
