"""The words of a statement, by which two mentions are known to say the same in the same words."""

from __future__ import annotations

import re

from claims.engine.names import fold
from claims.engine.types import Mention

FEWEST = 4
"""Fewer words than these ("it was closed") say one thing here and another there."""

_WORD = re.compile(r"\w+(?:[.,]\d+)*")


def wording(mention: Mention) -> str:
    """Return the words of the statement as it stands alone, folded and without punctuation; "" for fewer than four.

    "“The bridge [over the Tarn] was closed.”" and "The bridge over the Tarn was closed" are one wording.
    """
    words = _WORD.findall(fold(mention.standalone or mention.quote))
    return " ".join(words) if len(words) >= FEWEST else ""
