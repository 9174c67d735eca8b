"""What a person has typed, in a real browser: through an ended session, an old page, another page, and at sign-out."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Source
from reviews.models import Note, Review
from reviews.people import ensure_groups
from reviews.services import Order, act, open_review
from reviews.workflow import Action, Status
from tests.claims import desk_data
from tests.conftest import person
from tests.flows.conftest import Seat
from tests.flows.test_browser_desk import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]
PASSWORD = "a long password of rex"
TEXT = "The port has shown its lists:\n\n«Öl», twice, & nobody else."


@pytest.fixture
def rex(transactional_db: None) -> User:
    ensure_groups()
    rex = person("rex", "reviewer", "editor")
    rex.set_password(PASSWORD)
    rex.save()
    return rex


@pytest.fixture
def review(rex: User) -> Review:
    """A claim that rex holds."""
    claim = desk_data.claim()
    review = open_review(claim, claim.assessment)
    act(review.claim_id, rex, Order(Action.TAKE))
    return review


def address(review: Review) -> str:
    return f"/admin/reviews/review/{review.pk}/change/"


def type_a_proposal(page: Page) -> None:
    page.locator(".mention input[type=checkbox]").nth(1).check()
    page.get_by_label("refuted").check()
    page.get_by_label("Rationale").fill(TEXT)


def sign_in(page: Page, name: str = "rex") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page where somebody wants to look at it."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_an_ended_session_costs_a_sign_in_and_no_word(sit_down: SitDown, review: Review, rex: User) -> None:
    seat = sit_down(rex)
    page = seat.open(address(review))
    type_a_proposal(page)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    page.get_by_role("button", name="Propose a verdict").click()
    expect(page.get_by_role("status")).to_contain_text("What you typed is kept")
    picture(page, "sign-in")
    sign_in(page)
    expect(page.get_by_label("Rationale")).to_have_value(TEXT)
    picture(page, "unsent")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator(".panel .chip-status")).to_have_text("proposed")
    expect(page.locator(".draft-offer")).to_have_count(0)
    review.refresh_from_db()
    assert (review.status, review.verdict) == (Status.PROPOSED, "refuted")
    assert review.rationale.replace("\r", "") == TEXT
    assert len(review.evidence["mentions"]) == 1


def test_an_old_token_keeps_the_text_on_the_page_after_it(sit_down: SitDown, review: Review, rex: User) -> None:
    seat = sit_down(rex)
    page = seat.open(address(review))
    page.get_by_label("Note", exact=True).fill(TEXT)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#notes")).to_contain_text("nobody else.")
    assert Note.objects.get().text.replace("\r", "") == TEXT
    seat.complaints.clear()  # the browser reports the answer 403 as an error


def test_what_was_typed_and_not_sent_is_offered_on_the_page_again(sit_down: SitDown, review: Review, rex: User) -> None:
    page = sit_down(rex).open(address(review))
    type_a_proposal(page)
    page.get_by_role("link", name="Queue").click()
    page.get_by_role("link", name="155 divers were hired").click()
    offer = page.locator(".draft-offer")
    expect(offer).to_contain_text("that was not sent")
    picture(page, "offer")
    expect(page.get_by_label("Rationale")).to_have_value("")
    offer.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Rationale")).to_have_value(TEXT)
    expect(page.get_by_label("refuted")).to_be_checked()
    expect(page.locator(".mention input[type=checkbox]").nth(1)).to_be_checked()
    page.get_by_role("button", name="Propose a verdict").click()
    expect(page.locator(".panel .chip-status")).to_have_text("proposed")
    page.reload()
    expect(page.locator(".draft-offer")).to_have_count(0)
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_what_is_thrown_away_or_taken_back_is_offered_no_more(sit_down: SitDown, review: Review, rex: User) -> None:
    page = sit_down(rex).open(address(review))
    page.get_by_label("Note", exact=True).fill(TEXT)
    page.reload()
    page.locator(".draft-offer").get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.locator(".draft-offer")).to_have_count(0)
    page.get_by_label("Note", exact=True).fill("x")
    page.get_by_label("Note", exact=True).fill("")
    page.reload()
    expect(page.locator(".draft-offer")).to_have_count(0)


def test_at_sign_out_nothing_stays_in_the_browser(sit_down: SitDown, review: Review, rex: User) -> None:
    page = sit_down(rex).open(address(review))
    page.get_by_label("Note", exact=True).fill(TEXT)
    assert len(page.evaluate("Object.keys(sessionStorage)")) == 1
    page.get_by_role("button", name="Log out").click()
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_the_next_person_in_the_same_window_is_shown_nothing(sit_down: SitDown, review: Review, rex: User) -> None:
    vera = person("vera", "approver")
    vera.set_password(PASSWORD)
    vera.save()
    seat = sit_down(rex)
    page = seat.open(address(review))
    page.get_by_label("Note", exact=True).fill(TEXT)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    page.get_by_role("button", name="Add the note").click()
    sign_in(page, "vera")
    expect(page.get_by_role("list").filter(has_text="somebody else had typed")).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage)") == []
    page = seat.open(address(review))
    expect(page.locator(".draft-offer")).to_have_count(0)
    assert not Note.objects.exists()


def test_a_lost_race_for_a_source_shows_the_others_change(sit_down: SitDown, review: Review, rex: User) -> None:
    source = Source.objects.earliest("pk")
    seat = sit_down(rex)
    page = seat.open(f"/admin/claims/source/{source.pk}/change/")
    page.get_by_role("textbox", name="Name:").fill("The Lamplighter")
    Source.objects.filter(pk=source.pk).update(kind="agency")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist.nonfield")).to_contain_text("is now “agency”")
    expect(page.get_by_role("textbox", name="Name:")).to_have_value("The Lamplighter")
    expect(page.locator(".draft-offer")).to_have_count(0)
    picture(page, "lost-race")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/source/")
    source.refresh_from_db()
    assert (source.name, source.kind) == ("The Lamplighter", "agency")
    seat.complaints.clear()  # the browser reports the answer 409 as an error


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_the_page_of_what_was_not_sent_is_hard_to_reach_for_nobody(
    dark: bool, phone: bool, sit_down: SitDown, review: Review, rex: User
) -> None:
    seat = sit_down(rex, dark=dark, phone=phone)
    page = seat.open(address(review))
    page.get_by_label("Note", exact=True).fill(TEXT)
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Add the note").click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    picture(page, f"unsent-{'dark' if dark else 'light'}")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    seat.complaints.clear()  # the answer 403 is reported as an error, and axe tries inline styles
    seat.open(address(review))
    expect(page.locator(".draft-offer")).to_be_visible()
    picture(page, f"review-{'dark' if dark else 'light'}")
    assert violations(seat, address(review)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
