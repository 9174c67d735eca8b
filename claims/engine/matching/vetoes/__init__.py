"""Vetoes: what two statements cannot both be one claim with, whatever words they share. Each is one named rule.

A rule looks at two prepared mentions and returns the reason in words, or "" where it has nothing to say. What is not
stated is unknown, and unknown is not different: a rule speaks only where both sides state something.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.vetoes.cautions import (
    fate_untold,
    only_recalled,
    other_complement,
    other_deed,
    other_subject,
    picture,
    same_voice,
    scrap,
    too_little,
)
from claims.engine.matching.vetoes.figures import other_counted, other_outcome, other_unit, part_and_whole
from claims.engine.matching.vetoes.nested import other_core
from claims.engine.matching.vetoes.parties import other_number_of_a_name, other_party, other_place, roles_swapped
from claims.engine.matching.vetoes.rules import Rule
from claims.engine.matching.vetoes.statements import (
    another_denial,
    checking,
    negated,
    one_article,
    opposite,
    other_time,
)


@dataclass(frozen=True, slots=True)
class Veto:
    """Why two mentions are never one claim: the rule's name, and what it found in words."""

    name: str
    reason: str


RULES: tuple[Rule, ...] = (
    one_article, checking, another_denial, other_unit, other_counted, other_outcome, other_number_of_a_name, other_time,
    negated, opposite, roles_swapped, other_party, other_place, part_and_whole,
)  # fmt: skip
"""What contradicts: no claim ever holds both."""

CAUTIONS: tuple[Rule, ...] = (
    scrap, too_little, picture, only_recalled, fate_untold, other_subject, other_complement, other_deed,
    other_core, same_voice,
)  # fmt: skip
"""What is too little to go by: such a pair does not join by itself, but others may join both."""


def veto(a: Prepared, b: Prepared, context: ComparisonContext) -> Veto | None:
    """Return the first rule that keeps two mentions apart, or None."""
    return _first(RULES, a, b, context)


def caution(a: Prepared, b: Prepared, context: ComparisonContext) -> Veto | None:
    """Return the first rule by which two mentions have too little to join by themselves, or None."""
    return _first(CAUTIONS, a, b, context)


def _first(rules: Iterable[Rule], a: Prepared, b: Prepared, context: ComparisonContext) -> Veto | None:
    for rule in rules:
        reason = rule(a, b, context)
        if reason:
            return Veto(rule.__name__, reason)
    return None
