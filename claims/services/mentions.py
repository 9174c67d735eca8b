"""A mention leaves its claim or comes back to it, and the claim is brought to what it holds."""

from __future__ import annotations

from django.utils import timezone

from claims.models import ArticleStep, Claim, Mention, StepName
from claims.services import readings, standing, steps


def live(claim_id: int | None) -> int | None:
    """Return the claim that a claim leads to by now: itself, or the last that it was merged into."""
    while claim_id is not None:
        merged = Claim.objects.filter(pk=claim_id, merged_into__isnull=False).values_list("merged_into", flat=True)
        heir = merged.first()
        if heir is None:
            return claim_id
        claim_id = heir
    return None


def retire(row: Mention) -> None:
    """Let a mention count no more: it leaves its claim, and neither reading nor matching brings it back."""
    row.claim, row.origin, row.retired_at = None, None, timezone.now()
    row.save(update_fields=["claim", "origin", "retired_at"])


def revive(row: Mention, claim_id: int | None) -> None:
    """Let a mention count again, in the claim that its own has become; without one, matching places it."""
    row.claim_id, row.retired_at = live(claim_id), None
    row.save(update_fields=["claim", "retired_at"])
    if row.claim_id is None:
        match_again(row.article_id)


def match_again(article_id: int) -> None:
    """Have an article matched once more, because it has mentions without a claim."""
    ArticleStep.objects.filter(article_id=article_id, name=StepName.MATCH).update(done_at=None, attempts=0)
    steps.later(StepName.MATCH, article_id)


def save(row: Mention) -> None:
    """Write what a mention says now, and bring its claim to that."""
    row.save(update_fields=[name.removesuffix("_id") for name in (*readings.COLUMNS, "read")])
    changed(row.claim_id)


def changed(*claim_ids: int | None) -> None:
    """Bring the claims to the mentions that they hold now, and have them scored."""
    known = sorted({claim_id for claim_id in claim_ids if claim_id is not None})
    standing.refresh(known)
    steps.score_later(known)
