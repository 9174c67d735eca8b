"""Adding an article in a real browser, by paste and by file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from claims.models import Article, Intake
from claims.services import intakes
from reviews.people import ensure_groups
from tests.conftest import person
from tests.flows.conftest import Seat
from tests.flows.test_browser_desk import keys, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]
TEXT = "Bridge closed\n\nThe river bridge at Aldham was closed on Monday, the town council said."


@pytest.fixture
def ada(transactional_db: None) -> User:
    ensure_groups()
    return person("ada", "editor")


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.services.steps.send", lambda *_: True)


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_an_editor_pastes_an_article_by_keys_alone(dark: bool, phone: bool, sit_down: SitDown, ada: User) -> None:
    seat = sit_down(ada, dark=dark, phone=phone)
    page = seat.open("/admin/")
    keys(page, "g", "i")
    page.wait_for_url("**/take-in/")
    assert violations(seat, "/admin/claims/article/take-in/") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1360)
    page.get_by_label("Text or HTML").focus()
    page.keyboard.insert_text(TEXT)
    page.get_by_label("Outlet").focus()
    page.keyboard.type("Aldham Post")
    keys(page, "Enter")
    page.wait_for_url(re.compile(r"/article/\d+/change/$"))
    expect(page.locator("[role=status]")).to_contain_text("It is being read.")
    assert Article.objects.get().source.name == "Aldham Post"


def test_files_are_sent_and_their_result_shows_by_itself(sit_down: SitDown, ada: User) -> None:
    seat = sit_down(ada)
    page = seat.open("/admin/claims/article/take-in/")
    files = [{"name": name, "mimeType": "text/plain", "buffer": TEXT.encode()} for name in ("one.txt", "two.pdf")]
    page.get_by_label("or files").set_input_files(files)
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("status")).to_contain_text("Still at work")
    intakes.take_in(Intake.objects.get().pk)
    expect(page.locator(".stated-list").first).to_contain_text("one.txt: 1 new")
    expect(page.locator(".field-error")).to_contain_text("unknown kind of file")
    assert violations(seat, f"/admin/claims/article/take-in/{Intake.objects.get().pk}/") == []
