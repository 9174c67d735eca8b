"""The state machine of a review: one table that the admin, the API, bulk actions and jobs all read. No queries."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where a claim stands with the people."""

    UNVERIFIED = "unverified"
    IN_REVIEW = "in_review"
    PROPOSED = "proposed"
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    REFUTED = "refuted"
    DISMISSED = "dismissed"


class Verdict(StrEnum):
    """What a reviewer may propose; an approval turns it into the status of the same name."""

    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class Action(StrEnum):
    """What a person may do to a review."""

    TAKE = "take"
    RELEASE = "release"
    PROPOSE = "propose"
    APPROVE = "approve"
    REJECT = "reject"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    RESTORE = "restore"
