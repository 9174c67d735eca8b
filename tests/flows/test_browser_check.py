"""Check a text on the desk in a real browser: paste, see what is known, follow it; no barrier, no rule broken."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from claims.models import Claim
from claims.services.matching import match
from reviews.people import ensure_groups
from reviews.services import open_review
from tests.claims.newsroom import TELLINGS, publish, story
from tests.conftest import person
from tests.flows.conftest import Seat

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_text_is_pasted_and_its_claims_lead_to_what_the_desk_knows(
    phone: bool, sit_down: Callable[..., Seat], transactional_db: None
) -> None:
    ensure_groups()
    match(publish(story(), "a", [TELLINGS["ferry"][0]]).pk)
    review = open_review(Claim.objects.get())
    page = sit_down(person("rex", "reviewer"), phone=phone, dark=phone).open("/admin/")
    page.get_by_role("link", name="Check a text").click()
    page.get_by_label("Text").fill(
        f"{TELLINGS['ferry'][1]} A comet was seen over the southern islands at dawn on Monday."
    )
    page.get_by_role("button", name="See what the desk knows").click()
    expect(page.get_by_role("heading", name="claims in this text")).to_be_visible()
    expect(page.locator(".checked-list")).to_contain_text("Nothing like it is known here")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
    page.get_by_role("link", name=TELLINGS["ferry"][0][:40]).first.click()
    page.wait_for_url(f"**/review/{review.pk}/change/")
