"""A view that refuses what it does not know: methods before rights, and query parameters by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from rest_framework.exceptions import ErrorDetail, MethodNotAllowed, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api.repeating import once

UNDECODED = "\ufffd"
"""What stands in a query for bytes that are not UTF-8."""


class StrictView(APIView):
    """What every view of the API holds to. Put it before the class that answers."""

    parameters: frozenset[str] = frozenset()
    """The query parameters that the view takes, beside the filters and pages of its list."""

    def perform_authentication(self, request: Request) -> None:
        """Find out who asks; a session without a CSRF token is told first where its method leads nowhere."""
        try:
            super().perform_authentication(request)
        except PermissionDenied:
            self._refuse_wrong_method(request)
            raise

    def check_permissions(self, request: Request) -> None:
        """Refuse a method that the address does not have (405) before asking for rights (403); 401 comes first."""
        if request.user and request.user.is_authenticated:
            self._refuse_wrong_method(request)
        super().check_permissions(request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse query parameters that the view does not take, once it is known that the person may ask."""
        super().initial(request, *args, **kwargs)
        single, several = self.known_parameters()
        refuse_parameters(request, single | self.parameters, several)
        if request.method == "POST":
            setattr(self, "post", once(getattr(self, "post")))  # noqa: B009, B010  # what a viewset puts there

    def known_parameters(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the parameters of the view's list: those that are given once, and those that may repeat."""
        if getattr(self, "action", None) != "list":
            return frozenset(), frozenset()
        filterset = getattr(self, "filterset_class", None)
        filters: Mapping[str, Any] = filterset.base_filters if filterset and self.filter_backends else {}  # type: ignore[attr-defined]
        several = frozenset(name for name, one in filters.items() if getattr(one, "several", False))
        pages = getattr(getattr(self, "paginator", None), "parameters", ())
        return frozenset(filters) - several | frozenset(pages), several

    def _refuse_wrong_method(self, request: Request) -> None:
        method = (request.method or "").lower()
        if method not in self.http_method_names or not hasattr(self, method):
            raise MethodNotAllowed(request.method or "")


def refuse_parameters(request: Request, single: frozenset[str], several: frozenset[str] = frozenset()) -> None:
    """Raise ValidationError, by name, for parameters that are unknown, repeated, empty or not readable."""
    broken = _broken_names(request.META.get("QUERY_STRING", ""))
    faults: dict[str, list[ErrorDetail]] = {}
    for name, values in request.query_params.lists():
        if fault := _fault(name, values, single, several, broken):
            faults[name] = [fault]
    if faults:
        raise ValidationError(faults)


def _fault(
    name: str, values: list[Any], single: frozenset[str], several: frozenset[str], broken: frozenset[str]
) -> ErrorDetail | None:
    if name not in single and name not in several:
        known = ", ".join(sorted(single | several)) or "none"
        return ErrorDetail(f"Unknown parameter; known here: {known}.", "unknown_parameter")
    if len(values) > 1 and name not in several:
        return ErrorDetail("Given more than once.", "repeated")
    if any(not str(value).strip() for value in values):
        return ErrorDetail("Empty; leave it out to ask for everything.", "empty")
    if any("\0" in value for value in values) or name in broken:
        return ErrorDetail("Not text in UTF-8 without null characters.", "not_text")
    return None


def _broken_names(query: str) -> frozenset[str]:
    """Return the names of parameters whose bytes are not UTF-8; Django puts a substitute where they were."""
    if UNDECODED not in unquote_to_bytes(query.replace("+", " ")).decode("utf-8", "replace"):
        return frozenset()
    return frozenset(
        part.partition("=")[0] for part in query.split("&") if not _is_utf8(unquote_to_bytes(part.partition("=")[2]))
    )


def _is_utf8(given: bytes) -> bool:
    try:
        given.decode()
    except UnicodeDecodeError:
        return False
    return True
