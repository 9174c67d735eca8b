"""How much a claim is worth checking, and whether its text can be understood without an article.

A claim of which no mention can be made to stand is a **fragment**: its text opens with a word that points back ("he",
"instead"), or holds no verb with its subject. It is kept as evidence, and waits for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from claims.engine.lexicon.loading import words
from claims.engine.types import Mention, Place

UNCOMMITTED: Final = 0.5
"""What a plan, a supposition or a question counts beside what is asserted or denied."""
FEWEST: Final = 3
"""Words of a claim that can be understood."""
ASIDE: Final = 0.8
"""What a caption counts beside a sentence of the article."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CONNECTIVE: Final = re.compile(
    r"(?:(?:However|Meanwhile|Instead|Also|Then|Therefore|Thus|Moreover|Furthermore|Nevertheless|Nonetheless|Still"
    r"|Besides|Consequently|Likewise|Similarly|In addition|In turn|As a result|For instance|For example"
    r"|On the other hand|Finally|Indeed|Yet|Again), |Then (?=[A-Z\[])|(?:But|And|Yet|Or) (?!then\b|also\b|so\b))(?=\S)"
)
_INSERTED: Final = re.compile(
    r", (?:however|meanwhile|moreover|therefore|too|nevertheless|instead|for instance|for example),?(?= )"
)
_ALSO: Final = re.compile(r"(?<!\bbut) also(?= [a-z])")
_POINTING: Final = re.compile(
    r"(?:this|that|these|those)(?:['’]|\s+)(?:s|ll|re|ve|d|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should|did|does"
    r"|comes?|came|means?|meant|follows?|followed|includes?|included|makes?|made|marks?|marked)\b",
    re.IGNORECASE,
)
_VERBAL: Final = re.compile(r"(?:Will|Would|Can|Could|May|Might|Must|Is|Was|Are|Were|Has|Had|Did) [a-z]")
"""A verb at the front: its subject stands elsewhere."""
_CLEFT: Final = re.compile(r"it (?:is|was|has been|will be|would be)\b.{0,80}?\b(?:that|who|to|when|where)\b", re.I)


def plain(text: str) -> str:
    """Return the text of a claim without the words that only join it to the sentence before: "However, "."""
    text = _CONNECTIVE.sub("", text, count=1) if _CONNECTIVE.match(text) else text
    text = _ALSO.sub("", _INSERTED.sub("", text))
    return text[:1].upper() + text[1:]


def is_fragment(text: str, mention: Mention) -> bool:
    """Return whether the text of a claim, taken from a mention, cannot be understood without its article."""
    if len(text.split()) < FEWEST or not (mention.features.predicate or mention.features.subject):
        return True
    if text.startswith("[") or _CLEFT.match(text):  # what a bracket gives back is its subject
        return False
    found = _WORD.search(text)
    opening = found[0].lower() if found is not None else ""
    if opening in words("en/pointing") or _POINTING.match(text) is not None or _VERBAL.match(text) is not None:
        return True
    return not mention.features.subject and mention.quote[:1].islower() and opening != "there"


def worth(mentions: Sequence[Mention]) -> float:
    """Return how much a claim is worth checking, from 0 to 1: that of its best mention."""
    return max((_worth(one) for one in mentions), default=0.0)


def _worth(mention: Mention) -> float:
    share = mention.checkable * (1.0 if mention.factuality.committed else UNCOMMITTED)
    return min(max(share * (ASIDE if mention.place is Place.CAPTION else 1.0), 0.0), 1.0)
