"""An error of the services becomes one documented shape, with the status of its kind."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from claims.errors import ArticleState, IngestError, VerifierError
from reviews.errors import Conflict, CurrentState, Refused, Stale, VersionRequired
from verifier.errors import ExceptionHandler

NOW = CurrentState(claim=7, status="in_review", version=3, assignee="rex", verdict="")


def answer(error: Exception) -> Response:
    request = Request(APIRequestFactory().get("/"))
    response = ExceptionHandler(error, {"request": request, "view": APIView(), "args": (), "kwargs": {}}).run()
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IngestError("empty", field="text"), 400, "ingest_refused"),
        (VerifierError("no"), 400, "error"),
        (Refused(), 403, "not_permitted"),
        (Conflict(current=NOW), 409, "conflict"),
        (Stale(current=NOW), 412, "stale_version"),
        (ArticleState(), 409, "article_state"),
        (VersionRequired(), 428, "version_required"),
        (RequestDataTooBig(), 413, "too_large"),
        (SuspiciousOperation("odd"), 400, "parse_error"),
        (ZeroDivisionError("secret"), 500, "error"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_kind_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    response = answer(error)
    assert (response.status_code, response.data["errors"][0]["code"]) == (status, code)


def test_a_wrong_field_is_named() -> None:
    assert answer(IngestError("empty", field="text")).data == {
        "type": "validation_error",
        "errors": [{"code": "ingest_refused", "detail": "empty", "attr": "text"}],
    }


def test_a_conflict_carries_the_current_state() -> None:
    assert answer(Conflict(current=NOW)).data["current"] == {
        "claim": 7,
        "status": "in_review",
        "version": 3,
        "assignee": "rex",
        "verdict": "",
    }


def test_what_went_wrong_inside_stays_inside() -> None:
    assert "secret" not in str(answer(ZeroDivisionError("secret")).data)


def test_an_address_of_the_api_that_leads_nowhere_is_answered_as_the_api_answers(client: Client) -> None:
    for path in ("/api/v1/nothing/", "/api/v1/claims/1/2/3/", "/api/"):
        response = client.get(path)
        assert (response.status_code, response.json()["errors"][0]["code"]) == (404, "not_found")
    assert "<html" in client.get("/nothing/").content.decode()
