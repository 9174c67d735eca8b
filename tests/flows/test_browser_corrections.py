"""Correcting on the desk in a real browser: a speaker and a figure, junk, and words that were marked in the text."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from claims.models import Correction, Mention
from reviews.models import Review
from reviews.people import ensure_groups
from reviews.services import open_review
from tests.claims import desk_data
from tests.conftest import person
from tests.flows.conftest import Seat
from tests.flows.test_browser_desk import keys, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SitDown = Callable[..., Seat]


@pytest.fixture
def review(transactional_db: None) -> Review:
    ensure_groups()
    claim = desk_data.claim()
    return open_review(claim, claim.assessment)


@pytest.fixture
def ada(review: Review) -> User:
    return person("ada", "editor")


def test_an_editor_corrects_a_speaker_and_a_figure_by_mouse(sit_down: SitDown, review: Review, ada: User) -> None:
    mention = review.claim.mentions.get(value=155)
    page = sit_down(ada).open(f"/admin/reviews/review/{review.pk}/change/")
    page.locator(f"#mention-{mention.pk} .correct-link").click()
    form = page.locator("#form-correct")
    form.get_by_label("Speaker").fill("The pilot")
    form.get_by_label("Figure").fill("165")
    form.get_by_label("Why").fill("The mayor only quoted him.")
    form.get_by_role("button", name="Correct").click()
    page.wait_for_url(re.compile(f"/review/{review.pk}/change/#mention-{mention.pk}$"))
    expect(page.locator(f"#mention-{mention.pk} .who")).to_have_text("The pilot")
    expect(page.locator(f"#mention-{mention.pk}")).to_contain_text("The machine read: Ines Marrow; 155")


def test_junk_is_marked_by_keys_alone_and_taken_back(sit_down: SitDown, review: Review, ada: User) -> None:
    mention = review.claim.mentions.get(stance="denies")
    page = sit_down(ada).open(f"/admin/reviews/review/{review.pk}/change/")
    page.locator(f"#mention-{mention.pk} .correct-link").focus()
    keys(page, "Enter")
    page.locator("#id_no_claim_why").focus()
    page.keyboard.type("A caption of another picture.")
    keys(page, "Tab", "Enter")
    page.wait_for_url(re.compile(f"/review/{review.pk}/change/"))
    expect(page.locator(f"#mention-{mention.pk}")).to_have_count(0)
    page = sit_down(ada).open(f"/admin/reviews/review/correct/mention/{mention.pk}/")
    page.get_by_text("Take it back").first.click()
    page.get_by_label("Why").fill("It is a statement after all.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator(f"#mention-{mention.pk}")).to_be_visible()


def test_words_that_are_marked_in_the_text_are_added_as_a_mention(sit_down: SitDown, review: Review, ada: User) -> None:
    mention = review.claim.mentions.get(value=155)
    seat = sit_down(ada)
    page = seat.open(f"/admin/claims/article/{mention.article_id}/change/")
    mark_words = """words => {
        const walk = document.createTreeWalker(document.querySelector(".article-text"), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
            const at = walk.currentNode.data.lastIndexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }
    }"""
    page.evaluate(mark_words, "More to follow")
    page.get_by_role("button", name="Add the marked words as a mention").click()
    form = page.locator("#form-add")
    expect(form.get_by_label("Words of the article")).to_have_value("More to follow")
    form.get_by_label("Claim", exact=False).last.fill(str(review.claim_id))
    form.get_by_label("Why").fill("It announces the same.")
    form.get_by_role("button", name="Add a mention").click()
    expect(page.locator(".stated-list")).to_contain_text("Added by ada: It announces the same.")
    assert Mention.objects.get(quote="More to follow").claim_id == review.claim_id
    assert violations(seat, f"/admin/claims/article/{mention.article_id}/change/") == []


@pytest.mark.parametrize(("dark", "phone"), [(False, False), (True, True)], ids=["light desk", "dark phone"])
def test_nothing_on_the_pages_of_corrections_is_hard_to_reach(
    dark: bool, phone: bool, sit_down: SitDown, review: Review, ada: User
) -> None:
    mention = review.claim.mentions.get(value=155)
    Correction.objects.create(kind="reading", mention=mention, claim=review.claim, corrected={"value": 1.0}, why="x")
    seat = sit_down(ada, dark=dark, phone=phone)
    for kind, pk in (("mention", mention.pk), ("claim", review.claim_id), ("article", mention.article_id)):
        assert violations(seat, f"/admin/reviews/review/correct/{kind}/{pk}/") == []
        assert seat.page.evaluate("document.documentElement.scrollWidth") <= (390 if phone else 1360)
