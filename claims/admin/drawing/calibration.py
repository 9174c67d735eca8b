"""A reliability diagram as SVG: classes instead of styles, so that it stands under a strict content security policy."""

from __future__ import annotations

from claims.engine.agreement.learning.calibration import Bin, Report

SIDE, MARGIN = 320, 44
SMALLEST, LARGEST = 3.0, 9.0


def reliability_diagram(report: Report) -> str:
    """Return the diagram of a calibration report: probability stated across, share that held upwards.

    A point on the diagonal was stated as it turned out; its size grows with the number of claims. Classes:
    ``c-frame``, ``c-diagonal``, ``c-gap``, ``c-point``, ``c-label``.
    """
    parts = [
        f'<svg class="c-reliability" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 '
        f'{SIDE + 2 * MARGIN} {SIDE + 2 * MARGIN}" width="{SIDE + 2 * MARGIN}" height="{SIDE + 2 * MARGIN}">',
        "<title>Reliability diagram</title>",
        f"<desc>{_description(report)}</desc>",
        f'<rect class="c-frame" x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}" fill="none"/>',
        f'<line class="c-diagonal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
        *_axes(),
        *(_point(b, max((c.count for c in report.bins), default=1)) for b in report.bins),
        "</svg>",
    ]
    return "".join(parts)


def _x(value: float) -> str:
    return f"{MARGIN + value * SIDE:.1f}"


def _y(value: float) -> str:
    return f"{MARGIN + (1.0 - value) * SIDE:.1f}"


def _description(report: Report) -> str:
    if not report.count:
        return "No claim has been decided yet."
    told = "; ".join(f"stated {b.stated:.0%}, held {b.observed:.0%} of {b.count}" for b in report.bins)
    return (
        f"{report.count} decided claims, Brier score {report.brier:.3f}, calibration error {report.ece:.3f} "
        f"({report.ece_by_chance:.3f} by chance alone): {told}."
    )


def _axes() -> list[str]:
    labels = []
    for value in (0.0, 0.25, 0.5, 0.75, 1.0):
        labels.append(
            f'<text class="c-label" x="{_x(value)}" y="{MARGIN + SIDE + 16}" text-anchor="middle">{value:.0%}</text>'
        )
        labels.append(f'<text class="c-label" x="{MARGIN - 6}" y="{_y(value)}" text-anchor="end">{value:.0%}</text>')
    middle = MARGIN + SIDE / 2
    labels.append(
        f'<text class="c-label" x="{middle}" y="{MARGIN + SIDE + 34}" text-anchor="middle">probability stated</text>'
    )
    labels.append(f'<text class="c-label" x="{middle}" y="{MARGIN - 12}" text-anchor="middle">share that held</text>')
    return labels


def _point(b: Bin, most: int) -> str:
    radius = SMALLEST + (LARGEST - SMALLEST) * (b.count / most) ** 0.5
    return (
        f'<line class="c-gap" x1="{_x(b.stated)}" y1="{_y(b.stated)}" x2="{_x(b.stated)}" y2="{_y(b.observed)}"/>'
        f'<circle class="c-point" cx="{_x(b.stated)}" cy="{_y(b.observed)}" r="{radius:.1f}">'
        f"<title>{b.count} claims: stated {b.stated:.0%}, held {b.observed:.0%}</title></circle>"
    )
