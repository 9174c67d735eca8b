"""What a speaker does with a proposition (asserts, denies, leaves open), and how firmly it is said.

Whether a statement is asserted or denied is composed along the parse (``factuality.commitment``). Two denials cancel
out; what is planned, asked or hypothetical is left open, but "will" and "will not" take a side. A hedge ("allegedly")
never changes the stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.factuality.commitment import commitment, stated, under
from claims.engine.reading.factuality.negation import negated
from claims.engine.reading.factuality.signatures import Commitment
from claims.engine.reading.quantities.groups import is_counted
from claims.engine.reading.syntax import Range, own_subject, root_of
from claims.engine.types import Factuality, Hedge, Quantity, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_HEDGES = {
    **dict.fromkeys(
        lexicon("allegedly alleged allege supposedly supposed purportedly purported so-called"),
        Hedge.ALLEGED,
    ),
    **dict.fromkeys(lexicon("reportedly rumoured rumored apparently"), Hedge.REPORTED),
    **dict.fromkeys(
        lexicon(
            "may might could possibly perhaps maybe probably likely potentially presumably seemingly suspect "
            "suspected seem appear unlikely"
        ),
        Hedge.POSSIBLE,
    ),
}


_IMPERSONAL = lexicon("understand believe think say report claim rumour rumor assume suggest")
"""What "it is ..." gives as hearsay."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one statement stands in its text, and its hedge. Factuality and stance follow from the commitment."""

    commitment: Commitment
    hedge: Hedge

    @property
    def factuality(self) -> Factuality:
        """Return whether the text commits to the statement."""
        return self.commitment.factuality

    @property
    def stance(self) -> Stance:
        """Return what the speaker does: asserts, denies, or leaves open what is neither; a prediction takes a side."""
        if not self.commitment.committed and not self.commitment.predicted:
            return Stance.OPEN
        return Stance.ASSERTS if self.commitment.lean > 0 else Stance.DENIES


def judge(doc: Doc, content: Range, cue: int | None = None, head: int | None = None) -> Verdict:
    """Read factuality and hedge of a proposition: ``content`` is its token range, ``cue`` the word that introduces it.

    ``head`` is its main word, where that is known. What a counted group plans or hopes is counted: a fact of its own.
    """
    root = doc[head] if head is not None else root_of(doc, content)
    found, by = stated(root, content), own_subject(root)
    if not found.committed and by is not None and is_counted(by):
        found = commitment(root)
    if cue is not None and not _governs(doc[cue], root):
        found = found.within(under(doc[cue]))
    return Verdict(found, hedge_of(doc, content, cue))


def speaks_of(doc: Doc, figure: Quantity, verdict: Verdict) -> bool:
    """Whether what is said of a statement is said of a figure in it as well.

    "No injuries were reported in the village, 25 km from the border" says nothing against the distance.
    """
    if verdict.factuality is Factuality.ASSERTED:
        return True
    words = doc.char_span(figure.span.start, figure.span.end, alignment_mode="expand")
    return words is None or commitment(words.root).factuality is not Factuality.ASSERTED


def _governs(cue: Token, root: Token) -> bool:
    """Whether the parse joins a cue to what it introduces, so that the way from the sentence's root passes it."""
    return cue.i == root.i or cue.is_ancestor(root) or root.is_ancestor(cue)


def hedge_of(doc: Doc, content: Range, cue: int | None = None) -> Hedge:
    """The first hedge on the way from the cue to the main clause; one inside a sub-clause counts for that clause."""
    if cue is not None:
        own = _HEDGES.get(doc[cue].lemma_.lower()) or next(
            (_HEDGES[c.lower_] for c in doc[cue].lefts if c.lower_ in _HEDGES), None
        )
        if own:
            return own
        if doc[cue].lemma_ in _IMPERSONAL and any(c.lower_ == "it" and c.dep_ == "nsubjpass" for c in doc[cue].lefts):
            return Hedge.REPORTED
    for i in range(content[0], min(content[1], content[0] + 60)):
        token = doc[i]
        found = _HEDGES.get(token.lower_) or (_HEDGES.get(token.lemma_) if token.pos_ == "VERB" else None)
        if (
            found
            and not (token.lower_ == "may" and token.pos_ == "PROPN")
            and not (token.lower_ == "could" and negated(token.head))
        ):
            return found
    return Hedge.NONE
