"""Vetoes: what two statements cannot both be one claim with, whatever words they share. Each is one named rule.

A rule looks at two prepared mentions and returns the reason in words, or "" where it has nothing to say. What is not
stated is unknown, and unknown is not different: a rule speaks only where both sides state something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from claims.engine.countries import COUNTRIES
from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.comparisons.figures import ANYBODY, counted, counts, outcomes, unit
from claims.engine.matching.outcomes import outcome
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.words import concept, tokens
from claims.engine.types import Place, Role, Stance

Rule = Callable[[Prepared, Prepared, ComparisonContext], str]
_NATIONS = frozenset(country.lower() for country in COUNTRIES.values())
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "off"})
_KINDS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "body", "NORP": "body"}
_LITTLE = 12
_OTHER_THING = 0.1
_REST = 0.4
_WORD_FOR_WORD = 0.9
_MOSTLY = 0.6
_NUMERALS, _CALENDAR = word_list("en/numerals"), word_list("en/calendar")


@dataclass(frozen=True, slots=True)
class Veto:
    """Why two mentions are never one claim: the rule's name, and what it found in words."""

    name: str
    reason: str


def _labels(seen: Prepared) -> Mapping[str, str]:
    return {e.name: _KINDS.get(e.label, "thing") for e in seen.mention.features.entities}


def compatible(one: str, other: str) -> bool:
    """Say whether two names may name one: a part of the other, initials, a spelling, a short first name."""
    if one == other:
        return True
    left, right = one.replace("-", " ").split(), other.replace("-", " ").split()
    if set(left) <= set(right) or set(right) <= set(left):
        return True
    if "".join(w[0] for w in left) == "".join(right) or "".join(w[0] for w in right) == "".join(left):
        return True
    if len(left) == len(right) and all(_one_spelling(x, y) for x, y in zip(left, right, strict=True)):
        return True
    return (
        len(left) > 1
        and len(right) > 1
        and left[-1] == right[-1]
        and left[0][0] == right[0][0]
        and not left[-1].isdigit()
    )


