"""``./run manage import_claimreview``: other publishers' verdicts come in, each once, and never as ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from claims.models import Claim, OtherVerdict
from claims.services.claimreviews import find, take_in
from claims.services.matching import match
from tests.claims.newsroom import TELLINGS, publish, story

pytestmark = pytest.mark.django_db

FERRY, AGAIN = TELLINGS["ferry"]


def review(**other: Any) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example/ferry",
        "claimReviewed": AGAIN,
        "datePublished": "2026-03-01",
        "author": {"@type": "Organization", "name": "Checks of Brenn"},
        "reviewRating": {"@type": "Rating", "ratingValue": "1", "alternateName": "Made up"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Ines Marrow"}},
        **other,
    }


def page(*things: Any) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)
    return f"<!DOCTYPE html><html><head>{scripts}<script>var a = 1</script></head><body>Text</body></html>"


API = {
    "claims": [
        {
            "text": AGAIN,
            "claimant": "Ines Marrow",
            "claimReview": [
                {
                    "publisher": {"name": "Checks of Brenn", "site": "checks.example"},
                    "url": "https://checks.example/ferry",
                    "title": "No ferry ran aground",
                    "reviewDate": "2026-03-01T00:00:00Z",
                    "textualRating": "Made up",
                    "languageCode": "en",
                }
            ],
        }
    ]
}
FEED = {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [review()]}]}


@pytest.mark.parametrize(
    "text",
    [
        page(review()), page([{"@type": "NewsArticle"}, review()]), page({"@graph": [review()]}), json.dumps(FEED),
        json.dumps(API), json.dumps(review()) + "\n" + json.dumps({"other": 1}),
        page(review(**{"@type": ["ClaimReview"]})),
        page("broken").replace('"broken"', "{broken") + page(review()),
    ],
    ids=["page", "list", "graph", "feed", "api", "lines", "types", "broken beside"],
)  # fmt: skip
def test_a_review_is_read_from_every_form_in_which_it_is_given(text: str) -> None:
    (found,) = find(text)
    assert (found.publisher, found.url, found.reviewed, found.rating) == (
        "Checks of Brenn", "https://checks.example/ferry", AGAIN, "Made up",
    )  # fmt: skip
    assert (found.claimant, found.published is not None) == ("Ines Marrow", True)


@pytest.mark.parametrize(
    "broken",
    [
        {"claimReviewed": ""}, {"reviewRating": None}, {"reviewRating": {"alternateName": ["x"]}}, {"url": ""},
        {"url": "javascript:alert(1)"}, {"url": "https://[broken"}, {"claimReviewed": {"text": "x"}}, {"url": "/ferry"},
    ],
    ids=str,
)  # fmt: skip
def test_what_says_no_claim_no_rating_or_no_address_is_no_review(broken: dict[str, Any]) -> None:
    assert list(find(page(review(**broken)))) == []


@pytest.mark.parametrize("text", ["", "no markup", "<html></html>", "[" * 100_000, "null", "{}"])
def test_what_holds_no_review_gives_none(text: str) -> None:
    assert list(find(text)) == []


def test_tags_and_odd_values_do_no_harm() -> None:
    odd = review(name="A <b>bold</b> &amp; true \0 title", datePublished="soon", author="Brenn", inLanguage=7)
    (found,) = find(page(odd))
    assert (found.title, found.published) == ("A bold & true title", None)
    assert (found.publisher, found.language) == ("Brenn", "7")


def test_it_stands_beside_the_claim_that_the_matcher_takes_for_the_same() -> None:
    match(publish(story(), "a", [FERRY]).pk)
    other = {**review(), "claimReviewed": TELLINGS["prize"][0], "url": "https://checks.example/prize"}
    taken = take_in(find(page(review(), other)))
    assert (taken.new, taken.linked) == (2, 1)
    assert [row.rating for row in Claim.objects.get().other_verdicts.all()] == ["Made up"]


def test_the_same_review_again_is_known_and_a_changed_one_is_changed() -> None:
    take_in(find(page(review())))
    again = take_in(find(page(review())))
    assert (again.new, again.changed, again.known) == (0, 0, 1)
    changed = take_in(find(page(review(reviewRating={"alternateName": "Half true"}))))
    assert (changed.new, changed.changed, changed.known) == (0, 1, 0)
    assert OtherVerdict.objects.get().rating == "Half true"


def test_ours_is_never_taken_for_anothers(settings: Settings) -> None:
    settings.SITE_URL = "https://checks.example"
    taken = take_in(find(page(review())))
    assert (taken.ours, OtherVerdict.objects.count()) == (1, 0)


def test_it_changes_nothing_about_a_claim_of_ours() -> None:
    match(publish(story(), "a", [FERRY]).pk)
    before = Claim.objects.values().get()
    take_in(find(page(review())))
    assert Claim.objects.values().get() == before


def test_the_command_says_what_became_of_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(review()), encoding="utf-8")
    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_claimreview", file, tmp_path / "missing.json")
    told = capsys.readouterr()
    assert "1 new, 0 changed, 0 known, 0 about claims of the desk" in told.out
    assert "missing.json" in told.err
