"""Filters that refuse a value which they do not understand, where a form would take it for none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django_filters.fields import BaseCSVField
from django_filters.widgets import BaseCSVWidget
from drf_spectacular.utils import extend_schema_field

from claims.numbers import LARGEST_ID, LARGEST_VERSION

LONGEST_TEXT = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": LARGEST_ID})
class IdFilter(filters.Filter):
    """By the id of a row; anything but a whole number is a wrong request."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST_ID, **kwargs)


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": LARGEST_VERSION})
class CountFilter(filters.Filter):
    """By a number of things."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=LARGEST_VERSION, **kwargs)


@extend_schema_field({"type": "number", "minimum": 0, "maximum": 1})
class ShareFilter(filters.Filter):
    """By a number from 0 to 1."""

    field_class = forms.FloatField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=0, max_value=1, **kwargs)


@extend_schema_field({"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT})
class TextFilter(filters.CharFilter):
    """By words of a text, or by a name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=LONGEST_TEXT, **kwargs)


@extend_schema_field({"type": "boolean"})
class YesNoFilter(filters.TypedChoiceFilter):
    """``true`` or ``false``; any other word is a wrong request."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        super().__init__(*args, choices=choices, coerce=lambda word: word == "true", **kwargs)


class _SeveralWidget(BaseCSVWidget, forms.TextInput):
    """Values with commas between them, in one parameter or in several of the same name."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str] | None:
        given = data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []
        return [value.strip() for text in given for value in text.split(",")] or None


class _SeveralField(BaseCSVField):
    widget = _SeveralWidget

    def clean(self, value: list[str] | None) -> Any:
        """Return the words; nothing between two commas is no word."""
        if value and "" in value:
            raise ValidationError("A word is missing beside a comma.", code="invalid_choice")
        return super().clean(value)


class SeveralFilter(filters.BaseInFilter, filters.ChoiceFilter):
    """By any of several words, with commas between them."""

    base_field_class = _SeveralField
    several = True
    """It may be given more than once, which says the same as the comma."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a date or a moment stands for: from ``start``, up to but without ``end``."""

    start: datetime
    end: datetime


class SpanField(forms.CharField):
    """A date, which is its whole day in UTC, or a moment, which is UTC where it names no offset."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return _span(text) if text else None


def _span(text: str) -> Span:
    """Return what a text in ISO 8601 stands for; raises ValidationError.

    A moment that UTC cannot write is none: PostgreSQL takes no offset of sixteen hours or more.
    """
    try:
        if _DAY.fullmatch(text):
            start = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
            return Span(start, start + timedelta(days=1))
        if not _MOMENT.fullmatch(text):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValidationError(
            "Neither a date such as 2025-04-10 nor a moment such as 2025-04-10T12:00:00Z.", code="invalid"
        ) from None
    return Span(moment, moment)


@extend_schema_field(
    {"type": "string", "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
)
class _BoundFilter(filters.Filter):
    field_class = SpanField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=50, **kwargs)

    def condition(self, span: Span) -> Q:
        """Return what holds for a row within this bound."""
        raise NotImplementedError

    def filter(self, qs: QuerySet[Any], value: Span | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(self.condition(value))


class AfterFilter(_BoundFilter):
    """From a day, with the whole of it, or from a moment on."""

    def condition(self, span: Span) -> Q:
        return Q(**{f"{self.field_name}__gte": span.start})


class BeforeFilter(_BoundFilter):
    """Up to a day, with the whole of it, or before a moment."""

    def condition(self, span: Span) -> Q:
        return Q(**{f"{self.field_name}__lt": span.end})
