"""The figures of a claim on one line: ``> 100`` is a bound, not a rival of ``155``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from claims.admin.drawing import svg

WIDTH, LABEL, NOTE = 720, 120, 210
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

    def __init__(self, values: Sequence[float]) -> None:
        low, high = min(values), max(values)
        self.logarithmic = low > 0 and high / low > 50
        self.low, self.high = self._map(low), self._map(high)
        pad = (self.high - self.low) * 0.12 or max(abs(self.high) * 0.1, 1.0)
        self.low, self.high = self.low - pad, self.high + pad

    def _map(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value

    def x(self, value: float) -> float:
        wide = WIDTH - LABEL - NOTE
        return LABEL + (self._map(value) - self.low) / (self.high - self.low) * wide


def _mark(point: FigurePoint, x: float, end: float, y: float) -> str:
    """A dot; hollow and with an arrow for a bound, with a bar for a range, with a ring for ``about``."""
    right, left = WIDTH - NOTE - 6, LABEL + 6
    if point.comparator in (">", ">=", "<", "<="):
        up = point.comparator in (">", ">=")
        tip = right if up else left
        back, middle = svg.number(tip - 6 if up else tip + 6), svg.number(y)
        head = f"M{back} {svg.number(y - 4)}L{svg.number(tip)} {middle}L{back} {svg.number(y + 4)}"
        shaft = svg.tag("line", x1=x, x2=tip, y1=y, y2=y, class_="d-bound", stroke_dasharray="4 3")
        dot = "d-hollow" if point.comparator in (">", "<") else "d-dot"
        return (
            shaft
            + svg.tag("path", d=head, fill="none", class_="d-bound")
            + svg.tag("circle", cx=x, cy=y, r=5, class_=dot)
        )
    bar = svg.tag("rect", x=x, y=y - 3, width=max(end - x, 0), height=6, class_="d-range") if end > x else ""
    ring = svg.tag("circle", cx=x, cy=y, r=9, fill="none", class_="d-ring") if point.comparator == "~" else ""
    last = svg.tag("circle", cx=end, cy=y, r=5, class_="d-dot") if end > x else ""
    return bar + ring + svg.tag("circle", cx=x, cy=y, r=5, class_="d-dot") + last


def _band(scale: _Scale, interval: Interval, height: float) -> str:
    left = LABEL if interval.low is None else min(max(scale.x(interval.low), LABEL), WIDTH - NOTE)
    right = WIDTH - NOTE if interval.high is None else max(min(scale.x(interval.high), WIDTH - NOTE), LABEL)
    return svg.tag("rect", x=left, y=TOP - 6, width=max(right - left, 2), height=height - TOP + 6, class_="d-band")


def draw_figures(identity: str, points: Sequence[FigurePoint], unit: str = "", interval: Interval | None = None) -> str:
    """The picture of all figures, lowest first, one row a figure; "" where there is none."""
    if not points:
        return ""
    shown = sorted(points, key=lambda p: (p.value, p.upper or p.value, p.comparator))[:MOST]
    scale = _Scale([end for p in shown for end in (p.value, p.upper if p.upper is not None else p.value)])
    height = TOP + ROW * len(shown)
    rows = [_band(scale, interval, height)] if interval else []
    for place, point in enumerate(shown):
        y = TOP + place * ROW + ROW / 2
        end = scale.x(point.upper) if point.upper is not None else scale.x(point.value)
        rows += [
            svg.tag("line", x1=LABEL, x2=WIDTH - NOTE, y1=y, y2=y, class_="d-guide"),
            svg.text(LABEL - 12, y + 4, svg.shorten(spoken(point), 19), "d-figure d-strong", "end"),
            _mark(point, scale.x(point.value), end, y),
            svg.text(WIDTH - NOTE + 8, y + 4, svg.shorten(point.note, 33), "d-small"),
        ]
    left_out = len(points) - len(shown)
    agreed = f" The evidence agrees best on {plain(interval.value)}." if interval else ""
    scale_note = " · logarithmic scale" if scale.logarithmic else ""
    caption = f"{unit}{scale_note}{f' · {left_out} more not drawn' if left_out > 0 else ''}".strip(" ·")
    told = "; ".join(f"{spoken(p)} ({p.note})" if p.note else spoken(p) for p in shown)
    return svg.picture(
        identity,
        "The figures, side by side",
        f"{told}.{agreed}",
        (WIDTH, height + BOTTOM),
        *rows,
        svg.tag("line", x1=LABEL, x2=WIDTH - NOTE, y1=height, y2=height, class_="d-axis"),
        svg.text(LABEL, height + 18, caption, "d-small"),
    )
