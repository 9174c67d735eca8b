"""The OpenAPI schema against the API itself: whatever is asked, the answer is one that the schema names."""

from __future__ import annotations

from collections.abc import Generator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from zeal import zeal_ignore

from reviews.people import ensure_groups
from reviews.services.tokens import make_token
from reviews.workflow import Status
from tests.conftest import person
from tests.reviews.conftest import bring_to, new_claim

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 8
ROLES = ("administrator", "reviewer", "viewer")

schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
schema.app = get_wsgi_application()


@pytest.fixture
def tokens(db: None) -> Generator[dict[str, str], None, None]:
    """A desk with a claim in every status, and somebody of each role."""
    ensure_groups()
    rita, vera = person("rita", "reviewer"), person("vera", "approver")
    for status in Status:
        bring_to(status, new_claim(outlets=2), rita, vera)
    keys = {role: make_token(person(role, role)) for role in ROLES}
    for signal in (request_started, request_finished):  # as Django's own test client does
        signal.disconnect(close_old_connections)
    with zeal_ignore():
        yield keys
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_schema_names(case: schemathesis.Case, tokens: dict[str, str]) -> None:
    for key in tokens.values():
        answer = case.call(headers={"Authorization": f"Token {key}"})
        case.validate_response(answer, checks=CHECKS)
