"""The few SVG elements that the pictures are made of. Everything that came from outside is escaped here."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from unicodedata import combining, east_asian_width

Attribute = str | float


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide a picture is, and its left and right columns, in pixels; what is between is for lines and bars."""

    width: float
    left: float
    right: float


def columns(pixels: float, *, small: bool = False) -> int:
    """About how many columns of text fit into this many pixels of the drawing's font."""
    return max(int(pixels / (6.6 if small else 7.9)), 4)


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def tag(name: str, *children: str, **attributes: Attribute) -> str:
    """One element. ``class_`` gives ``class``, other underscores hyphens; escapes attributes, not children."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>"


def text(x: float, y: float, content: str, class_: str = "", anchor: str = "start") -> str:
    """A line of text; ``content`` is plain text."""
    return tag("text", escape(content), x=x, y=y, class_=f"d-text {class_}".strip(), text_anchor=anchor)


def width(content: str) -> int:
    """How many columns a text takes: wide characters two, combining marks none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in content)


def shorten(content: str, columns: int) -> str:
    """The text in at most ``columns`` columns, cut with an ellipsis."""
    content = " ".join(content.split())
    if width(content) <= columns:
        return content
    kept = ""
    for character in content:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def wrap(content: str, columns: int, lines: int = 2) -> list[str]:
    """The text in at most ``lines`` lines of ``columns`` columns; the last is cut with an ellipsis."""
    words = content.split()
    wrapped: list[str] = []
    while words and len(wrapped) < lines - 1:
        line = shorten(words.pop(0), columns)
        while words and width(f"{line} {words[0]}") <= columns:
            line = f"{line} {words.pop(0)}"
        wrapped.append(line)
    if words:
        wrapped.append(shorten(" ".join(words), columns))
    return wrapped


def picture(identity: str, title: str, description: str, size: tuple[float, float], *children: str) -> str:
    """A whole picture that a screen reader reads as its title and description."""
    wide, high = size
    return tag(
        "svg",
        tag("title", escape(title), id=f"{identity}-title"),
        tag("desc", escape(description), id=f"{identity}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(wide)} {number(high)}",
        width=wide,
        height=high,
        role="img",
        aria_labelledby=f"{identity}-title {identity}-desc",
        class_="drawing",
    )
