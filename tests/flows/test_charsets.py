"""The charset that a request's content type names is left alone: everything that comes in is UTF-8."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from verifier.wsgi import application

pytestmark = pytest.mark.django_db

LABELS = [
    "undefined",
    "idna",
    "punycode",
    "zlib",
    "rot13",
    "hex",
    "utf-7",
    "unicode_escape",
    "utf-16",
    "latin-1",
    "none",
]


def answered(label: str, method: str, path: str, query: str = "", body: bytes = b"") -> tuple[str, bytes]:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    kind = f"application/x-www-form-urlencoded; charset={label}"
    environ |= {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": kind}
    environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "HTTP_HOST": "testserver"}
    status: list[str] = []
    content = b"".join(application(environ, lambda line, _headers: status.append(line)))
    return status[0].split()[0], content


@pytest.mark.parametrize("label", LABELS)
def test_no_charset_of_a_request_ends_in_an_error(label: str) -> None:
    status, page = answered(label, "GET", "/admin/login/", "next=/admin/%C3%A9")
    assert (status, "/admin/é" in page.decode()) == ("200", True)
    assert answered(label, "GET", "/api/v1/claims/", "text=%C3%A9")[0] == "401"
    assert answered(label, "POST", "/admin/login/", body=b"username=%C3%A9&password=x")[0] == "403"
