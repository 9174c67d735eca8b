"""What a clause leaves out because its sentence says it elsewhere: its subject, its auxiliary, the verb of a list.

Nothing is guessed: only what the parse joins to the clause is given back. Ranges are token ranges, half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.engine.reading.syntax import (
    SUBJECTS,
    Range,
    antecedent,
    borrowed_subject,
    own_subject,
    root_of,
    span_of,
    trimmed,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


LONGEST = 24
"""Tokens that are put before or behind a clause at most; a clause that needs more is not understood alone."""
_VERBS = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
_NEEDY = frozenset({"VB", "VBN", "VBG"})
"""Forms of a verb that say nothing without an auxiliary."""
BREAKS = frozenset({":", ";", "“", '"', "‘"})
"""Marks over which no subject reaches."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a clause leaves out: ranges that belong before it and behind it; ``subject`` heads its subject.

    ``gap``: between what is put before and the clause something else is said.
    """

    before: tuple[Range, ...] = ()
    behind: tuple[Range, ...] = ()
    subject: int | None = None
    gap: bool = False


WHOLE = Left()


def left_out(doc: Doc, stretch: Range) -> Left | None:
    """What is left out of a stretch of words; ``WHOLE`` where nothing is, None where the parse does not tell."""
    root = root_of(doc, stretch)
    if root.pos_ in _VERBS:
        return _of_verb(root, stretch)
    return _of_phrase(root, stretch)


def _of_verb(root: Token, stretch: Range) -> Left | None:
    by = own_subject(root)
    if by is not None and stretch[0] <= by.i < stretch[1]:
        return _of_relative(by, stretch)
    if by is not None:
        apart = by.i > stretch[0] or any(root.doc[i].text in BREAKS for i in range(by.i, stretch[0]))
        return None if apart else Left((_noun(antecedent(by), stretch[0]),), subject=antecedent(by).i)
    governor = root.head
    if root.dep_ in ("xcomp", "ccomp", "advcl", "pcomp") and root.tag_ in _NEEDY:
        return _behind_its_verb(root, stretch[0])
    if root.dep_ == "conj" and root.tag_ == governor.tag_ == "VBG" and governor.dep_ in ("advcl", "pcomp"):
        return _behind_its_verb(governor, governor.left_edge.i)
    shared = borrowed_subject(root)
    if shared is None or stretch[0] <= shared.i < stretch[1] or shared.i > root.i:
        return None
    needs = root.tag_ in _NEEDY and not any(child.dep_ in _AUXILIARIES for child in root.lefts)
    words: tuple[Range, ...] = ()
    if needs and root.dep_ == "conj" and governor.pos_ in _VERBS:
        words = _auxiliaries(governor)
        if not _serves(governor, root):
            return None
    return Left((_noun(shared, stretch[0]), *words), subject=shared.i)


def _of_relative(by: Token, stretch: Range) -> Left:
    """ "who confirmed the error": the noun before takes the pronoun's place."""
    noun = antecedent(by)
    if noun.i == by.i or by.i != stretch[0] or by.tag_ == "WP$":
        return WHOLE
    return Left((_noun(noun, stretch[0]),), subject=noun.i)


def _noun(noun: Token, end: int) -> Range:
    """The phrase of a noun, as far as it stands before ``end``."""
    start, right = span_of(noun)
    return start, max(noun.i + 1, _trim(noun.doc, start, min(right, max(end, noun.i + 1))))


def _behind_its_verb(root: Token, until: int) -> Left | None:
    """ "..., injuring one person", "claims to have 155": what comes before it in its clause, up to ``until``."""
    verb = root.head
    for _ in range(4):
        if verb.pos_ in _VERBS and own_subject(verb) is not None:
            break
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    by = own_subject(verb)
    if by is None:
        return None
    start, end = by.left_edge.i, _trim(root.doc, by.left_edge.i, until)
    if not 0 < end - start <= LONGEST:
        return None
    return Left(((start, end),), subject=antecedent(by).i)


def _serves(first: Token, second: Token) -> bool:
    """Whether the auxiliaries of a verb fit the form of another that is joined to it: "may find or (may) launch"."""
    lemmas = {child.lemma_ for child in first.lefts if child.dep_ in ("aux", "auxpass")}
    if second.tag_ == "VB":
        return bool(lemmas - {"be", "have"})
    return "be" in lemmas or ("have" in lemmas and second.tag_ == "VBN")


def _auxiliaries(verb: Token) -> tuple[Range, ...]:
    return tuple((child.i, child.i + 1) for child in verb.lefts if child.dep_ in _AUXILIARIES)


def _of_phrase(root: Token, stretch: Range) -> Left | None:
    """A member of a list: "two women and | one man | died", "They promise a bonus and | 2,400 dollars a month"."""
    first = root
    for _ in range(12):
        if first.dep_ not in ("conj", "appos"):
            break
        first = first.head
    if first.pos_ in _VERBS:
        return None
    verb = first
    while verb.pos_ not in _VERBS and verb.head.i != verb.i:
        verb = verb.head
    if verb.pos_ not in _VERBS:
        return None
    while verb.dep_ == "xcomp" and own_subject(verb) is None and verb.head.pos_ in _VERBS:
        verb = verb.head
    doc = root.doc
    if first.dep_ in SUBJECTS and first.i != root.i:
        start, end = max(first.right_edge.i + 1, stretch[1]), verb.right_edge.i + 1
        return Left(behind=((start, end),)) if 0 < end - start <= LONGEST and start <= verb.i else None
    by = own_subject(verb)
    shared = by if by is not None else borrowed_subject(verb)
    if shared is None:
        return _of_sentence(verb, stretch)
    if shared.i > first.i or first.i < stretch[0] <= shared.i:
        return None
    verb_start = min([verb.i, *(child.i for child in verb.lefts if child.dep_ in _AUXILIARIES)])
    start = shared.left_edge.i if by is not None else verb_start
    end = _trim(doc, start, min(first.left_edge.i, stretch[0]))
    if not 0 < end - start <= LONGEST:
        return None
    before = ((start, end),) if by is not None else (_noun(shared, start), (start, end))
    return Left(before, subject=antecedent(shared).i)


def _of_sentence(verb: Token, stretch: Range) -> Left | None:
    """Subject and verb of the clause around a phrase whose own place in it the parse does not tell."""
    for _ in range(8):
        by = own_subject(verb)
        if by is None and verb.tag_ in ("VBD", "VBZ", "VBP"):
            return None
        if by is not None and verb.pos_ in _VERBS and by.i < verb.i < stretch[0]:
            whole = (by.left_edge.i, verb.i + 1)
            return Left((whole,), subject=by.i, gap=True) if whole[1] - whole[0] <= LONGEST else None
        if verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _trim(doc: Doc, start: int, end: int) -> int:
    """The end without a comma and a conjunction before it."""
    while end - start > 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].pos_ == "CCONJ"):
        end -= 1
    return trimmed(doc[start], start, end)[1] if end > start else end
