"""A statement as it can be read without its article: what it leaves out stands in brackets, which are ours.

"[The two captives] had come as tourists" has the subject that the clause shares with another, "[Beijing] was checking
the reports" the speaker for a pronoun, "[Anna Bell:] I was there" who says "I". The quote itself is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.engine.reading.people.coreference import POSSESSIVES, PRONOUNS, Referent, main_pronoun, shown, stands_for
from claims.engine.reading.people.registry import Registry
from claims.engine.reading.statements.clauses import Statement
from claims.engine.reading.statements.ellipsis import BREAKS, Left, left_out
from claims.engine.reading.syntax import RELATIVE, Range, antecedent, root_of
from claims.engine.types import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.engine.reading.attribution.model import Attribution


_FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us", "i'm", "we're"})
_LOOSE = " ,;:—–-"


def standalone(doc: Doc, statement: Statement, speaker: Speaker, registry: Registry) -> str:
    """The text of a statement for somebody who does not know its article; "" where the parse does not give one."""
    one = statement.attribution
    if statement.quote != statement.stretch:
        return _whole(doc, statement.quote)
    left = left_out(doc, statement.stretch)
    if left is None or _is_frame(doc, statement, left):
        return ""
    words = _without_frame(doc, statement.stretch, one)
    if left.subject is not None and doc[words[0][0]].tag_ in RELATIVE and words[0][1] - words[0][0] > 1:
        words[0] = (words[0][0] + 1, words[0][1])
    body = " ".join(_text(doc, part) for part in words)
    if left.before or left.behind:
        return _completed(doc, left, body, one, speaker, registry)
    if one is not None and one.direct:
        return _said_by(doc, statement, body, speaker, registry)
    pronoun = main_pronoun(doc, words[0])
    referent = stands_for(pronoun, one, speaker, registry) if pronoun is not None else None
    return body if referent is None or pronoun is None else _replaced(doc, words, pronoun, referent)


def _whole(doc: Doc, quote: Range) -> str:
    """A thing denied or announced with who does so; "who confirmed the error" with whom the pronoun stands for."""
    opening = doc[quote[0]]
    noun = antecedent(opening)
    if noun.i == opening.i or quote[1] - quote[0] < 2:
        return _text(doc, quote)
    return f"[{_raised(shown(noun))}] {_text(doc, (quote[0] + 1, quote[1]))}"


def _is_frame(doc: Doc, statement: Statement, left: Left) -> bool:
    """Whether what would be put before is only who says it, or has no meaning by itself."""
    one, verb = statement.attribution, root_of(doc, statement.stretch)
    if any(doc[a].tag_ in RELATIVE for a, _ in left.before):
        return True
    if any(doc[i].text in BREAKS for a, b in left.before[-1:] for i in range(b, statement.stretch[0])):
        return True
    return one is not None and verb.dep_ != "xcomp" and any(a <= one.cue < b for a, b in left.before)


def _completed(doc: Doc, left: Left, body: str, one: Attribution | None, speaker: Speaker, registry: Registry) -> str:
    """The statement with what it leaves out, whose pronoun is replaced as well."""
    before = " ".join(_text(doc, part) for part in left.before).strip('"“”')
    opening = doc[left.before[0][0]] if left.before else None
    if opening is not None and opening.lower_ in PRONOUNS:
        referent = stands_for(opening, one, speaker, registry)
        if referent is not None:
            before = _raised(_in_place(opening, referent)) + before[len(opening) :]
    if one is not None and one.direct and before.lower().split()[:1] in (["i"], ["we"]) and speaker.canonical:
        before = f"{speaker.canonical}: {before}"
    before += " …" if left.gap else ""
    behind = " ".join(_text(doc, part) for part in left.behind).strip(_LOOSE + ".")
    return f"[{_raised(before)}] {body}" if before else f"{body} [{behind}]"


def _said_by(doc: Doc, statement: Statement, body: str, speaker: Speaker, registry: Registry) -> str:
    """A quotation in the first person, with who speaks."""
    one = statement.attribution
    if not any(doc[i].lower_ in _FIRST_PERSON for i in range(*statement.stretch)):
        return body
    head = doc[one.head] if one is not None and one.head is not None else None
    name = registry.written(speaker.canonical)
    if speaker.kind is not SpeakerKind.PERSON and head is not None and head.pos_ in ("NOUN", "PROPN"):
        name = shown(head)
    return f"[{_raised(name)}:] {_raised(body)}" if name else body


def _replaced(doc: Doc, words: Sequence[Range], pronoun: Token, referent: Referent) -> str:
    """The statement with a referent in brackets for its pronoun."""
    (start, end), *rest = words
    name = _in_place(pronoun, referent)
    if name == pronoun.text:
        return " ".join(_text(doc, part) for part in words)
    text = doc[start : pronoun.i].text_with_ws + f"[{name}]" + pronoun.whitespace_ + doc[pronoun.i + 1 : end].text
    return " ".join([*text.split(), *(_text(doc, part) for part in rest)])


def _in_place(opening: Token, referent: Referent) -> str:
    """The words for a pronoun: "his" becomes "Bell's"."""
    owning = opening.lower_ in POSSESSIVES and opening.dep_ == "poss"
    if owning and " of " in referent.text:
        return opening.text
    ending = "" if not owning else "'" if referent.text.endswith("s") else "'s"
    return referent.text + ending


def _without_frame(doc: Doc, stretch: Range, one: Attribution | None) -> list[Range]:
    """The stretch without the words in its middle that only say who says it."""
    start, end = stretch
    if one is None or not start < one.cue < end or one.kind not in ("aside", "inverted", "ccomp", "quote"):
        return [stretch]
    points = [one.cue, one.cue + 1]
    if one.source is not None and start <= one.source[0] and one.source[1] <= end:
        points += one.source
    left, right = min(points), max(points)
    while right < end and doc[right].is_punct:
        right += 1
    while left > start and doc[left - 1].is_punct:
        left -= 1
    return [part for part in ((start, left), (right, end)) if part[1] > part[0]] or [stretch]


def _text(doc: Doc, part: Range) -> str:
    return " ".join(doc[part[0] : part[1]].text.split())


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]
