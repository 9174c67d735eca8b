"""Which sentences state a fact that somebody could check."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Span

FIRST_PERSON: Final = frozenset({"i", "we", "my", "our", "let", "please"})


def checkable(sent: Span) -> float:
    """Return how likely it is, in [0, 1], that ``sent`` states a verifiable fact."""
    words = [token for token in sent if token.is_alpha or token.like_num]
    if len(words) < 4 or sent.text.rstrip("\"'”’ ").endswith("?"):
        return 0.1
    score = 0.4
    score += 0.2 if any(token.tag_ in ("VBD", "VBN", "VBZ") for token in sent) else -0.1
    score += 0.15 if any(token.like_num for token in sent) else 0.0
    score += 0.15 if sent.ents else 0.0
    score -= 0.2 if any(token.lower_ in FIRST_PERSON for token in words) else 0.0
    score -= 0.2 if words[0].tag_ == "VB" else 0.0
    return min(max(score, 0.05), 0.95)
