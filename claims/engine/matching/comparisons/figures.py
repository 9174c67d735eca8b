"""The comparisons of what figures count: the thing, what happened to it, and the kind of unit. Never the value."""

from __future__ import annotations

from claims.engine.countries import country_of
from claims.engine.lexicon.loading import words
from claims.engine.matching.comparing import NOTHING, ComparisonContext, Measure
from claims.engine.matching.outcomes import outcome, outcomes_in
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.words import concept
from claims.engine.types import Quantity, SpeakerKind

ANYBODY = frozenset(concept(w) for w in words("en/anybody"))
"""People in general: a figure of any of these may be the figure of any kind of people."""
_PEOPLE = frozenset(
    concept(w)
    for name in ("person_nouns", "male_nouns", "female_nouns", "kin", "counted_people")
    for w in words(f"en/{name}")
)
_KINDS_OF_UNIT = {"percent": "share", "percentage": "share", "percentage point": "share", "": "count"}
_STEM = 4
_ONE_OF = " one of "
_NEWSROOMS = frozenset({SpeakerKind.OUTLET, SpeakerKind.AGENCY})
_A_NUMBER, _UNCLEAR, _ONE_HEAD = 0.3, 0.5, 0.7
_ORIGIN_LABELS = frozenset({"NORP", "GPE", "LOC"})


