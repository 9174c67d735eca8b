"""Paths as the person who called ``./run`` sees them: it works in the project's own folder."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def from_here(given: str) -> Path:
    """Return the path that a person typed, as seen from the folder in which ``./run`` was called."""
    return Path(settings.CALLED_FROM, given)
