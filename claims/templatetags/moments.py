"""Dates as the desk writes them."""

from __future__ import annotations

from datetime import datetime, time

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def moment(value: datetime | None) -> str:
    """``10 Apr 2025, 14:05``; without the time where only a day was known (midnight), "" for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return date_format(local, "j M Y" if local.time() == time(0) else "j M Y, H:i")
