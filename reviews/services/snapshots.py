"""A decided review as readers see it: everything that its public page shows, as JSON, taken at one moment.

Only what was approved goes in: the verdict, its reasons and evidence, and the origins of the assessment on which it was
decided. Notes, names of colleagues and the machine's probability never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claims.engine.types import SpeakerKind, Stance
from claims.models import Article, Assessment, Mention
from claims.querysets import mentions_for_desk
from reviews.models import Review

MOST_ARTICLES = 50
_NO_NAME = frozenset({SpeakerKind.OUTLET.value, SpeakerKind.UNKNOWN.value})

Snapshot = dict[str, Any]


def snapshot_of(review: Review, headline: str, summary: str) -> Snapshot:
    """Return what readers are to see of a decided review; two queries."""
    mentions = list(
        mentions_for_desk()
        .filter(claim=review.claim_id, article__withdrawn_at=None)
        .order_by("article__published_at", "article_id", "pk")
    )
    chosen = frozenset(review.evidence.get("mentions", ()))
    basis = review.decided_on
    return {
        "claim": review.claim.text,
        "headline": headline or review.claim.text,
        "summary": summary or review.rationale,
        "verdict": review.verdict,
        "decided_at": review.decided_at.isoformat() if review.decided_at else None,
        "language": "en",
        "claimant": _claimant(mentions),
        "evidence": [_stated(m) for m in mentions if m.pk in chosen],
        "links": list(review.evidence.get("links", ())),
        "independent_origins": basis.independent_origins if basis else None,
        "article_count": len({m.article_id for m in mentions}),
        "origins": _origins(basis, mentions),
        "appearances": _appearances(mentions),
    }


def _claimant(mentions: Sequence[Mention]) -> dict[str, str] | None:
    """Return who made the claim: the first named speaker who asserts it, else the outlet that first carried it."""
    asserting = [m for m in mentions if m.towards is Stance.ASSERTS]
    for mention in asserting:
        if mention.speaker is not None and mention.speaker.kind not in _NO_NAME:
            kind = "person" if mention.speaker.kind == SpeakerKind.PERSON.value else "organisation"
            return {"name": mention.speaker.canonical, "kind": kind}
    for mention in asserting or mentions:
        return {"name": mention.article.source.name, "kind": "organisation"}
    return None


def _origins(basis: Assessment | None, mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Return the origins as they stood when it was decided, each with the articles that trace back to it."""
    told = {str(m.pk): m for m in mentions}
    found = []
    for origin in basis.origins if basis else ():
        behind = [told[str(pk)] for pk in origin.get("evidence", ()) if str(pk) in told]
        if behind:
            articles = {m.article_id: m.article for m in behind}
            found.append(
                {
                    "label": origin.get("label", ""),
                    "reason": origin.get("reason", ""),
                    "counts": float(origin.get("strength", 1.0)) >= 1,
                    "stances": sorted({str(m.towards) for m in behind}),
                    "articles": [_article(a) for a in list(articles.values())[:MOST_ARTICLES]],
                }
            )
    return found


def _appearances(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    """Return the articles that carry the claim, the first published first."""
    articles = {m.article_id: m.article for m in mentions if m.towards is Stance.ASSERTS}
    dated = sorted(articles.values(), key=lambda a: (a.published_at is None, a.published_at or a.created_at, a.pk))
    return [_article(article) for article in dated[:MOST_ARTICLES]]


def _stated(mention: Mention) -> dict[str, Any]:
    speaker = mention.speaker.canonical if mention.speaker else mention.speaker_text
    return {
        "quote": mention.quote,
        "speaker": speaker,
        "stance": str(mention.towards),
        "article": _article(mention.article),
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "source": article.source.name,
        "url": article.url if article.url.startswith(("http://", "https://")) else "",
        "published": article.published_at.isoformat() if article.published_at else None,
    }
