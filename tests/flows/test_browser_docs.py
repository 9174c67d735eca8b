"""The page that describes the API works under the strict content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from tests.flows.conftest import Seat

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_api_can_be_browsed_and_tried(sit_down: Callable[..., Seat], rex: User) -> None:
    page = sit_down(rex).open("/api/v1/docs/")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() > 10
    page.locator("#operations-claims-claims_list .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table .response-col_status").last
    answer.wait_for()
    assert "200" in answer.inner_text()