def _one_spelling(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one == other
    return one == other or (len(one) > 4 and one[:4] == other[:4])


def unlike(one: str, other: str, kinds: tuple[str, str]) -> bool:
    """Say whether two names surely name two: two nations, or two names of one kind that share nothing."""
    if compatible(one, other):
        return False
    nations = (one in _NATIONS, other in _NATIONS)
    if any(nations):
        return all(nations)
    if kinds[0] == kinds[1]:
        return True
    return "" in kinds


def _strays(a: Role, b: Role, left: Prepared, right: Prepared) -> tuple[list[str], list[str], bool]:
    """Return the names of each role that the other statement does not hold anywhere, and whether they share one."""
    mine = [n for n in a.names if not any(compatible(n, m) for m in b.names) and not _mentioned(n, right)]
    theirs = [n for n in b.names if not any(compatible(n, m) for m in a.names) and not _mentioned(n, left)]
    return mine, theirs, any(compatible(n, m) for n in a.names for m in b.names)


def _mentioned(name: str, seen: Prepared) -> bool:
    """Say whether a statement holds a name, or the last word of one that is no nation's."""
    if any(compatible(name, other) for other in seen.names):
        return True
    parts = [word for word in tokens(name) if not word.isdigit()]
    return bool(parts) and all(word in seen.sequence for word in (parts if name in _NATIONS else parts[-1:]))


def other_party(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Unlike people, bodies or things in the same role: North and South Korea, two ferries, two men."""
    if not _rest_agrees(a, b):
        return ""
    kinds = _labels(a), _labels(b)
    for left in _joined(a):
        for right in _joined(b):
            if left.relation != right.relation or left.relation in _WHERE:
                continue
            mine, theirs, shared = _strays(left, right, a, b)
            one_kind = left.head == right.head and left.head not in tokens(" ".join((*left.names, *right.names)))
            for x in mine:
                for y in theirs:
                    labels = ("", "") if one_kind else (kinds[0].get(x, ""), kinds[1].get(y, ""))
                    if unlike(x, y, labels) and (not shared or labels == ("person", "person")):
                        return f"{left.relation}: {x} / {y}"
    return ""


def _joined(seen: Prepared) -> list[Role]:
    """Return the roles, those of one relation as one: "the trawler Marta" may be read as two agents."""
    found: dict[str, Role] = {}
    for role in seen.mention.features.roles:
        known = found.get(role.relation)
        found[role.relation] = role if known is None else replace(known, names=(*known.names, *role.names))
    return list(found.values())


def other_number_of_a_name(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two of a series that bears numbers: flight 214 and flight 412."""
    for word in sorted(a.numbered.keys() & b.numbered.keys()):
        mine, theirs = a.numbered[word], b.numbered[word]
        if not mine & theirs:
            return f"{word} {', '.join(sorted(mine))} / {', '.join(sorted(theirs))}"
    return ""


def swapped(a: Prepared, b: Prepared) -> str:
    """Return in words who does it to whom where two statements say it the other way round; else ""."""
    one, other = _by_role(a), _by_role(b)
    if not (one[0] and other[0]) or one[0] & other[0]:
        return ""
    if one[0] & other[1] and other[0] & one[1]:
        return f"{' '.join(sorted(one[0]))} / {' '.join(sorted(other[0]))}"
    return ""


def _by_role(seen: Prepared) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that name who does it, and those that name all others."""
    who, rest = set(), set()
    for role in seen.mention.features.roles:
        named = {concept(w) for n in role.names for w in tokens(n) if not w.isdigit()}
        if role.relation == "agent":
            who |= named or {concept(role.head)}
        else:
            rest |= named | {concept(w) for w in role.words}
    return frozenset(who), frozenset(rest)


def roles_swapped(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """The same two parties the other way round: the lorry hit the bus, the bus hit the lorry."""
    verbs = {concept(v.mention.features.predicate) for v in (a, b)}
    if len(verbs) > 1 or verbs & {concept(w) for w in word_list("en/reciprocal")}:
        return ""
    return swapped(a, b)


def opposite(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Opposite outcomes, directions or orders: rose and fell, acquitted and convicted, before and after."""
    if a.mention.stance is not b.mention.stance or a.negated != b.negated or swapped(a, b):
        return ""
    if not _rest_agrees(a, b):
        return ""
    for axis in sorted(a.poles.keys() & b.poles.keys()):
        if not a.poles[axis] & b.poles[axis]:
            return f"{axis}: {', '.join(sorted(a.poles[axis]))} / {', '.join(sorted(b.poles[axis]))}"
    return ""


def _rest_agrees(a: Prepared, b: Prepared) -> bool:
    """Say whether two statements are otherwise about one thing: opposites of two things are no opposites."""
    least = min(len(a.concepts), len(b.concepts)) - 1
    return len(a.concepts & b.concepts) >= _REST * max(least, 1)


def negated(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Both assert, and one says that it is, the other that it is not."""
    if a.mention.stance is not Stance.ASSERTS or b.mention.stance is not Stance.ASSERTS:
        return ""
    return "affirmed / negated" if a.negated != b.negated else ""


def other_time(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Another day or year, where both name one."""
    left, right = a.mention.features.dates, b.mention.features.dates
    if not left or not right or any(x.startswith(y) or y.startswith(x) for x in left for y in right):
        return ""
    return f"{', '.join(left)} / {', '.join(right)}"


def other_place(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """It happens in two places of one kind, where both name one."""
    kinds = _labels(a), _labels(b)
    for left in a.mention.features.roles:
        for right in b.mention.features.roles:
            if left.relation in _WHERE and right.relation in _WHERE:
                mine, theirs, shared = _strays(left, right, a, b)
                for x in mine:
                    for y in theirs:
                        if not shared and unlike(x, y, (kinds[0].get(x, ""), kinds[1].get(y, ""))):
                            return f"{x} / {y}"
    return ""


def other_unit(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Figures of two kinds: a share and a count, dollars and tons. One value with two units is a slip of reading."""
    found = unit(a, b, context)
    return found.reason if found.score == 0 and not _one_value(a, b) and not _one_unit(found.reason) else ""


def _one_unit(reason: str) -> bool:
    """Say whether one unit is part of the other: dollars, and dollars a share."""
    first, _, second = reason.partition(" / ")
    return first in second or second in first


def _one_value(a: Prepared, b: Prepared) -> bool:
    left, right = a.mention.quantity, b.mention.quantity
    return left is not None and right is not None and left.value == right.value and left.value > _LITTLE


def other_counted(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Another thing counted, or people of another nation. A schoolgirl is a girl."""
    found = counted(a, b, context)
    if found.score is None or found.score > _OTHER_THING or (found.score and _one_value(a, b)):
        return ""
    heads = [v.counted[-1] if v.counted else "" for v in (a, b)]
    return "" if found.score and (heads[0] in heads[1] or heads[1] in heads[0]) else found.reason


def other_outcome(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Something else happened to those who are counted: killed and injured, captured and freed."""
    found = outcomes(a, b, context)
    return found.reason if found.score == 0 else ""


def part_and_whole(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """One counts a part of what the other counts: 21 of the 270 girls, and the 270 girls."""
    for one, other in ((a, b), (b, a)):
        figure = other.mention.quantity
        if figure is not None and other.wholes != one.wholes and f"{figure.value:g}" in one.wholes:
            return f"part of {figure.value:g}"
    return ""


def one_article(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two statements side by side or one inside the other: a reader is told two things."""
    left, right = a.mention, b.mention
    if left.article != right.article or not left.article:
        return ""
    if left.span.start < right.span.end and right.span.start < left.span.end:
        return "one inside the other"
    if left.sentence_span == right.sentence_span and left.speaker.canonical == right.speaker.canonical:
        return "side by side in one sentence"
    values = {v.mention.quantity.value for v in (a, b) if v.mention.quantity is not None and counts(v)}
    one_people = counted(a, b, context).score == 1
    return "two figures of one article" if len(values) > 1 and not one_people and not repeats(a, b) else ""


def same_voice(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two statements of one article are two claims, unless one repeats the other."""
    same = a.mention.article == b.mention.article and a.mention.article
    return "" if not same or repeats(a, b) else "neither repeats the other"


def repeats(a: Prepared, b: Prepared) -> bool:
    """Say whether the shorter of two statements says little that the longer does not say, with the same figure."""
    values = [v.mention.quantity.value for v in (a, b) if v.mention.quantity is not None and counts(v)]
    if len(values) == 2 and values[0] != values[1]:
        return False
    least = min(len(a.concepts), len(b.concepts))
    return bool(least) and len(a.concepts & b.concepts) >= 0.7 * least and least >= 3


def checking(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """That somebody checks something is another claim than what is checked, one for each who checks."""
    checks = [_checks(v) for v in (a, b)]
    if checks[0] != checks[1]:
        return "only one says that it is being checked"
    speakers = {v.mention.speaker.canonical for v in (a, b)} - {""}
    return " / ".join(sorted(speakers)) if checks[0] and len(speakers) > 1 else ""


def _checks(seen: Prepared) -> bool:
    mention = seen.mention
    return mention.stance is Stance.OPEN and mention.features.predicate in word_list("en/checks")


def another_denial(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Inside a story a denial is of a statement with its verb."""
    if not context.topic.total or (a.mention.stance is Stance.DENIES) == (b.mention.stance is Stance.DENIES):
        return ""
    verbs = [concept(v.mention.features.predicate) for v in (a, b)]
    if not all(verbs) or verbs[0] == verbs[1] or verbs[0] in b.concepts or verbs[1] in a.concepts:
        return ""
    return f"{verbs[0].lstrip('=')} / {verbs[1].lstrip('=')}"


def scrap(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """A scrap without a verb says nothing of its own, unless it is repeated word for word."""
    if a.mention.features.predicate and b.mention.features.predicate:
        return ""
    return "" if _alike(a, b) >= _WORD_FOR_WORD else "without a verb"


def too_little(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Numbers alone, names alone or a shared outcome alone make no claim, unless they are all that both say."""
    shared = (a.concepts & b.concepts) - {concept(n) for n in a.numbers | _NUMERALS | _CALENDAR}
    telling = {w for w in shared - a.named - ANYBODY if not outcome(w.lstrip("="))}
    if (len(shared) > 1 and telling) or _alike(a, b) >= _MOSTLY:
        return ""
    return f"only {', '.join(sorted(w.lstrip('=') for w in shared)) or 'figures'} in common"


def only_recalled(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """What one states, the other only recalls: "the barge sank", "the pilot of the barge that sank was sober"."""
    for one, other in ((a, b), (b, a)):
        stated, recalled = one.mention.features.predicate, other.mention.features.recalled
        if stated and stated != other.mention.features.predicate and stated in recalled:
            return f"{stated} is only recalled beside {other.mention.features.predicate}"
    return ""


def other_subject(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """One thing is said of two that share nothing: "the school was hit", "a clinic was hit"."""
    left, right = a.mention.features, b.mention.features
    if not left.predicate or concept(left.predicate) != concept(right.predicate):
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


def picture(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """A caption says what a picture shows; that it names the event besides makes it no report of it."""
    if (a.mention.place is Place.CAPTION) == (b.mention.place is Place.CAPTION) or _alike(a, b) >= _MOSTLY:
        return ""
    return "one stands under a picture"


def _alike(a: Prepared, b: Prepared) -> float:
    return len(a.senses & b.senses) / max(len(a.senses), len(b.senses), 1)


RULES: tuple[Rule, ...] = (
    one_article, checking, another_denial, other_unit, other_counted, other_outcome, other_number_of_a_name, other_time,
    negated, opposite, roles_swapped, other_party, other_place, part_and_whole,
)  # fmt: skip
"""What contradicts: no claim ever holds both."""

CAUTIONS: tuple[Rule, ...] = (
    scrap, too_little, picture, only_recalled, other_subject, other_complement, same_voice,
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
