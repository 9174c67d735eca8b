"""A sentence that is read uncut, because the parse shows no clause in it that could be a statement.

"State inspectors fined the plant, records show, over a faulty valve" loses its clause where the parser takes the words
of a comment for the main verb. What is plainly a sentence is then one statement. A scrap stays out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.engine.reading.statements.segmentation import SUBJECTS, bare
from claims.engine.reading.syntax import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

SHORTEST = 6
"""Words of a sentence that is a statement although no clause of it is."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def whole(doc: Doc, stretch: Range, sentence: Sentence) -> Range | None:
    """Return a stretch of a sentence without loose ends, where it has a finite verb with its subject; else None."""
    closes = sentence.text.rstrip(" \"'”’»)").endswith((".", "!", "…"))
    begins = next((t for t in sentence if t.is_alpha or t.like_num), None)
    if not closes or begins is None or begins.text[:1].islower():
        return None
    start, end = max(stretch[0], sentence.start), min(stretch[1], sentence.end)
    if end - start < SHORTEST:
        return None
    start, end = bare(doc, (start, end))
    verbs = (t.head for t in doc[start:end] if t.dep_ in SUBJECTS and start <= t.head.i < end)
    return (start, end) if end - start >= SHORTEST and any(_is_finite(verb) for verb in verbs) else None


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in _FINITE or any(child.tag_ in _FINITE for child in verb.lefts)
