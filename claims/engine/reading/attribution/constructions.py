"""Verbs that report by their place alone: a quotation, then a verb and its subject, or a person and a verb.

The verbs that can report are an open class ("grumbled", "shrugged", "chimed in"), which no list and no fitted weight
holds. What stands behind the closing mark of a quotation tells: '"...," shrugged its founder, Leo Hart.'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.engine.lexicon.words import lexicon
from claims.engine.reading.attribution.quotations import Quoted
from claims.engine.reading.syntax import Range
from claims.engine.reading.text.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Frame = tuple[int, Range, int]
"""The verb, the phrase of who speaks, the head of that phrase."""

_ENDS = frozenset({",", "!", "?", "—", "–", "…", "..."})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_NEVER = lexicon("be have do become come go follow mean make get seem remain begin start end happen include")
_PARTICLES = lexicon("in out up back off on away along over down")
_OPENERS = lexicon("the a an his her its their our my one another")
_INSIDE = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
_AFTER_VERB = frozenset({"ADV", "ADP", "PUNCT", "SPACE", "CCONJ", "SCONJ"})
_PRONOUNS = lexicon("he she they")
LONGEST = 12
"""Tokens of the phrase of who speaks at most."""


def frames(parsed: Parsed, quotes: Sequence[Quoted], quoted: Sequence[int]) -> Iterator[tuple[int, Frame]]:
    """Yield the number of each quotation that such a frame stands behind, and the frame."""
    doc = parsed.doc
    for number, quote in enumerate(quotes):
        at = quote.end
        if not quote.closed or at >= len(doc) or quote.end - quote.start < 5 or not _speech(doc, quote):
            continue
        if parsed.paragraph(doc[at].idx) != parsed.paragraph(doc[quote.start].idx):
            continue
        at += doc[at].text == ","
        frame = _verb_first(doc, at, quoted) or _name_first(doc, at, quoted)
        if frame is not None:
            yield number, frame


def _speech(doc: Doc, quote: Quoted) -> bool:
    """Whether what is quoted ends as speech does before its frame, and is no bare name or title."""
    closes = doc[quote.end - 2].text in _ENDS or (quote.end < len(doc) and doc[quote.end].text == ",")
    return closes and any(token.pos_ in ("VERB", "AUX") for token in doc[quote.start : quote.end])


def _verb_first(doc: Doc, at: int, quoted: Sequence[int]) -> Frame | None:
    """ "shrugged its founder, Leo Hart", "chimed in Pavel Novy"."""
    while at < len(doc) and doc[at].pos_ == "ADV" and doc[at].lower_.endswith("ly"):
        at += 1
    if at + 1 >= len(doc) or not _can_report(doc[at]):
        return None
    start = at + 1
    while start < len(doc) - 1 and start - at < 3 and doc[start].lower_ in _PARTICLES:
        start += 1
    return _frame(doc, at, start, quoted)


def _name_first(doc: Doc, at: int, quoted: Sequence[int]) -> Frame | None:
    """ "Nadia Orlov quipped", "she continued": a person and a verb that takes nothing."""
    frame = _frame(doc, at, at, quoted)
    if frame is None:
        return None
    _, source, head = frame
    person = doc[head].pos_ == "PROPN" or doc[head].lower_ in _PRONOUNS
    verb = _behind(doc, source[1])
    if not person or verb is None or not _can_report(doc[verb]) or doc[verb].tag_ == "VBN":
        return None
    after = doc[verb + 1] if verb + 1 < len(doc) else None
    idle = after is None or after.pos_ in _AFTER_VERB or after.lower_ in _PARTICLES
    return (verb, source, head) if idle else None


def _behind(doc: Doc, at: int) -> int | None:
    """The token behind a name, and behind what stands between commas after it ("Kelly Swann, 34, fumed")."""
    if at < len(doc) and doc[at].text == ",":
        at = next((i + 1 for i in range(at + 1, min(len(doc), at + 10)) if doc[i].text == ","), at)
    return at if at < len(doc) else None


def _can_report(token: Token) -> bool:
    if not token.text.islower() or token.lemma_.lower() in _NEVER:
        return False
    return token.tag_ in _FINITE or (token.text.endswith("ed") and token.pos_ in ("ADJ", "NOUN", "PROPN"))


def _frame(doc: Doc, verb: int, start: int, quoted: Sequence[int]) -> Frame | None:
    """The noun phrase that begins at a token: a name, a pronoun, or a determiner with its noun, a name beside it."""
    if start >= len(doc) or quoted[start] >= 0:
        return None
    first = doc[start]
    if first.lower_ in _PRONOUNS:
        return verb, (start, start + 1), start
    named = first.pos_ == "PROPN" or (first.text[:1].isupper() and first.pos_ in _INSIDE)
    if not named and first.lower_ not in _OPENERS and first.pos_ not in ("NOUN", "ADJ"):
        return None
    end = _run(doc, start + (first.lower_ in _OPENERS), quoted)
    head = max((i for i in range(start, end) if doc[i].pos_ in ("PROPN", "NOUN")), default=None)
    if head is None:
        return None
    if doc[head].pos_ == "NOUN" and end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].pos_ == "PROPN":
        end = _run(doc, end + 1, quoted)
        head = end - 1
    return verb, (start, end), head


def _run(doc: Doc, start: int, quoted: Sequence[int]) -> int:
    """The end of a run of names, nouns and adjectives, with possessives and hyphens inside."""
    end = start
    while end < len(doc) and end - start < LONGEST and quoted[end] < 0 and not (end > start and doc[end].is_sent_start):
        inside = doc[end].pos_ in _INSIDE or doc[end].tag_ == "POS" or doc[end].text == "-"
        if not inside and doc[end].lower_ not in ("van", "der", "de", "of"):
            break
        end += 1
    while end > start + 1 and (doc[end - 1].lower_ == "of" or doc[end - 1].text == "-"):
        end -= 1
    return end
