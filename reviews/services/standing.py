"""Where a review stands, as columns: to carry it over, to write it down, and to bring it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.dateparse import parse_datetime

from claims.services import reliability, settling
from reviews import chain
from reviews.errors import CurrentState
from reviews.models import Review
from reviews.workflow import Status

COLUMNS = (
    "status", "assignee_id", "lease_until", "verdict", "rationale", "evidence", "proposer_id", "approver_id",
    "decided_on_id", "decided_at", "dismissal", "recheck_reason", "recheck_at",
)  # fmt: skip
"""What a review's standing is made of."""

_HOLDS = {Status.CORROBORATED.value: True, Status.REFUTED.value: False}
"""What a verdict says of the claim; a disputed one says nothing."""

_MOMENTS = frozenset({"lease_until", "decided_at", "recheck_at"})


def standing(review: Review) -> dict[str, object]:
    """The review's standing, by column."""
    return {name: getattr(review, name) for name in COLUMNS}


def footing(review: Review) -> str:
    """The hash of where the review stands and of which claim it is: each event keeps the one that it led to."""
    return chain.digest({"claim_id": review.claim_id, **standing(review)})


def written(values: Mapping[str, object]) -> dict[str, object]:
    """A standing as JSON can hold it."""
    return {k: v.isoformat() if isinstance(v, datetime) else v for k, v in values.items()}


def read(values: Mapping[str, object]) -> dict[str, object]:
    """A standing as ``written`` put it down."""
    return {k: parse_datetime(v) if k in _MOMENTS and isinstance(v, str) else v for k, v in values.items()}


def current_state(review: Review) -> CurrentState:
    """Where the review stands, to be told to whoever was refused."""
    return CurrentState(
        claim=review.claim_id,
        status=review.status,
        version=review.version,
        assignee=review.assignee.get_username() if review.assignee else None,
        verdict=review.verdict,
    )


def tell_facts(claim_id: int, before: str, after: str) -> None:
    """Tell the facts what people do: the matcher leaves a claim as it is from the moment that somebody works on it,
    and scoring learns from verdicts.

    Call it before the review is changed: scoring locks the claim first, then its review, and so does this.
    """
    if before == after:
        return
    if after == Status.UNVERIFIED:
        settling.unsettle(claim_id)
    elif before == Status.UNVERIFIED:
        settling.settle(claim_id)
    if {before, after} & _HOLDS.keys():
        reliability.record_verdict(claim_id, _HOLDS.get(after))
