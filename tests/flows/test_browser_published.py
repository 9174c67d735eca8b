"""What readers see, in a real browser: on a phone and on a desk, without a script, a cookie or a barrier."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from reviews.models import Publication
from reviews.people import ensure_groups
from reviews.services.publishing import Words, correct
from tests.flows.conftest import Seat
from tests.reviews.published import decided, editor, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]
SIZES = pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])


@pytest.fixture
def publication(transactional_db: None) -> Publication:
    ensure_groups()
    published("refuted", "The pier of Aldham was sold to a king for 3 million crowns.")
    found = published()
    return correct(found.review.claim_id, editor(), Words(why="The year of the ledger was wrong."))


def barriers(page: Page) -> list[object]:
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]


@SIZES
def test_a_reader_goes_from_the_list_to_a_check_and_to_how_the_desk_works(
    dark: bool, phone: bool, sit_down: SitDown, publication: Publication
) -> None:
    page = sit_down(None, dark=dark, phone=phone).open("/checks/")
    assert barriers(page) == []
    _keep(page, f"index-{phone}")
    page.get_by_label("Words").fill("divers")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".checks > li")).to_have_count(1)
    page.get_by_role("link", name="155 divers were hired").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("155 divers were hired from abroad.")
    expect(page.get_by_role("heading", name="3 independent origins behind 5 articles")).to_be_visible()
    assert barriers(page) == []
    _keep(page, f"check-{phone}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.context.cookies() == []
    page.get_by_role("link", name="version 1").click()
    expect(page.locator(".notice").first).to_contain_text("see the check as it stands now")
    page.get_by_role("link", name="How we work").click()
    assert barriers(page) == []


def test_it_reads_without_scripts(sit_down: SitDown, publication: Publication) -> None:
    page = sit_down(None, phone=True, java_script_enabled=False).open(f"/checks/{publication.pk}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("The year of the ledger was wrong.").first).to_be_visible()


def test_an_editor_publishes_on_the_desk(sit_down: SitDown, publication: Publication) -> None:
    review = decided(text="163 divers were hired from abroad.")
    page = sit_down(editor()).open(f"/admin/reviews/review/{review.pk}/change/")
    page.get_by_role("link", name="Publication").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="/checks/").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("163 divers were hired from abroad.")


def _keep(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look: in the folder that this variable names."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
