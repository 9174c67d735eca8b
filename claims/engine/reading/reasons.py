"""Why a sentence gives no statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.engine.lexicon.loading import phrases
from claims.engine.reading.statements.clauses import Statement
from claims.engine.reading.text.parsing import LONGEST_SENTENCE

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

_COMMENT = re.compile(
    r"\b(?:contacted|approached|reached out to|asked)\b.{0,120}\bfor (?:a |further )?comments?\b"
    r"|\brespond\w*\b.{0,60}\brequests? for comments?\b|\bdeclined (?:a request )?(?:to|for) comment\b",
    re.IGNORECASE,
)
"""The outlet on its own inquiries: nothing that others could confirm."""
_PRESENTING = re.compile(
    rf"\W*(?:and |so |now |but )?(?:{'|'.join(re.escape(p) for p in phrases('en/presenting'))})\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"\b(?:you|your|yours|yourself|y'all)\b(?!\s(?-i:[A-Z]))", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«„][^”\"»“]*[”\"»“]?")
CHECKABLE = 0.35
"""A sentence that ``detection`` finds less checkable is not read for claims."""
REPORTED = 0.25
"""The same for what somebody is given as saying: that it was said can be checked, too."""


def unstated(sentence: Sentence, found: Sequence[Statement]) -> str:
    """Return why a sentence gives no statement, "" where it may give one."""
    if not found:
        return "no clause that states something: it only says who speaks, wishes or judges, or has no verb"
    if len(sentence) > LONGEST_SENTENCE:
        return f"longer than {LONGEST_SENTENCE} words"
    if _speaks_to_reader(sentence.text, told=any(one.attribution is not None for one in found)):
        return "speaks to its reader"
    return "capitals throughout" if _shouted(sentence) else ""


def _speaks_to_reader(text: str, *, told: bool) -> bool:
    """Whether the outlet greets, announces or says "you" in its own voice: that states nothing about the world.

    ``told``: somebody is given as saying a part of it, and may say "you".
    """
    own = _QUOTED.sub(" ", text.replace("’", "'"))
    return _PRESENTING.match(own) is not None or (not told and _ADDRESS.search(own) is not None)


def asks_or_heads(sentence: Sentence) -> str:
    """Return whether a sentence is a question, an inquiry of the outlet or a heading ("": none of these)."""
    text = sentence.text.rstrip(" \"'”’»")
    if text.endswith("?"):
        return "a question"
    if _COMMENT.search(text):
        return "the outlet on its own inquiries"
    heading = len(sentence) < 6 and not text.endswith((".", "!", ":", "…")) and not any(t.like_num for t in sentence)
    return "a heading" if heading and all(t.is_title or t.is_stop for t in sentence if t.is_alpha) else ""


def _shouted(sentence: Sentence) -> bool:
    """Capitals throughout: a notice or a heading of the page."""
    text = sentence.text
    capitals = sum(c.isupper() for c in text)
    return len(text) > 30 and capitals > 0.6 * sum(c.isalpha() for c in text)
