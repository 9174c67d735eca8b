"""An HTML page -> the article's text and what the page says about it.

trafilatura finds the article. Before it looks, what a reader does not see or what is not the article is taken out:
hidden elements, consent banners, promotions, picture galleries. Raised digits stay raised, so that a note behind a
number does not become part of it. Dates are those that the page states in its markup or address, never one that
merely stands in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from claims.engine.lexicon.loading import words
from claims.engine.reading.text import block_quotations

_HIDDEN: Final = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:px|em|rem|pt|%)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_UNSEEN: Final = frozenset({"template", "svg", "noscript", "object", "canvas"})
_FURNITURE: Final = words("en/page_furniture")
_NAME_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_PAGE_ITSELF: Final = ("article", "main", "h1")
"""An element that holds one of these is the page itself, whatever it is called."""
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK: Final = re.compile(r"\s*(?:\[[\w\s]{1,8}\]|[*†‡§]+|[a-z])\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What was read out of a page; each field is "" where the page does not say. ``published`` is an ISO date."""

    text: str = ""
    title: str = ""
    site: str = ""
    published: str = ""
    language: str = ""


def extract(html: str, url: str = "") -> Page:
    """Return the article of the page ``html``; an empty Page where there is none.

    ``url`` helps to find the date and the site. Nothing is fetched.
    """
    if not html.strip() or (tree := load_html(html)) is None:
        return Page()
    _prepare(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=url or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None:
        return Page()
    page = found if isinstance(found, dict) else found.as_dict()
    return Page(
        text=page.get("text") or "",
        title=page.get("title") or "",
        site=page.get("sitename") or "",
        published=page.get("date") or "",
        language=page.get("language") or "",
    )


def _prepare(tree: HtmlElement) -> None:
    """Take out what is hidden or not the article's, keep raised digits raised, and mark block quotations."""
    for element in list(tree.iter("sup")):
        _raise(element)
    for element in list(_left_out(tree)):
        if element.getparent() is not None:
            element.drop_tree()
    block_quotations.mark(tree)


def _left_out(tree: HtmlElement) -> Iterator[HtmlElement]:
    page_itself = _around(tree)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        furniture = element not in page_itself and _is_furniture(element)
        if element.tag in _UNSEEN or furniture or _is_hidden(element):
            yield element


def _around(tree: HtmlElement) -> set[HtmlElement]:
    """Return the elements that hold the article or its heading, each looked at once."""
    found: set[HtmlElement] = set()
    for element in tree.iter(*_PAGE_ITSELF):
        inner: HtmlElement | None = element
        while inner is not None and inner not in found:
            found.add(inner)
            inner = inner.getparent()
    return found


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag == "dialog":
        return "open" not in element.attrib
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _is_furniture(element: HtmlElement) -> bool:
    """Whether the id or a class of an element names it as a consent banner, a promotion or a gallery."""
    if element.tag in ("html", "body", "article", "main", "a"):
        return False
    named = f"{element.get('id', '')} {element.get('class', '')}"
    return any(part.lower() in _FURNITURE for part in _NAME_PARTS.findall(named))


def _raise(element: HtmlElement) -> None:
    """Write raised digits as such, and leave out a mark of a note: "4,200<sup>[1]</sup>"."""
    if len(element) > 1 or any(len(child) for child in element):
        return
    written = element.text_content()
    if written.strip().isdigit():
        plain = written.strip().translate(_RAISED)
    elif _MARK.fullmatch(written):
        plain = ""
    else:
        return
    for child in list(element):
        element.remove(child)
    element.text = plain
    element.drop_tag()
