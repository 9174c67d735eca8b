"""Readings and corrections as the API names them: the columns of a mention under the names of its representation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claims.models import Correction, Mention

KINDS = Correction.Kind.choices
_FIGURE = ("value", "upper", "comparator", "unit", "counted")
_PLAIN = ("stance", "factuality", "quote", "text")


def reading(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what these columns say, as the API shows it; None where they say nothing."""
    shown: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    if "speaker_id" in values or "speaker_text" in values:
        shown["speaker"] = values.get("speaker") or values.get("speaker_text") or None
    figure = {name: values[name] for name in _FIGURE if name in values}
    if figure:
        shown["quantity"] = None if figure.get("value", 0.0) is None else figure
    return shown or None


def in_force(mention: Mention) -> Sequence[Correction]:
    """Return the corrections in force on a mention, the newest first (``querysets.corrected`` has fetched them)."""
    found: Sequence[Correction] = getattr(mention, "in_force", ())
    return found


def corrected(one: Correction) -> dict[str, Any]:
    """Return who gave a correction, when and why, and of what."""
    return {
        "correction": one.pk,
        "kind": one.kind,
        "fields": sorted(reading(one.corrected) or ()),
        "by": one.by.get_username() if one.by is not None else None,
        "why": one.why,
        "created_at": one.created_at,
        "fits": one.unfit_at is None,
    }
