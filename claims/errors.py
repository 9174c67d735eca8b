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


class CheckError(VerifierError):
    """The text cannot be checked."""

    code = "check_refused"


class KeyReused(VerifierError):
    """This Idempotency-Key was used for another request. Choose a new key for a new request."""

    code = "key_reused"


class KeyInUse(VerifierError):
    """The request under this Idempotency-Key is being carried out. Send it again in a moment."""

    code = "key_in_use"


class CorrectionError(VerifierError):
    """The article cannot be corrected or withdrawn in this way."""

    code = "correction_refused"


class ArticleState(CorrectionError):
    """The article does not stand so that this could be done: somebody was faster, or it was done before."""

    code = "article_state"


class EditError(VerifierError):
    """What was read cannot be corrected in this way."""

    code = "edit_refused"


class EditState(EditError):
    """It does not stand so that this could be done: somebody was faster, or it was done before."""

    code = "edit_state"


class SourceError(VerifierError):
    """The source cannot be changed in this way."""

    code = "source_refused"


class MatchingError(VerifierError):
    """Mentions cannot be regrouped in this way."""

    code = "matching_refused"


class JudgementConflict(MatchingError):
    """A judgement that is in force says otherwise; withdraw it first."""

    code = "judgement_conflict"
