"""Origins on the left, the articles that carry them on the right: who is a witness, and who only relays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from claims.admin.drawing import svg

WIDTH, LEFT, RIGHT = 720, 290, 250
ROW, GAP, TOP = 44, 10, 30
MOST_ORIGINS, MOST_ARTICLES = 12, 24
DASHES = {"denies": "7 4", "open": "2 4"}


@dataclass(frozen=True, slots=True)
class OriginNode:
    """One witness: ``stance`` is ``asserts``, ``denies`` or ``open``; ``kind`` says why it counts once."""

    key: str
    label: str
    kind: str
    stance: str = "asserts"


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


def _tops(count: int, height: float) -> list[float]:
    """Upper edges of ``count`` boxes spread over the height."""
    taken = count * ROW + (count - 1) * GAP
    start = TOP + max(0.0, (height - taken) / 2)
    return [start + place * (ROW + GAP) for place in range(count)]


def _origin_box(node: OriginNode, top: float) -> str:
    sign = {"denies": "✕ denies · ", "open": "? open · "}.get(node.stance, "")
    return svg.tag(
        "g",
        svg.tag("title", escape(node.label)),
        svg.tag("rect", x=1, y=top, width=LEFT - 2, height=ROW, rx=6, class_=f"d-origin d-{node.stance}"),
        svg.text(14, top + 19, svg.shorten(node.label, 38), "d-strong"),
        svg.text(14, top + 35, svg.shorten(sign + node.kind, 44), "d-small"),
    )


def _article_box(node: ArticleNode, top: float) -> str:
    left = WIDTH - RIGHT
    return svg.tag(
        "g",
        svg.tag("title", escape(f"{node.source} {node.detail}".strip())),
        svg.tag("rect", x=left, y=top, width=RIGHT - 1, height=ROW, rx=6, class_="d-article"),
        svg.text(left + 12, top + 19, svg.shorten(node.source, 32), "d-strong"),
        svg.text(left + 12, top + 35, svg.shorten(node.detail, 38), "d-small"),
    )


def _line(edge: Edge, start: float, end: float) -> str:
    """A curve from an origin's right side to an article's left side; a denial is dashed as well as coloured."""
    x1, x2 = LEFT - 1, WIDTH - RIGHT
    middle = svg.number((x1 + x2) / 2)
    y1, y2 = svg.number(start), svg.number(end)
    path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"
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


def draw_provenance(
    identity: str, origins: Sequence[OriginNode], articles: Sequence[ArticleNode], edges: Sequence[Edge]
) -> str:
    """The picture of origins and articles; beyond 12 origins and 24 articles it says how many are left out."""
    shown = list(origins[:MOST_ORIGINS])
    ordered = _order(shown, articles, edges)
    listed = ordered[:MOST_ARTICLES]
    rows = max(len(shown), len(listed), 1)
    height = rows * ROW + (rows - 1) * GAP
    origin_tops = dict(zip((o.key for o in shown), _tops(len(shown), height), strict=True))
    article_tops = dict(zip((a.key for a in listed), _tops(len(listed), height), strict=True))
    lines = [
        _line(edge, origin_tops[edge.origin] + ROW / 2, article_tops[edge.article] + ROW / 2)
        for edge in dict.fromkeys(edges)
        if edge.origin in origin_tops and edge.article in article_tops
    ]
    left_out = [
        f"{count} more {noun}"
        for count, noun in ((len(origins) - len(shown), "origins"), (len(ordered) - len(listed), "articles"))
        if count > 0
    ]
    return svg.picture(
        identity,
        "Where the claim comes from",
        _description(shown, listed, edges) + (f" Not drawn: {', '.join(left_out)}." if left_out else ""),
        (WIDTH, TOP + height + (26 if left_out else 6)),
        svg.text(2, 16, f"Origins ({len(origins)})", "d-head"),
        svg.text(WIDTH - RIGHT, 16, f"Articles ({len(articles)})", "d-head"),
        *lines,
        *(_origin_box(node, origin_tops[node.key]) for node in shown),
        *(_article_box(node, article_tops[node.key]) for node in listed),
        svg.text(2, TOP + height + 20, f"Not drawn: {', '.join(left_out)}", "d-small") if left_out else "",
    )
