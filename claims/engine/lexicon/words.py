"""The words by which denials, checks, claims and hedges are known; lemmas in lower case."""

from __future__ import annotations

from claims.engine.lexicon.loading import words


def lexicon(listed: str) -> frozenset[str]:
    """Return a set of words, written as one string."""
    return frozenset(listed.split())


DENIALS = words("en/denials")
CHECKS = words("en/checks")
CONFIRMS = words("en/confirmations")
CLAIM_NOUNS = words("en/claim_nouns")
FALSE = words("en/false")
TRUE = words("en/true")
UNCLEAR = words("en/unclear")
POLICIES = words("en/policies")
DOCUMENTS = words("en/documents")
BODIES = words("en/bodies")
