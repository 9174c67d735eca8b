"""For or against what: the one rule that says which stance a statement takes towards its claim as the claim reads.

"Nobody was hurt" denies that somebody was, and speaks against "three were hurt" where anybody states that. Where nobody
does, the claim reads "nobody was hurt": who says so asserts it. So a claim is **negative** where nobody asserts it and
all who deny it do so in so many words; towards a negative claim, to deny is to assert. Everything else keeps the stance
that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from claims.engine.types import Evidence, Stance

_DENYING = (
    "deni", "deny", "reject", "dismiss", "refut", "rebut", "repudiat", "disavow", "debunk", "disput", "contradict",
    "discredit", "disprov", "rubbish", "disclaim", "controvert", "negat", "rule", "ruling",
)  # fmt: skip
_WORDS = re.compile(r"\w+")
_UNDOING = (
    "fail", "refus", "declin", "forget", "forgot", "neglect", "omit", "avoid", "prevent", "avert", "unable",
    "unwilling", "escap", "refrain", "abstain", "thwart", "foil", "inab", "scarce", "barely", "hardly",
)  # fmt: skip
_NEGATIONS = frozenset((
    "no", "not", "never", "nobody", "none", "nothing", "neither", "nor", "t", "cannot", "nowhere", "without", "yet",
    "too", "instead", "rather", "little", "almost", "nearly", "narrowly", "close", "short", "shy", "verge", "brink",
))  # fmt: skip


class Stated(Protocol):
    """A statement with its stance, the word that introduces it ("" for none) and its quote."""

    @property
    def stance(self) -> Stance | str: ...
    @property
    def cue(self) -> str: ...
    @property
    def quote(self) -> str: ...


def denying(cue: str) -> bool:
    """Whether a cue, in whatever form, says that somebody denies."""
    return cue.lower().startswith(_DENYING)


def is_negative(statement: Stated) -> bool:
    """Whether a statement's quote holds the denial itself, so that it reads as one.

    "Nobody was hurt" and "failed to sign" do. Of "the mayor denied that anybody was hurt" the quote is "anybody was
    hurt", and the denial stands around it, as in "does not think that anybody was hurt". Who denies or rejects a claim
    ("the mayor denied any involvement", "called it groundless") answers one, and makes none of his own.
    """
    if statement.stance != Stance.DENIES:
        return False
    cue, words = statement.cue.lower(), _WORDS.findall(statement.quote.lower())
    if denying(cue) and not cue.startswith("rul"):  # "ruled that the city did not own the land"
        return False
    return any(word in _NEGATIONS or word.startswith(_UNDOING) for word in words)


def makes_negative(statements: Iterable[tuple[Stance, bool]]) -> bool:
    """Whether statements, each with its stance and ``is_negative``, make a negative claim."""
    against = False
    for stance, negative in statements:
        if stance is Stance.ASSERTS or (stance is Stance.DENIES and not negative):
            return False
        against = against or stance is Stance.DENIES
    return against


def towards(stance: Stance, negative: bool) -> Stance:
    """The stance towards a claim, negative or not, of a statement with this stance."""
    return Stance.ASSERTS if negative and stance is Stance.DENIES else stance


def negative_claim(evidence: Iterable[Evidence]) -> bool:
    """Whether the evidence of a claim makes it a negative one."""
    return makes_negative((e.stance, e.negative) for e in evidence)


def as_claimed(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The evidence with each stance towards the claim as it reads; the same evidence where nothing has to change."""
    if not negative_claim(evidence):
        return evidence
    return [replace(e, stance=towards(e.stance, negative=True)) for e in evidence]
