"""What the sentences of one article share while it is read, and who speaks in each by what was heard before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from claims.engine.reading.participants import Named
from claims.engine.reading.people.affiliations import Affiliations, leaves_out
from claims.engine.reading.people.coreference import introducer
from claims.engine.reading.people.registry import Registry
from claims.engine.reading.people.speakers import recalled, resolve
from claims.engine.reading.statements.clauses import UNOWNED, Statement
from claims.engine.reading.syntax import Range, span_of
from claims.engine.reading.text.parsing import Parsed
from claims.engine.reading.tree import Tree
from claims.engine.types import Document, Mention, Span, Speaker, SpeakerKind, Unstated

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

_MEMORY = 30
NEAR = 60
"""Tokens over which a pronoun is taken for who spoke last."""


@dataclass(slots=True)
class Context:
    """What the sentences of one article share; ``last`` is who spoke last, and in which sentence."""

    document: Document
    parsed: Parsed
    registry: Registry
    names: Sequence[Named]
    affiliations: Affiliations
    tree: Tree | None = None
    """Set where the statements inside the mentions are asked for."""
    nested: list[Mention] = field(default_factory=list)
    unstated: list[Unstated] = field(default_factory=list)
    last: Speaker | None = None
    last_at: int = 0
    counted: str = ""
    """What the article has counted last."""
    heard: list[Speaker] = field(default_factory=list)
    """Who has spoken, the last ``_MEMORY``."""

    def leave_out(self, sentence: Sentence, reason: str) -> None:
        """Note why a sentence gives no statement."""
        span = located(self.parsed, sentence.doc, (sentence.start, sentence.end))
        self.unstated.append(Unstated(span, self.document.text[span.start : span.end], reason))

    def speaker(self, doc: Doc, statement: Statement) -> Speaker:
        """Return who says a statement, and remember it for the pronouns that follow."""
        one = statement.attribution
        if one is None:
            return Speaker("", self.document.source, SpeakerKind.OUTLET)
        near = self.last if one.cue - self.last_at < NEAR else None
        if one.kind == UNOWNED:
            introduced = introducer(doc, one.cue)
            if introduced is None:
                return replace(near, text="") if near is not None else Speaker("", "", SpeakerKind.UNKNOWN)
            one = replace(one, source=span_of(introduced), head=introduced.i)
        speaker = resolve(doc, one.source, one.head, self.registry, near)
        if speaker.kind is not SpeakerKind.PERSON:
            known = recalled(doc, one.source, one.head, self.heard, self.affiliations.modifiers)
            speaker = replace(known, text=speaker.text) if known is not None else speaker
        organisation = self.affiliations.of(doc, one.source, speaker)
        if not organisation and one.source is not None and leaves_out(doc[one.source[0] : one.source[1]]):
            organisation = next((s.canonical for s in reversed(self.heard) if s.kind is SpeakerKind.BODY), "")
        if speaker.canonical:
            self.last, self.last_at = speaker, one.cue
            self.heard = [*self.heard[-_MEMORY:], speaker]
        return replace(speaker, organisation=organisation)


def _inked(doc: Doc, start: int, end: int) -> Range:
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return start, end


def located(parsed: Parsed, doc: Doc, stretch: Range) -> Span:
    """Return where a range of tokens stands in the article's text as given, without space at its ends."""
    a, b = _inked(doc, *stretch)
    return parsed.locate(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]))
