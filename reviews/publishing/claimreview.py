"""ClaimReview (schema.org) of a published check, with every field that its readers ask for or recommend.

Only a verdict is rated: the desk's words are ``alternateName``, and ``ratingValue`` is the place of the verdict on a
scale of 1 to 5, for readers that want a number. The machine's probability is no rating and appears nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviews.models import Publication
from reviews.workflow import Verdict

Thing = dict[str, Any]
BEST, WORST = 5, 1


@dataclass(frozen=True, slots=True)
class Rating:
    """A verdict in words for readers, and its place on the scale."""

    value: int
    name: str
    meaning: str


RATINGS: Mapping[str, Rating] = {
    Verdict.CORROBORATED.value: Rating(5, "Corroborated", "Evidence of independent origin bears the claim out."),
    Verdict.DISPUTED.value: Rating(
        3, "Disputed", "Evidence of independent origin speaks for the claim and against it."
    ),
    Verdict.REFUTED.value: Rating(1, "Refuted", "The evidence shows that the claim does not hold."),
}


def claim_review(publication: Publication, site: str, desk: str) -> Thing:
    """Return the ClaimReview of a publication's newest version. ``site`` is the desk's address, ``desk`` its name.

    Raises ValueError where nothing is published: what was withdrawn has no rating.
    """
    snapshot = publication.current.snapshot if publication.current is not None else {}
    if publication.withdrawn or not snapshot:
        raise ValueError(f"{publication} is withdrawn")
    address = f"{site}/checks/{publication.pk}/"
    publisher = {"@type": "Organization", "name": desk, "url": f"{site}/checks/"}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": address,
        "url": address,
        "name": snapshot["headline"],
        "claimReviewed": snapshot["claim"],
        "reviewBody": snapshot["summary"],
        "datePublished": publication.published_at.isoformat(),
        "dateModified": publication.changed_at.isoformat(),
        "inLanguage": snapshot["language"],
        "author": publisher,
        "publisher": publisher,
        "reviewRating": rating_of(snapshot["verdict"]),
        "itemReviewed": _claim(snapshot),
    }


def rating_of(verdict: str) -> Thing:
    """Return a verdict as a Rating."""
    rating = RATINGS[verdict]
    return {
        "@type": "Rating",
        "ratingValue": rating.value,
        "bestRating": BEST,
        "worstRating": WORST,
        "alternateName": rating.name,
        "ratingExplanation": rating.meaning,
    }


def data_feed(publications: list[Publication], site: str, desk: str) -> Thing:
    """Return a DataFeed of ClaimReview, the newest first."""
    items = [
        {
            "@type": "DataFeedItem",
            "dateCreated": publication.published_at.isoformat(),
            "dateModified": publication.changed_at.isoformat(),
            "url": f"{site}/checks/{publication.pk}/",
            "item": [{k: v for k, v in claim_review(publication, site, desk).items() if k != "@context"}],
        }
        for publication in publications
    ]
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": f"Checks of {desk}",
        "url": f"{site}/checks/claimreview.json",
        "dateModified": max((p.changed_at.isoformat() for p in publications), default=None),
        "dataFeedElement": items,
    }


def _claim(snapshot: Mapping[str, Any]) -> Thing:
    appearances = [_article(article) for article in snapshot["appearances"] if article["url"]]
    claim: Thing = {"@type": "Claim", "text": snapshot["claim"]}
    claimant = snapshot["claimant"]
    if claimant:
        kind = "Person" if claimant["kind"] == "person" else "Organization"
        claim["author"] = {"@type": kind, "name": claimant["name"]}
    dated = next((article["published"] for article in snapshot["appearances"] if article["published"]), None)
    if dated:
        claim["datePublished"] = dated
    if appearances:
        claim["firstAppearance"] = appearances[0]
        claim["appearance"] = appearances
    return claim


def _article(article: Mapping[str, Any]) -> Thing:
    found: Thing = {
        "@type": "NewsArticle",
        "url": article["url"],
        "headline": article["title"],
        "publisher": {"@type": "Organization", "name": article["source"]},
    }
    return {**found, "datePublished": article["published"]} if article["published"] else found
