"""Pictures of a claim, drawn on the server as inline SVG: pure functions from frozen records to markup.

No ``style`` attribute anywhere, so that a strict content security policy holds: colours come from classes in
``desk/desk.css``.
"""

from claims.admin.drawing.numberline import FigurePoint, Interval, draw_figures
from claims.admin.drawing.provenance import ArticleNode, Edge, OriginNode, draw_provenance
from claims.admin.drawing.waterfall import Step, draw_waterfall

__all__ = [
    "ArticleNode",
    "Edge",
    "FigurePoint",
    "Interval",
    "OriginNode",
    "Step",
    "draw_figures",
    "draw_provenance",
    "draw_waterfall",
]
