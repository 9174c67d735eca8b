"""The score as a sum: one bar an origin, each beginning where the one before ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.admin.drawing import svg

WIDE, NARROW = svg.Layout(720, 260, 70), svg.Layout(350, 132, 54)
ROW, TOP, BOTTOM = 30, 24, 30
MOST = 14


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the score, in log-odds."""

    label: str
    log_odds: float


def _merged(steps: Sequence[Step]) -> list[Step]:
    """At most 14 lines; the smallest of a longer score are summed in one."""
    if len(steps) <= MOST:
        return list(steps)
    kept = set(sorted(range(len(steps)), key=lambda i: -abs(steps[i].log_odds))[: MOST - 1])
    rest = [step for place, step in enumerate(steps) if place not in kept]
    shown = [step for place, step in enumerate(steps) if place in kept]
    return [*shown, Step(f"{len(rest)} smaller lines", sum(step.log_odds for step in rest))]


def signed(value: float) -> str:
    """A figure with its sign, a true minus included."""
    return f"{value:+.2f}".replace("-", "−")


class _Bars:
    """Bars on one scale: log-odds to x, from the lowest running sum to the highest."""

    def __init__(self, ends: Sequence[float], layout: svg.Layout) -> None:
        self.layout = layout
        self.low = min(ends)
        room = layout.width - layout.left - layout.right - 12
        self.scale = room / max(max(ends) - self.low, 0.5)

    def x(self, value: float) -> float:
        return self.layout.left + (value - self.low) * self.scale

    def bar(self, begin: float, end: float, top: float, class_: str) -> str:
        start, stop = sorted((self.x(begin), self.x(end)))
        height = ROW - 10
        return svg.tag("rect", x=start, y=top, width=max(stop - start, 1.5), height=height, rx=2, class_=class_)

    def row(self, step: Step, begin: float, top: float) -> str:
        """Label, bar, the line down to the next bar, figure."""
        end = begin + step.log_odds
        kind = "d-for" if step.log_odds > 0 else "d-against" if step.log_odds < 0 else "d-zero"
        return (
            svg.text(0, top + 18, svg.shorten(step.label, svg.columns(self.layout.left - 12)))
            + self.bar(begin, end, top + 4, kind)
            + svg.tag("line", x1=self.x(end), x2=self.x(end), y1=top + 4, y2=top + ROW + 4, class_="d-join")
            + svg.text(self.layout.width - 2, top + 18, signed(step.log_odds), "d-figure", "end")
        )

    def sum(self, total: float, top: float) -> str:
        return (
            svg.tag("line", x1=0, x2=self.layout.width, y1=top, y2=top, class_="d-rule")
            + svg.text(0, top + 20, "Sum", "d-strong")
            + self.bar(0, total, top + 6, "d-sum")
            + svg.text(self.layout.width - 2, top + 20, signed(total), "d-figure d-strong", "end")
        )


def draw_waterfall(identity: str, steps: Sequence[Step], layout: svg.Layout = WIDE) -> str:
    """The picture of the sum; the last row is the total."""
    rows = _merged(steps)
    total = sum(step.log_odds for step in steps)
    ends = [0.0]
    for step in rows:
        ends.append(ends[-1] + step.log_odds)
    bars = _Bars(ends, layout)
    zero, height = bars.x(0), TOP + ROW * (len(rows) + 1)
    lines = "; ".join(f"{step.label} {signed(step.log_odds)}" for step in rows)
    room_left, room_right = zero > layout.left + 100, zero < layout.width - 100
    return svg.picture(
        identity,
        "How the score adds up",
        f"Log-odds, line by line: {lines}; sum {signed(total)}.",
        (layout.width, height + BOTTOM),
        svg.text(zero, 12, "0", "d-small", "middle"),
        svg.tag("line", x1=zero, x2=zero, y1=TOP - 6, y2=height, class_="d-axis"),
        *(bars.row(step, ends[place], TOP + place * ROW) for place, step in enumerate(rows)),
        bars.sum(total, TOP + len(rows) * ROW),
        svg.text(zero - 8, height + 18, "← speaks against", "d-small", "end") if room_left else "",
        svg.text(zero + 8, height + 18, "speaks for →", "d-small") if room_right else "",
    )
