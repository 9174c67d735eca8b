"""What is too little to go by: such a pair does not join by itself, but others may join both."""

from __future__ import annotations

from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.comparisons.figures import ANYBODY, counted, counts, one_measure
from claims.engine.matching.outcomes import outcome
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.vetoes.rules import alike
from claims.engine.matching.vetoes.statements import repeats
from claims.engine.matching.words import concept, stem
from claims.engine.types import Place

_WORD_FOR_WORD = 0.9
_MOSTLY = 0.6
_ONE_THING = 0.95
_EMPTY = word_list("en/empty_verbs")
_NUMERALS, _CALENDAR = word_list("en/numerals"), word_list("en/calendar")


def scrap(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """A scrap without a verb says nothing of its own, unless it is repeated word for word."""
    if a.mention.features.predicate and b.mention.features.predicate:
        return ""
    return "" if alike(a, b) >= _WORD_FOR_WORD else "without a verb"


def too_little(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Numbers alone, names alone or a shared outcome alone make no claim, unless they are all that both say."""
    shared = (a.concepts & b.concepts) - {concept(n) for n in a.numbers | _NUMERALS | _CALENDAR}
    telling = {w for w in shared - a.named - ANYBODY if not outcome(w.lstrip("="))}
    if (len(shared) > 1 and telling) or alike(a, b) >= _MOSTLY or one_measure(a, b, context):
        return ""
    return f"only {', '.join(sorted(w.lstrip('=') for w in shared)) or 'figures'} in common"


def picture(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """A caption says what a picture shows; that it names the event besides makes it no report of it."""
    if (a.mention.place is Place.CAPTION) == (b.mention.place is Place.CAPTION) or alike(a, b) >= _MOSTLY:
        return ""
    return "one stands under a picture"


def only_recalled(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """What one states, the other only recalls: "the barge sank", "the pilot of the barge that sank was sober"."""
    for one, other in ((a, b), (b, a)):
        stated, instead = one.mention.features.predicate, other.mention.features.predicate
        if not stated or stated == instead:
            continue
        happened, recalled = outcome(stated), other.mention.features.recalled
        if any(stem(w) == stem(stated) or (happened and happened == outcome(w)) for w in recalled):
            return f"{stated} is only recalled beside {instead}"
    return ""


def fate_untold(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """One says what happened to those counted, the other something else: "killed 23 workers", "employs 23 workers"."""
    for one, other in ((a, b), (b, a)):
        instead = other.mention.features.predicate
        if counts(one) and counts(other) and one.own_outcomes and not other.outcomes and instead not in _EMPTY:
            return f"{', '.join(sorted(one.own_outcomes))} / {instead}"
    return ""


def other_subject(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """One thing is said of two that share nothing: "the school was hit", "a clinic was hit"."""
    left, right = a.mention.features, b.mention.features
    if not left.predicate or concept(left.predicate) != concept(right.predicate) or one_measure(a, b, context):
        return ""
    mine, theirs = concept(left.subject), concept(right.subject)
    if not left.subject or not right.subject or mine == theirs or mine in b.concepts or theirs in a.concepts:
        return ""
    if {mine, theirs} & ANYBODY or mine in a.named or theirs in b.named:  # of names ``other_party`` judges
        return ""
    return f"{left.subject} / {right.subject}"


def other_complement(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two things are said of one that share nothing: "the hull was sound", "the hull was rusty"."""
    left, right = a.mention.features, b.mention.features
    if left.predicate != "be" or right.predicate != "be" or concept(left.subject) != concept(right.subject):
        return ""
    mine, theirs = concept(left.object), concept(right.object)
    if not left.object or not right.object or mine == theirs or mine in b.concepts or theirs in a.concepts:
        return ""
    return f"{left.object} / {right.object}"


def other_deed(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two unlike things are told of one: "Orr welcomed the vote", "Orr, who lost the vote, wrote a letter"."""
    left, right = a.mention.features, b.mention.features
    verbs = concept(left.predicate), concept(right.predicate)
    if not (left.predicate and right.predicate and left.subject and right.subject) or verbs[0] == verbs[1]:
        return ""
    if verbs[0] in b.concepts or verbs[1] in a.concepts or alike(a, b) >= _MOSTLY:
        return ""
    if any(a.poles[axis] & b.poles[axis] for axis in a.poles.keys() & b.poles.keys()):  # admitted, confessed
        return ""
    if one_measure(a, b, context) or (counted(a, b, context).score or 0.0) >= _ONE_THING:
        return ""
    if concept(left.subject) not in b.concepts and concept(right.subject) not in a.concepts:
        return ""
    mine, theirs = concept(left.object), concept(right.object)
    if (left.object and mine in b.concepts) or (right.object and theirs in a.concepts):
        return ""
    return f"{left.predicate} / {right.predicate}"


def same_voice(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two statements of one article are two claims, unless one repeats the other."""
    same = a.mention.article == b.mention.article and a.mention.article
    return "" if not same or repeats(a, b) else "neither repeats the other"
