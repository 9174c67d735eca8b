"""Moments of a snapshot, which are text in ISO 8601, as readers are told them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter
def day(text: str | None) -> str:
    """``10 Apr 2025`` of ``2025-04-10T14:05:00+00:00``; "" of None."""
    return date_format(datetime.fromisoformat(text), "j M Y") if text else ""
