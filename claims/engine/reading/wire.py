"""Which news agency an article credits: in its dateline, its byline or its last lines."""

from __future__ import annotations


def wire(text: str, byline: str = "") -> str:
    """The agency's short name ("AP", "Reuters", ...), or ""."""
    return ""
