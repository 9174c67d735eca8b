"""The figures of a claim on one line: ``> 100`` is a bound, not a rival of ``155``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from claims.admin.drawing import svg

WIDE, NARROW = svg.Layout(720, 120, 210), svg.Layout(350, 124, 0)
ROW, TOP, BOTTOM = 28, 14, 30
MOST = 16
SIGNS = {"=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about ", "": ""}


@dataclass(frozen=True, slots=True)
class FigurePoint:
    """One figure as given: value, comparator (= > >= < <= ~), upper end of a range, and who gives it."""

    value: float
    comparator: str = "="
    upper: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """What the evidence agrees on; None: open on that side."""

    value: float
    low: float | None
    high: float | None


def plain(value: float) -> str:
    """A figure as a newsroom writes it: thousands with commas, no needless decimals."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def spoken(point: FigurePoint) -> str:
    """``more than 100``, ``155``, ``2 to 4``."""
    end = f" to {plain(point.upper)}" if point.upper is not None and point.upper != point.value else ""
    return f"{SIGNS.get(point.comparator, '')}{plain(point.value)}{end}"


class _Scale:
    """Values to x: linear, or logarithmic where the figures span more than a factor of 50."""

    def __init__(self, values: Sequence[float], layout: svg.Layout) -> None:
        low, high = min(values), max(values)
        self.begin, self.end = layout.left, layout.width - layout.right
        self.logarithmic = low > 0 and high / low > 50
        self.low, self.high = self._map(low), self._map(high)
        pad = (self.high - self.low) * 0.12 or max(abs(self.high) * 0.1, 1.0)
        self.low, self.high = self.low - pad, self.high + pad

    def _map(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value

    def x(self, value: float) -> float:
        return self.begin + (self._map(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    def clipped(self, value: float | None, otherwise: float) -> float:
        """Where a bound of an interval is drawn: inside the line, at its end where there is no bound."""
        if value is None or (self.logarithmic and value <= 0):
            return otherwise
        return min(max(self.x(value), self.begin), self.end)


def _bound(point: FigurePoint, x: float, y: float, scale: _Scale) -> str:
    """A dot, hollow where its own value is not meant, and an arrow to where the true value may lie."""
    up = point.comparator in (">", ">=")
    tip = scale.end - 6 if up else scale.begin + 6
    back, middle = svg.number(tip - 6 if up else tip + 6), svg.number(y)
    head = f"M{back} {svg.number(y - 4)}L{svg.number(tip)} {middle}L{back} {svg.number(y + 4)}"
    return (
        svg.tag("line", x1=x, x2=tip, y1=y, y2=y, class_="d-bound", stroke_dasharray="4 3")
        + svg.tag("path", d=head, fill="none", class_="d-bound")
        + svg.tag("circle", cx=x, cy=y, r=5, class_="d-hollow" if point.comparator in (">", "<") else "d-dot")
    )


def _mark(point: FigurePoint, y: float, scale: _Scale) -> str:
    """A dot; an arrow for a bound, a bar for a range, a ring for ``about``."""
    x = scale.x(point.value)
    end = x if point.upper is None else scale.x(point.upper)
    if point.comparator in (">", ">=", "<", "<="):
        return _bound(point, x, y, scale)
    bar = svg.tag("rect", x=x, y=y - 3, width=end - x, height=6, class_="d-range") if end > x else ""
    ring = svg.tag("circle", cx=x, cy=y, r=9, fill="none", class_="d-ring") if point.comparator == "~" else ""
    last = svg.tag("circle", cx=end, cy=y, r=5, class_="d-dot") if end > x else ""
    return bar + ring + svg.tag("circle", cx=x, cy=y, r=5, class_="d-dot") + last


def _band(scale: _Scale, interval: Interval, height: float) -> str:
    left, right = scale.clipped(interval.low, scale.begin), scale.clipped(interval.high, scale.end)
    return svg.tag("rect", x=left, y=TOP - 6, width=max(right - left, 2), height=height - TOP + 6, class_="d-band")


def _row(point: FigurePoint, y: float, scale: _Scale, layout: svg.Layout) -> str:
    note = svg.shorten(point.note, svg.columns(layout.right - 10, small=True)) if layout.right else ""
    return (
        svg.tag("line", x1=scale.begin, x2=scale.end, y1=y, y2=y, class_="d-guide")
        + svg.text(
            layout.left - 10, y + 4, svg.shorten(spoken(point), svg.columns(layout.left - 10)), "d-strong", "end"
        )
        + _mark(point, y, scale)
        + (svg.text(scale.end + 8, y + 4, note, "d-small") if note else "")
    )


def draw_figures(
    identity: str,
    points: Sequence[FigurePoint],
    unit: str = "",
    interval: Interval | None = None,
    layout: svg.Layout = WIDE,
) -> str:
    """The picture of all figures, lowest first, one row a figure; "" where there is none."""
    if not points:
        return ""
    shown = sorted(points, key=lambda p: (p.value, p.upper or p.value, p.comparator))[:MOST]
    scale = _Scale([end for p in shown for end in (p.value, p.upper if p.upper is not None else p.value)], layout)
    height, left_out = TOP + ROW * len(shown), len(points) - len(shown)
    agreed = f" The evidence agrees best on {plain(interval.value)}." if interval else ""
    log, more = "logarithmic scale" if scale.logarithmic else "", f"{left_out} more not drawn" if left_out else ""
    told = "; ".join(f"{spoken(p)} ({p.note})" if p.note else spoken(p) for p in shown)
    return svg.picture(
        identity,
        "The figures, side by side",
        f"{told}.{agreed}",
        (layout.width, height + BOTTOM),
        _band(scale, interval, height) if interval else "",
        *(_row(point, TOP + place * ROW + ROW / 2, scale, layout) for place, point in enumerate(shown)),
        svg.tag("line", x1=scale.begin, x2=scale.end, y1=height, y2=height, class_="d-axis"),
        svg.text(scale.begin, height + 18, " · ".join(filter(None, (unit, log, more))), "d-small"),
    )
