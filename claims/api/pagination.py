"""Pages of the API's lists: each goes on where the one before it ended, whatever was written in between.

A cursor names the last row that was seen by its values in the order of the list, not by how many rows came before it.
So a row that is added or goes away between two pages neither doubles another row nor hides it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from django.core import signing
from django.db.models import F, Model, OrderBy, Q
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.numbers import whole

Ordering = tuple[str, ...]
"""Columns from the most important on, with ``-`` in front for downwards. The last one tells every two rows apart."""

PAGE_SIZE, LARGEST_PAGE = 50, 500
_SALT = "verifier.api.cursor"
_MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an order; what is not known comes last, upwards and downwards."""

    name: str
    down: bool

    def order(self, *, back: bool) -> OrderBy:
        """Return the column for ``order_by``; ``back`` from the end of the list to its beginning."""
        column = F(self.name)
        if self.down is back:
            return column.asc(nulls_first=True) if back else column.asc(nulls_last=True)
        return column.desc(nulls_first=True) if back else column.desc(nulls_last=True)

    def beyond(self, value: Any, *, back: bool) -> Q | None:
        """Return the condition on rows that this column puts beyond ``value``; None where there can be none."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if back else None
        condition = Q(**{f"{self.name}__{'gt' if self.down is back else 'lt'}": value})
        return condition if back else condition | Q(**{f"{self.name}__isnull": True})

    def same(self, value: Any) -> Q:
        """Return the condition on rows that have this value too."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def value(self, row: Model) -> Any:
        """Return what a row has in this column; None where something on the way to it is missing."""
        found: Any = row
        for name in self.name.split("__"):
            found = getattr(found, name, None)
        return found


def columns(ordering: Ordering) -> tuple[Column, ...]:
    """Return the columns that an ordering names."""
    return tuple(Column(name.removeprefix("-"), name.startswith("-")) for name in ordering)


def beyond(order: Sequence[Column], values: Sequence[Any], *, back: bool) -> Q:
    """Return the condition on the rows that come after the row with these values; before it where ``back``."""
    condition, same = Q(pk__in=()), Q()
    for column, value in zip(order, values, strict=True):
        further = column.beyond(value, back=back)
        if further is not None:
            condition |= same & further
        same &= column.same(value)
    return condition


class Pages(BasePagination):
    """``?page_size=200``, and ``next`` leads on. A view names its ``orderings``, the usual one first."""

    parameters = ("cursor", "page_size", "ordering")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """Return the rows of the page that the request asks for. Raises ValidationError, by the parameter's name."""
        self.request = request
        self.order = columns(_ordering(request, view))
        self.list = _fingerprint(request)
        size, given = _size(request), request.query_params.get("cursor")
        seen = self._read(given) if given is not None else None
        back = bool(seen and seen["back"])
        ordered = queryset.order_by(*(column.order(back=back) for column in self.order))
        if seen:
            ordered = ordered.filter(beyond(self.order, [_from_json(v) for v in seen["at"]], back=back))
        self.count = seen["count"] if seen else queryset.order_by().count()
        rows = list(ordered[: size + 1])
        more, rows = len(rows) > size, rows[:size]
        if back:
            rows.reverse()
        self.next = self._cursor(rows, -1) if rows and (more or back) else None
        self.previous = self._cursor(rows, 0) if rows and seen and (more or not back) else None
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page with the addresses of its neighbours."""
        return Response(
            {
                "count": self.count,
                "next": self._address(self.next),
                "previous": self._address(self.previous),
                "results": data,
            }
        )

    def _cursor(self, rows: Sequence[Model], place: int) -> str:
        at = [_to_json(column.value(rows[place])) for column in self.order]
        return signing.dumps(
            {"list": self.list, "at": at, "back": place == 0, "count": self.count}, salt=_SALT, compress=True
        )

    def _read(self, given: str) -> dict[str, Any]:
        try:
            seen: dict[str, Any] = signing.loads(given, salt=_SALT)
        except signing.BadSignature:
            _refuse("cursor", "Not a cursor that this desk has given; take `next` or `previous` as it was given.")
        if seen["list"] != self.list:
            _refuse("cursor", "It belongs to another list: keep the filters and the ordering while you go on.")
        return seen

    def _address(self, cursor: str | None) -> str | None:
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor) if cursor else None

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameters for the OpenAPI schema."""
        names = _names(view)
        return [
            _parameter("cursor", {"type": "string"}, "Where to go on: from `next` or `previous` of another page."),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
                "How many rows a page holds.",
            ),
            _parameter(
                "ordering",
                {"type": "string", "enum": list(names), "default": next(iter(names))},
                "With `-` in front downwards. What is not known comes last, what is alike the newest first.",
            ),
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the shape of a page for the OpenAPI schema."""
        address = {"type": "string", "nullable": True, "format": "uri"}
        told = "How many rows the list had when its first page was asked for."
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": told},
                "next": address,
                "previous": address,
                "results": schema,
            },
        }


def _names(view: Any) -> Mapping[str, Ordering]:
    """Return what ``ordering`` may be for this view, both ways, the usual one first."""
    named: dict[str, Ordering] = {}
    for name, (first, *rest) in view.orderings.items():
        turned = f"-{name}" if not name.startswith("-") else name[1:]
        named[name] = (first, *rest)
        named[turned] = (first.removeprefix("-") if first.startswith("-") else f"-{first}", *rest)
    return named


def _ordering(request: Request, view: Any) -> Ordering:
    names = _names(view)
    chosen = request.query_params.get("ordering", next(iter(names)))
    if chosen not in names:
        _refuse("ordering", f"Not an order of this list; there are {', '.join(names)}.", "invalid_choice")
    return names[chosen]


def _size(request: Request) -> int:
    given = request.query_params.get("page_size", str(PAGE_SIZE))
    size = whole(given, LARGEST_PAGE) if given.isascii() else None
    if size is None:
        _refuse("page_size", f"Not a whole number from 1 to {LARGEST_PAGE}.")
    return size


def _fingerprint(request: Request) -> str:
    """Return what a list is told by: its address with all parameters but for the place in it."""
    asked = sorted((name, sorted(values)) for name, values in request.query_params.lists())
    kept = [pair for pair in asked if pair[0] not in ("cursor", "page_size")]
    return hashlib.sha256(repr((request.path, kept)).encode()).hexdigest()[:16]


def _to_json(value: Any) -> Any:
    return {_MOMENT: value.isoformat()} if isinstance(value, datetime) else value


def _from_json(value: Any) -> Any:
    return datetime.fromisoformat(value[_MOMENT]) if isinstance(value, dict) else value


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _refuse(name: str, detail: str, code: str = "invalid") -> NoReturn:
    raise ValidationError({name: [ErrorDetail(detail, code)]})
