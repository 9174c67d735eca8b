"""The comparison of where two statements stand."""

from __future__ import annotations

from claims.engine.matching.comparing import ComparisonContext, Measure
from claims.engine.matching.prepared import Prepared


def document_context(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """How alike their two articles are, each read together with the articles most like it."""
    return Measure(context.documents.likeness(a.mention.article, b.mention.article))
