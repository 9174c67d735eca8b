"""An HTML page -> the article's text and what the page says about it."""

from __future__ import annotations

from dataclasses import dataclass

import trafilatura


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
    if not html.strip():
        return Page()
    found = trafilatura.bare_extraction(html, url=url or None, include_comments=False, with_metadata=True)
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
