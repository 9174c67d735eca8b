"""ClaimReview: every field that is required or recommended, the desk's words, and never a rating of the machine's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from claims.models import Article, Mention
from reviews.publishing.claimreview import RATINGS, claim_review
from reviews.services.publishing import Words, correct, publish, withdraw
from reviews.workflow import Verdict
from tests.reviews.published import decided, editor, published

pytestmark = pytest.mark.django_db

SITE = "https://desk.example.org"


def markup(publication: Any) -> dict[str, Any]:
    return claim_review(publication, SITE, "The Desk")


def values(thing: Any) -> Iterator[Any]:
    if isinstance(thing, dict):
        for inner in thing.values():
            yield from values(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from values(inner)
    else:
        yield thing


def test_it_has_every_required_and_recommended_field() -> None:
    publication = published("refuted")
    found = markup(publication)
    address = f"{SITE}/checks/{publication.pk}/"
    assert (found["@context"], found["@type"]) == ("https://schema.org", "ClaimReview")
    assert (found["url"], found["claimReviewed"]) == (address, "155 divers were hired from abroad.")
    assert found["author"] == {"@type": "Organization", "name": "The Desk", "url": f"{SITE}/checks/"}
    assert found["datePublished"] <= found["dateModified"]
    rating = found["reviewRating"]
    assert (rating["@type"], rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == ("Rating", 1, 5, 1)
    assert rating["alternateName"] == "Refuted"
    claim = found["itemReviewed"]
    assert (claim["@type"], claim["author"]) == ("Claim", {"@type": "Person", "name": "Ines Marrow"})
    assert claim["datePublished"] == "2025-04-08T09:00:00+00:00"
    assert claim["firstAppearance"]["url"] == "https://harbour.example/1"
    assert claim["appearance"] == [claim["firstAppearance"]]
    assert {"@type", "url", "headline", "publisher", "datePublished"} == set(claim["firstAppearance"])


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_rating_in_words(verdict: Verdict) -> None:
    assert set(RATINGS) == set(Verdict)
    rating = markup(published(verdict.value))["reviewRating"]
    assert rating["alternateName"].lower() == verdict.value
    assert 1 <= rating["ratingValue"] <= 5


def test_nothing_of_it_is_the_machines() -> None:
    publication = published()
    basis = publication.review.decided_on
    assert basis is not None
    machine = {basis.probability, basis.log_odds, str(basis.probability), basis.suggested}
    assert not machine & set(values(markup(publication)))


def test_nothing_is_empty() -> None:
    assert not {None, ""} & set(values(markup(published())))


def test_without_a_named_speaker_the_outlet_that_first_carried_it_made_the_claim() -> None:
    review = decided()
    Mention.objects.filter(claim=review.claim).update(speaker=None, speaker_text="")
    claim = markup(publish(review.claim_id, editor(), Words()))["itemReviewed"]
    assert claim["author"] == {"@type": "Organization", "name": "Harbour Post"}


def test_without_addresses_there_is_no_appearance_and_never_a_made_up_one() -> None:
    review = decided()
    Article.objects.update(url="")
    claim = markup(publish(review.claim_id, editor(), Words()))["itemReviewed"]
    assert {"appearance", "firstAppearance"}.isdisjoint(claim)


def test_a_correction_keeps_the_address_and_the_day_of_publication() -> None:
    publication = published()
    before = markup(publication)
    after = markup(correct(publication.review.claim_id, editor(), Words(why="A slip.")))
    assert (after["url"], after["datePublished"]) == (before["url"], before["datePublished"])
    assert after["dateModified"] > before["dateModified"]


def test_what_is_withdrawn_has_no_markup() -> None:
    publication = published()
    with pytest.raises(ValueError, match="withdrawn"):
        markup(withdraw(publication.review.claim_id, editor(), Words(why="A slip.")))


def test_the_feed_holds_the_same_objects_as_the_pages(client: Client) -> None:
    publications = [published(), published("refuted", "The pier was sold.")]
    feed = json.loads(client.get("/checks/claimreview.json").content)
    assert (feed["@type"], client.get("/checks/claimreview.json")["Content-Type"]) == (
        "DataFeed",
        "application/ld+json",
    )
    items = [item["item"][0] for item in feed["dataFeedElement"]]
    assert [item["url"].rpartition("/checks/")[2] for item in items] == [f"{p.pk}/" for p in reversed(publications)]
    page = client.get(f"/checks/{publications[0].pk}/").content.decode()
    (shown,) = [text.partition("</script>")[0] for text in page.split('<script type="application/ld+json">')[1:]]
    assert {k: v for k, v in json.loads(shown).items() if k != "@context"} == items[1]
