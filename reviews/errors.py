"""Errors of the review services. The docstring is the default message; ``code`` is stable for machines."""

from __future__ import annotations

from dataclasses import dataclass

from claims.errors import VerifierError


@dataclass(frozen=True, slots=True)
class CurrentState:
    """Where a review stands, for whoever was refused: enough to decide what to do next."""

    claim: int
    status: str
    version: int
    assignee: str | None
    verdict: str


class Refused(VerifierError):
    """You may not do this."""

    code = "not_permitted"

    def __init__(self, message: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code


class Conflict(VerifierError):
    """Somebody was faster: the review has changed. Nothing was written."""

    code = "conflict"

    def __init__(self, message: str = "", *, current: CurrentState, code: str = "") -> None:
        super().__init__(message)
        self.current = current
        self.code = code or self.code


class Stale(Conflict):
    """The review is no longer at the version that you saw. Nothing was written."""

    code = "stale_version"


class VersionRequired(VerifierError):
    """Say which version you decide on: send its ETag in the header If-Match."""

    code = "version_required"


class Missing(VerifierError):
    """Something that this action needs is missing."""

    code = "required"


class Invalid(VerifierError):
    """A value cannot be used."""

    code = "invalid"
