"""The score as a sum: one bar an origin, each beginning where the one before ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.admin.drawing import svg

WIDTH, LABEL, VALUE = 720, 260, 70
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


def draw_waterfall(identity: str, steps: Sequence[Step]) -> str:
    """The picture of the sum; the last row is the total."""
    rows = _merged(steps)
    total = sum(step.log_odds for step in steps)
    ends = [0.0]
    for step in rows:
        ends.append(ends[-1] + step.log_odds)
    low, high = min(ends), max(ends)
    scale = (WIDTH - LABEL - VALUE - 12) / max(high - low, 0.5)

    def x(value: float) -> float:
        return LABEL + (value - low) * scale

    height = TOP + ROW * (len(rows) + 1)
    marks: list[str] = [svg.tag("line", x1=x(0), x2=x(0), y1=TOP - 6, y2=height, class_="d-axis")]
    for place, step in enumerate(rows):
        top, begin, end = TOP + place * ROW, x(ends[place]), x(ends[place + 1])
        kind = "d-for" if step.log_odds > 0 else "d-against" if step.log_odds < 0 else "d-zero"
        marks += [
            svg.text(0, top + 18, svg.shorten(step.label, 38)),
            svg.tag(
                "rect",
                x=min(begin, end),
                y=top + 4,
                width=max(abs(end - begin), 1.5),
                height=ROW - 10,
                rx=2,
                class_=kind,
            ),
            svg.tag("line", x1=end, x2=end, y1=top + 4, y2=top + ROW + 4, class_="d-join"),
            svg.text(WIDTH - 2, top + 18, signed(step.log_odds), "d-figure", "end"),
        ]
    top = TOP + len(rows) * ROW
    marks += [
        svg.tag("line", x1=0, x2=WIDTH, y1=top, y2=top, class_="d-rule"),
        svg.text(0, top + 20, "Sum", "d-strong"),
        svg.tag(
            "rect",
            x=min(x(0), x(total)),
            y=top + 6,
            width=max(abs(x(total) - x(0)), 1.5),
            height=ROW - 10,
            rx=2,
            class_="d-sum",
        ),
        svg.text(WIDTH - 2, top + 20, signed(total), "d-figure d-strong", "end"),
    ]
    lines = "; ".join(f"{step.label} {signed(step.log_odds)}" for step in rows)
    return svg.picture(
        identity,
        "How the score adds up",
        f"Log-odds, line by line: {lines}; sum {signed(total)}.",
        (WIDTH, height + BOTTOM),
        svg.text(x(0), 12, "0", "d-small", "middle"),
        *marks,
        svg.text(x(0) - 8, height + 18, "← speaks against", "d-small", "end") if x(0) > LABEL + 100 else "",
        svg.text(x(0) + 8, height + 18, "speaks for →", "d-small"),
    )
