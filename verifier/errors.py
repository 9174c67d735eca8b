"""From the services' errors to HTTP: one documented shape, and a status by the kind of error."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.defaults import page_not_found
from drf_standardized_errors.handler import ExceptionHandler as StandardHandler
from rest_framework import exceptions, status
from rest_framework.response import Response

from claims.errors import ArticleState, EditState, KeyInUse, KeyReused, VerifierError
from reviews.errors import Conflict, Refused, Stale, VersionRequired

STATUS: dict[type[VerifierError], int] = {
    Refused: status.HTTP_403_FORBIDDEN,
    Stale: status.HTTP_412_PRECONDITION_FAILED,
    VersionRequired: status.HTTP_428_PRECONDITION_REQUIRED,
    Conflict: status.HTTP_409_CONFLICT,
    ArticleState: status.HTTP_409_CONFLICT,
    KeyInUse: status.HTTP_409_CONFLICT,
    KeyReused: status.HTTP_422_UNPROCESSABLE_ENTITY,
    EditState: status.HTTP_409_CONFLICT,
}
"""The status of a kind of error, the first that fits; any other VerifierError is a wrong request: 400."""


class ServiceRefused(exceptions.APIException):
    """A refusal of a service other than a wrong field, with the status of its kind."""

    def __init__(self, error: VerifierError) -> None:
        super().__init__(error.message, error.code)
        self.status_code = status_of(error)


class TooLarge(exceptions.APIException):
    """The body is larger than any article may be."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = "The body is too large."


def status_of(error: VerifierError) -> int:
    """Return the HTTP status for an error of the services."""
    for kind, code in STATUS.items():
        if isinstance(error, kind):
            return code
    return status.HTTP_400_BAD_REQUEST


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """An address that leads nowhere: in the API as the API answers, else Django's page."""
    if not request.path.startswith("/api/"):
        return page_not_found(request, exception)
    error = {"code": "not_found", "detail": "There is no such address.", "attr": None}
    return JsonResponse({"type": "client_error", "errors": [error]}, status=status.HTTP_404_NOT_FOUND)


class ExceptionHandler(StandardHandler):
    """Answer a VerifierError as the API's one error shape; a conflict also carries the current state."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, RequestDataTooBig):
            return TooLarge()
        if isinstance(exc, SuspiciousOperation):
            return exceptions.ParseError()
        if not isinstance(exc, VerifierError):
            return super().convert_known_exceptions(exc)
        if status_of(exc) == status.HTTP_400_BAD_REQUEST:
            field = exc.field or "non_field_errors"
            return exceptions.ValidationError({field: [exceptions.ErrorDetail(exc.message, exc.code)]})
        return ServiceRefused(exc)

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        if isinstance(self.exc, Conflict) and self.exc.current:
            data = {**data, "current": asdict(self.exc.current)}
        return super().get_response(exc, data)
