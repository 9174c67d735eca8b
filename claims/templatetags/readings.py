"""What the machine read and what people put in its place, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from claims.admin.claim_page import figure_of
from claims.engine.polarity import towards
from claims.engine.types import Stance
from claims.models import ArticleChange, Correction, Mention, SpeakerChange
from claims.services.readings import COLUMNS

register = template.Library()

_LABELS = {"source": "outlet", "url": "address", "published_at": "published", "canonical": "name"}
_FIGURE = ("value", "upper", "comparator", "unit", "counted")


@register.filter
def machine_reading(mention: Mention) -> str:
    """Return what the machine read where a person says otherwise: ``unattributed; at least 155 diver``; "" for nothing.

    Reads ``claim.assessment``.
    """
    read = mention.read or {}
    differs = {name for name in COLUMNS if name in read and read[name] != getattr(mention, name)}
    negative = mention.claim is not None and mention.claim.assessment is not None and mention.claim.assessment.negative
    return "; ".join(_told(read, differs, negative))


@register.filter
def correction_words(one: Correction) -> str:
    """Return what somebody corrected, in words; reads ``mention``."""
    given = one.corrected
    match one.kind:
        case Correction.Kind.NO_CLAIM:
            return "this is no claim"
        case Correction.Kind.TEXT:
            return f"the claim is “{given.get('text', '')}”"
        case Correction.Kind.ADDED:
            told = f"“{one.mention.quote}”" if one.mention else "a mention"
            return f"the words are {told}" if one.replaces_id else f"added {told}"
    return "; ".join(_told(given, set(given), negative=False))


@register.filter
def described(change: ArticleChange | SpeakerChange) -> str:
    """Return what was changed of an article's or a speaker's description: ``title: “Old” → “New”``."""
    before, after = ((change.details or {}).get(side, {}) for side in ("read", "corrected"))
    return "; ".join(f"{_LABELS.get(n, n)}: {_shown(before.get(n))} → {_shown(after[n])}" for n in after)


def _shown(value: Any) -> str:
    text = value[1] if isinstance(value, list) else value
    return f"“{text}”" if text else "none"


def _told(values: Mapping[str, Any], names: set[str], negative: bool) -> list[str]:
    told = []
    if {"speaker_id", "speaker_text"} & names:
        told.append(str(values.get("speaker") or values.get("speaker_text") or "unattributed"))
    if "stance" in names:
        told.append(towards(Stance(values["stance"]), negative).value)
    if "factuality" in names and not ("stance" in names and values["factuality"] in ("asserted", "denied")):
        told.append(str(Mention.Factuality(values["factuality"]).label))
    if set(_FIGURE) & names:
        told.append(_figure(values))
    return told


def _figure(values: Mapping[str, Any]) -> str:
    """The figure in words; of a correction that gave only a part of one, that part."""
    if values.get("value", 0) is None:
        return "no figure"
    if "value" not in values:
        return ", ".join(str(values[name]) for name in _FIGURE if values.get(name) not in (None, ""))
    row = Mention(**{name: values.get(name) or "" for name in ("comparator", "unit")})
    row.value, row.upper, row.comparator = values["value"], values.get("upper"), row.comparator or "="
    return " ".join(filter(None, [figure_of(row), values.get("counted")]))
