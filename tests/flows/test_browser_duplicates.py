"""Possible duplicates in a real browser: five pairs answered by keys alone, what was done undone, no barrier found."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from claims.models import Claim, Judgement, Regrouping, Story
from claims.services import pairs
from claims.services.matching import match
from reviews.models import PairSkip, Review
from reviews.people import ensure_groups
from reviews.services import open_review
from tests.claims.newsroom import publish, story
from tests.conftest import person
from tests.flows.conftest import Seat
from tests.flows.test_browser_desk import keys, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]
QUEUE = "/admin/reviews/review/duplicates/"
TOLD = (
    (
        "The ferry {} ran aground on the Kestrel reef in thick fog.",
        "In fog the {} got stuck on rocks of the Kestrel reef, with 40 crew.",
    ),
    (
        "Seven people were killed when the {} stairs collapsed.",
        "The {} stairs gave way, and seven people lost their lives.",
    ),
)
SHIPS, TOWERS = ("Albatross", "Marigold", "Osprey"), ("lighthouse", "belfry", "grain tower")


@pytest.fixture
def six(transactional_db: None) -> list[Review]:
    """Six pairs of claims, each in a story of its own."""
    ensure_groups()
    found = []
    for words, names in zip(TOLD, (SHIPS, TOWERS), strict=True):
        for name in names:
            home: Story = story(f"The {name}")
            for outlet, sentence in zip(("Harbour Post", "Coast Daily"), words, strict=True):
                match(publish(home, outlet, [sentence.format(name)]).pk)
            found += [open_review(claim) for claim in Claim.objects.filter(story=home)]
    pairs.run()
    assert pairs.questions().count() >= 6
    return found


@pytest.fixture
def ada(six: list[Review]) -> User:
    return person("ada", "editor")


def now(page: Page) -> str:
    return page.locator(".pair .side-text").first.inner_text()


def test_five_pairs_are_answered_by_keys_alone(sit_down: SitDown, ada: User) -> None:
    page = sit_down(ada).open("/admin/")
    keys(page, "g", "d")
    page.wait_for_url(f"**{QUEUE}")
    seen = []
    for key in ("s", "n", "j", "n", "s"):
        before = now(page)
        seen.append(before)
        page.keyboard.press(key)
        expect(page.locator(".pair")).not_to_contain_text(before)
    assert len(set(seen)) == 5
    assert (Regrouping.objects.count(), PairSkip.objects.count()) == (2, 1)
    assert Judgement.objects.filter(word="different").count() == 2
    expect(page.locator(".messagelist")).to_contain_text("The same: 1 mention")
    keys(page, "u", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("The merge was undone.")
    assert Regrouping.objects.filter(undone_at__isnull=True).count() == 1


def test_on_a_claims_page_the_keys_answer_for_the_row_that_one_is_on(
    sit_down: SitDown, six: list[Review], ada: User
) -> None:
    page = sit_down(ada).open(f"/admin/reviews/review/{six[0].pk}/change/")
    keys(page, "n", "s")  # on no row they mean nothing
    assert not Judgement.objects.exists()
    keys(page, "=")
    expect(page.locator("#duplicates .offer").first).to_be_focused()
    keys(page, "n")
    expect(page.locator(".messagelist")).to_contain_text("Not the same:")
    expect(page.locator("#duplicates")).to_contain_text("Said not to be the same (1)")
    keys(page, "u", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Taken back")
    keys(page, "=", "s")
    page.wait_for_url(re.compile(r"/review/\d+/change/#duplicates"))
    expect(page.locator(".messagelist")).to_contain_text("The same: 1 mention")
    assert Regrouping.objects.count() == 1


def test_a_held_key_answers_once(sit_down: SitDown, ada: User) -> None:
    page = sit_down(ada).open(QUEUE)
    before = now(page)
    for _ in range(5):
        page.keyboard.down("j")  # from the second on they are repeats
    page.wait_for_load_state("networkidle")
    page.keyboard.up("j")
    assert now(page) != before
    assert PairSkip.objects.count() == 1


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_nobody_is_kept_from_answering(
    dark: bool, phone: bool, sit_down: SitDown, six: list[Review], ada: User
) -> None:
    seat = sit_down(ada, dark=dark, phone=phone)
    page = seat.open(QUEUE)
    page.get_by_role("button", name="Not the same").click()
    found = {}
    for name, address in {"panel": f"/admin/reviews/review/{six[0].pk}/change/", "queue": QUEUE}.items():
        found[name] = violations(seat, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1360)
    assert found == {"panel": [], "queue": []}


def test_two_claims_are_merged_by_typing_words_of_the_other_one_and_it_is_undone(
    sit_down: SitDown, six: list[Review], ada: User
) -> None:
    source = six[0]
    page = sit_down(ada).open(f"/admin/reviews/review/{source.pk}/change/")
    keys(page, "m")
    page.wait_for_url("**/regroup/")
    field = page.get_by_role("combobox", name="The other claim, by its words or its number")
    field.focus()
    page.keyboard.type("stairs belfry")
    expect(page.get_by_role("option").first).to_contain_text("belfry")
    keys(page, "ArrowDown", "ArrowDown", "ArrowUp", "Enter")
    expect(field).to_have_value(re.compile(r"\d+: .*belfry"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_label("Why").fill("The same, for a test.")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.get_by_role("status", name="What would happen")).to_contain_text("different stories")
    page.get_by_role("button", name="Do it: merge").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Merge: 1 mention moved.")
    keys(page, "u", "Enter")
    expect(page.locator(".messagelist")).to_contain_text("The merge was undone.")
    assert Claim.objects.get(pk=source.claim_id).merged_into_id is None


def test_two_claims_are_ticked_in_the_queue_and_merged(sit_down: SitDown, ada: User) -> None:
    page = sit_down(ada).open("/admin/reviews/review/")
    keys(page, "j", "x", "j", "x")
    page.locator("select[name=action]").select_option(label="Merge the two ticked …")
    page.locator("button[name=index]").click()
    page.wait_for_url(re.compile(r"/regroup/\?number=\d+"))
    page.get_by_label("Why").fill("The same, for a test.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("status", name="What would happen")).to_be_visible()


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_the_list_under_the_field_is_no_barrier(
    dark: bool, phone: bool, sit_down: SitDown, six: list[Review], ada: User
) -> None:
    seat = sit_down(ada, dark=dark, phone=phone)
    assert violations(seat, f"/admin/reviews/review/{six[0].pk}/regroup/") == []
    seat.page.get_by_role("combobox", name="The other claim").focus()
    seat.page.keyboard.press("ArrowDown")
    expect(seat.page.get_by_role("option").first).to_be_visible()
    complaints = list(seat.complaints)
    assert [v["id"] for v in Axe().run(seat.page).response["violations"]] == []
    seat.complaints[:] = complaints  # axe itself tries inline styles
    assert seat.page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1360)
