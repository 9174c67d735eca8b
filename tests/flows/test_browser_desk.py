"""The desk in a real browser: two people decide a claim, by mouse and by keys alone; no page breaks the rules."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from claims.models import Article, ArticleStep
from reviews.models import Review
from reviews.people import ensure_groups
from reviews.services import Order, act, open_review
from reviews.workflow import Action, Status
from tests.claims import desk_data
from tests.conftest import person
from tests.flows.conftest import Seat

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]


@pytest.fixture
def review(transactional_db: None) -> Review:
    """A claim of the made-up story, and its review."""
    ensure_groups()
    claim = desk_data.claim()
    return open_review(claim, claim.assessment)


@pytest.fixture
def rex(review: Review) -> User:
    return person("rex", "reviewer")


@pytest.fixture
def vera(review: Review) -> User:
    return person("vera", "approver")


@pytest.fixture
def adm(review: Review) -> User:
    return person("adm", "administrator")


def test_two_people_walk_a_claim_from_unverified_to_corroborated(
    sit_down: SitDown, review: Review, rex: User, vera: User
) -> None:
    rex.set_password("a long password of rex")
    rex.save()
    page = sit_down().open("/admin/")
    page.get_by_label("Username").fill("rex")
    page.get_by_label("Password").fill("a long password of rex")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Queue").click()
    page.get_by_role("link", name="155 divers were hired").click()
    expect(page.locator(".origin-count")).to_contain_text("3")
    page.get_by_role("button", name="Take", exact=True).click()
    page.locator(".mention input[type=checkbox]").first.check()
    page.get_by_label("corroborated").check()
    page.get_by_label("Rationale").fill("The mayor and the ledger agree, and neither relays the other.")
    page.get_by_role("button", name="Propose a verdict").click()
    expect(page.locator(".panel")).to_contain_text("Proposed: corroborated")
    expect(page.locator("#form-approve")).to_have_count(0)

    page = sit_down(vera).open("/admin/")
    page.get_by_role("link", name="155 divers were hired").first.click()
    expect(page.locator(".proposal")).to_contain_text("neither relays the other")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator(".panel .chip-status")).to_have_text("corroborated")
    review.refresh_from_db()
    assert (review.status, review.proposer, review.approver) == (Status.CORROBORATED, rex, vera)


def test_the_same_walk_by_keys_alone(sit_down: SitDown, review: Review, rex: User, vera: User) -> None:
    page = sit_down(rex).open("/admin/")
    keys(page, "n", "Enter")
    page.wait_for_url(re.compile(r"/review/\d+/change/"))
    keys(page, "j", "x")
    expect(page.locator(".mention input[type=checkbox]").first).to_be_checked()
    keys(page, "p", "Space", "Tab")
    page.keyboard.type("The mayor and the ledger agree.")
    keys(page, "Tab", "Tab", "Enter")
    expect(page.locator(".panel .chip-status")).to_have_text("proposed")

    page = sit_down(vera).open("/admin/")
    keys(page, "g", "q")
    page.wait_for_url("**/review/?queue=waiting")
    keys(page, "j", "Enter")
    page.wait_for_url(re.compile(r"/review/\d+/change/"))
    keys(page, "a", "Enter")
    expect(page.locator(".panel .chip-status")).to_have_text("corroborated")
    assert Review.objects.get(pk=review.pk).approver == vera


def test_the_help_lists_the_shortcuts_and_they_can_be_turned_off(sit_down: SitDown, rex: User) -> None:
    page = sit_down(rex).open("/admin/")
    keys(page, "?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Turn shortcuts off").check()
    keys(page, "Escape")
    expect(dialog).not_to_be_visible()
    keys(page, "g", "q")
    assert page.url.endswith("/admin/")
    page.get_by_role("button", name="Shortcuts").click()
    expect(dialog).to_be_visible()


def test_letters_typed_into_a_field_are_no_shortcuts(sit_down: SitDown, rex: User) -> None:
    page = sit_down(rex).open("/admin/reviews/review/")
    keys(page, "/")
    page.keyboard.type("gq?jx")
    expect(page.get_by_label("Search")).to_have_value("gq?jx")


def test_who_comes_too_late_keeps_their_words(sit_down: SitDown, review: Review, rex: User) -> None:
    act(review.claim_id, rex, Order(Action.TAKE))
    seat = sit_down(rex)
    page = seat.open(f"/admin/reviews/review/{review.pk}/change/")
    page.get_by_label("refuted").check()
    page.get_by_label("Rationale").fill("The port has shown its lists.")
    act(review.claim_id, rex, Order(Action.TAKE))
    page.get_by_role("button", name="Propose a verdict").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody was faster")
    expect(page.get_by_label("Rationale")).to_have_value("The port has shown its lists.")
    seat.complaints.clear()  # the browser reports the answer 409 as an error
    review.refresh_from_db()
    assert review.status == Status.IN_REVIEW


def test_a_mention_leads_to_its_place_in_the_article(sit_down: SitDown, review: Review, rex: User) -> None:
    page = sit_down(rex).open(f"/admin/claims/claim/{review.claim_id}/change/")
    mention = review.claim.mentions.get(stance="denies")
    page.locator(f"#mention-{mention.pk} .where a").click()
    page.wait_for_url(f"**/#mention-{mention.pk}")
    expect(page.locator(f"#mention-{mention.pk} + mark")).to_be_in_viewport()


def test_an_editor_retries_a_parked_article(sit_down: SitDown, review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.services.steps.send", lambda *_: True)
    article = Article.objects.earliest("pk")
    park(article)
    page = sit_down(person("ada", "editor")).open(f"/admin/claims/article/{article.pk}/change/")
    page.get_by_role("button", name="Retry failed steps").click()
    expect(page.locator(".messagelist")).to_contain_text("1 failed step queued again")


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_no_page_is_hard_to_reach_for_anybody(
    dark: bool, phone: bool, sit_down: SitDown, review: Review, adm: User
) -> None:
    act(review.claim_id, adm, Order(Action.TAKE))
    article = Article.objects.earliest("pk")
    park(article)
    addresses = {
        "index": "/admin/",
        "queue": "/admin/reviews/review/?queue=waiting",
        "review": f"/admin/reviews/review/{review.pk}/change/",
        "claim": f"/admin/claims/claim/{review.claim_id}/change/",
        "article": f"/admin/claims/article/{article.pk}/change/",
        "source": f"/admin/claims/source/{article.source_id}/change/",
        "platforms": "/admin/claims/platform/",
        "story": f"/admin/claims/story/{review.claim.story_id}/change/",
        "articles": "/admin/claims/article/",
        "history": "/admin/reviews/reviewevent/",
        "news": "/admin/reviews/review/news/",
        "merge": f"/admin/reviews/review/{review.pk}/regroup/",
        "nowhere": "/admin/nowhere/",
        "assessment": f"/admin/claims/assessment/{review.claim.assessment_id}/change/",
    }
    seat, stranger = sit_down(adm, dark=dark, phone=phone), sit_down(dark=dark, phone=phone)
    found = {name: violations(seat, address) for name, address in addresses.items()}
    seat.complaints[:] = [said for said in seat.complaints if "404 (Not Found)" not in said]  # of the page "nowhere"
    found["login"] = violations(stranger, "/admin/login/")
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_phone_never_scrolls_sideways(sit_down: SitDown, review: Review, adm: User) -> None:
    article = Article.objects.earliest("pk")
    seat = sit_down(adm, phone=True)
    for path in ("", "reviews/review/", f"reviews/review/{review.pk}/change/", f"claims/article/{article.pk}/change/"):
        page = seat.open(f"/admin/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def park(article: Article) -> None:
    step = ArticleStep.objects.filter(article=article, name="match")
    step.update(done_at=None, parked_at=timezone.now(), attempts=4, error="ValueError: no verb in sight")


def violations(seat: Seat, address: str) -> list[str]:
    """What axe finds wrong on a page, with the first place of each fault."""
    page = seat.open(address)
    page.wait_for_load_state("networkidle")
    complaints = list(seat.complaints)
    faults = [f"{v['id']}: {v['nodes'][0]['target']}" for v in Axe().run(page).response["violations"]]
    seat.complaints[:] = complaints  # axe itself tries inline styles
    return faults
