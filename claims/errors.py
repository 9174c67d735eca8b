"""Errors of the services. The docstring is the default message; ``code`` is stable for machines."""

from __future__ import annotations


class VerifierError(Exception):
    """Something went wrong."""

    code = "error"

    def __init__(self, message: str = "", *, field: str = "") -> None:
        self.message = message or (self.__doc__ or "").strip()
        self.field = field
        super().__init__(self.message)


class IngestError(VerifierError):
    """The article cannot be taken."""

    code = "ingest_refused"


class MatchingError(VerifierError):
    """Mentions cannot be regrouped in this way."""

    code = "matching_refused"


class JudgementConflict(MatchingError):
    """A judgement that is in force says otherwise; withdraw it first."""

    code = "judgement_conflict"