def unit(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Whether both figures are of one kind: counts, shares, or amounts of one unit."""
    left, right = a.mention.quantity, b.mention.quantity
    if left is None or right is None or not (counts(a) and counts(b)):
        return NOTHING
    kinds = (_kind(left), _kind(right))
    return Measure(1.0 if kinds[0] == kinds[1] else 0.0, " / ".join(dict.fromkeys(kinds)))


def _kind(quantity: Quantity) -> str:
    return _KINDS_OF_UNIT.get(quantity.unit, quantity.unit)


def counted(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Whether both count the same thing: 1 the same, 0 another thing or people of another origin, between: unclear."""
    if not counts(a) or not counts(b):
        return NOTHING
    reason = " / ".join(dict.fromkeys(" ".join(v.counted) or "not said" for v in (a, b)))
    if _origins_clash(a, b):
        return Measure(0.0, reason)
    if not a.counted or not b.counted:
        return Measure(0.5, reason)
    heads = [concept(v.counted[-1]) for v in (a, b)]
    people = [_counts_people(v) for v in (a, b)]
    if all(people) and _origins(a) & _origins(b):
        return Measure(1.0, reason)
    if heads[0] == heads[1] and heads[0] not in ANYBODY:
        return Measure(0.95 if all(people) else 0.85, reason)
    if all(people) and a.outcomes & b.outcomes and any(map(_counts_anybody, (a, b))):
        return Measure(0.95, reason)
    if heads[0] == heads[1]:
        return Measure(0.8 if _described(a) & _described(b) else 0.7, reason)
    if all(people) and any(h in ANYBODY for h in heads):
        return Measure(0.6, reason)
    if {concept(w) for w in a.counted} & {concept(w) for w in b.counted}:
        return Measure(0.7, reason)
    in_text = (heads[0] in b.concepts) + (heads[1] in a.concepts)
    return Measure(0.1 + 0.2 * in_text, reason)


def same_figure(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Whether they share a figure: 1 one measure with one value ("34 dead", "34 people were killed"), .3 a number.

    Different figures are not against: 155 and 168 may be one claim.
    """
    if one_measure(a, b, context):
        return Measure(1.0, f"{a.mention.quantity.value:g}" if a.mention.quantity else "")
    if not a.numbers or not b.numbers:
        return NOTHING
    shared = sorted(a.numbers & b.numbers)
    return Measure(_A_NUMBER if shared else 0.0, ", ".join(shared))


def one_measure(a: Prepared, b: Prepared, context: ComparisonContext) -> bool:
    """Say whether two statements measure one thing and find one value.

    That is so of two equal amounts of one unit ("$284 billion"), of two equal counts of people to whom the same
    happened, and of two equal counts that are no round or small numbers, of one thing ("27 engines") or by one speaker.
    """
    left, right = a.mention.quantity, b.mention.quantity
    if left is None or right is None or not (counts(a) and counts(b)):
        return False
    if (left.value, left.upper, left.unit) != (right.value, right.upper, right.unit):
        return False
    if left.unit:
        return True
    likeness = counted(a, b, context).score or 0.0
    if a.outcomes & b.outcomes & (a.own_outcomes | b.own_outcomes):
        return likeness >= _UNCLEAR
    needed = _UNCLEAR if _one_speaker(a, b) else _ONE_HEAD
    return likeness >= needed and a.outcomes == b.outcomes and _digits(left.value) > 1


def _one_speaker(a: Prepared, b: Prepared) -> bool:
    left, right = a.mention.speaker, b.mention.speaker
    return bool(left.canonical) and left.kind not in _NEWSROOMS and left.canonical == right.canonical


def _digits(value: float) -> int:
    """Return how many digits of a value say something: 284.46 has five, 20,000 has one."""
    return len(f"{value:.12g}".replace(".", "").strip("0"))


def _counts_people(view: Prepared) -> bool:
    return concept(view.counted[-1]) in _PEOPLE or _counts_anybody(view)


def _counts_anybody(view: Prepared) -> bool:
    """Say whether people of any kind may be counted: "people", "34 dead"."""
    return concept(view.counted[-1]) in ANYBODY or bool(outcome(view.counted[-1]))


def _described(view: Prepared) -> set[str]:
    return {concept(w) for w in view.counted[:-1]}


def counts(view: Prepared) -> bool:
    """Say whether the statement counts or measures something; "one of the soldiers" does not."""
    quantity = view.mention.quantity
    return quantity is not None and not (quantity.value == 1 and _ONE_OF in f" {' '.join(view.sequence)} ")


def _origins_clash(a: Prepared, b: Prepared) -> bool:
    left, right = _origins(a), _origins(b)
    return bool(left and right) and not (left <= right or right <= left)


def _origins(view: Prepared) -> frozenset[str]:
    """Return of which nations the counted are, else of which place named beside them (by its first letters)."""
    named = {
        word[:_STEM]
        for entity in view.mention.features.entities
        if entity.label in _ORIGIN_LABELS
        for word in entity.name.split()
    }
    words = view.counted[:-1]
    nations = {country_of(" ".join(words[i:j])) for i in range(len(words)) for j in (i + 1, i + 2)} - {""}
    return frozenset(nations) or frozenset(w[:_STEM] for w in words) & named


def figure(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Whether both state a figure, or only one of them (a statement about how many is not one about how)."""
    given = [counts(v) for v in (a, b)]
    if not any(given):
        return NOTHING
    return Measure(1.0 if all(given) else 0.0)


def outcomes(a: Prepared, b: Prepared, context: ComparisonContext) -> Measure:
    """Whether the same happened to those who are counted: dead, hurt, held, taken, freed, missing.

    A outcome that both only name somewhere may be that of others ("exchanged for prisoners"): then .75.
    """
    if not (counts(a) and counts(b)) or not (a.outcomes or b.outcomes):
        return NOTHING
    reason = " / ".join(", ".join(sorted(v.outcomes)) or "nothing said" for v in (a, b))
    shared = a.outcomes & b.outcomes
    if shared:
        own = shared & (a.own_outcomes | b.own_outcomes)
        return Measure(1.0 if own else 0.75, ", ".join(sorted(shared)))
    if a.outcomes and b.outcomes:
        return Measure(0.0, reason)
    silent = b if a.outcomes else a
    other = a if a.outcomes else b
    told = outcomes_in(silent.sequence) & other.outcomes
    return Measure(0.75 if told else 0.4, reason)
