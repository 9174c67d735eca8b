"""Other people, places, bodies or things in the same role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from claims.engine.countries import COUNTRIES
from claims.engine.lexicon.loading import words as word_list
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.prepared import Prepared
from claims.engine.matching.vetoes.rules import rest_agrees
from claims.engine.matching.words import concept, tokens
from claims.engine.types import Role

_NATIONS = frozenset(country.lower() for country in COUNTRIES.values())
_CAUSES = frozenset({"because", "due", "amid", "despite"})
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "off"})
_KINDS = {"PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "body", "NORP": "body"}


def other_party(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Unlike people, bodies or things in the same role: North and South Korea, two ferries, two men."""
    if not rest_agrees(a, b):
        return ""
    kinds = _labels(a), _labels(b)
    for left in joined(a):
        for right in joined(b):
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


def joined(seen: Prepared) -> list[Role]:
    """Return the roles, those of one relation as one: "the trawler Marta" may be read as two agents."""
    found: dict[str, Role] = {}
    for role in seen.mention.features.roles:
        known = found.get(role.relation)
        found[role.relation] = role if known is None else replace(known, names=(*known.names, *role.names))
    return list(found.values())


def other_place(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """It happens in two places, where both name one."""
    kinds = tuple({n: "place" if k == "body" else k for n, k in _labels(v).items()} for v in (a, b))
    for left in a.mention.features.roles:
        for right in b.mention.features.roles:
            if left.relation in _WHERE and right.relation in _WHERE:
                mine, theirs, shared = _strays(left, right, a, b)
                for x in mine:
                    for y in theirs:
                        if not shared and unlike(x, y, (kinds[0].get(x, ""), kinds[1].get(y, ""))):
                            return f"{x} / {y}"
    return ""


def other_number_of_a_name(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """Two of a series that bears numbers: flight 214 and flight 412."""
    for word in sorted(a.numbered.keys() & b.numbered.keys()):
        mine, theirs = a.numbered[word], b.numbered[word]
        if not mine & theirs:
            return f"{word} {', '.join(sorted(mine))} / {', '.join(sorted(theirs))}"
    return ""


def roles_swapped(a: Prepared, b: Prepared, context: ComparisonContext) -> str:
    """The same two parties the other way round: the lorry hit the bus, the bus hit the lorry."""
    verbs = {concept(v.mention.features.predicate) for v in (a, b)}
    if len(verbs) > 1 or verbs & {concept(w) for w in word_list("en/reciprocal")}:
        return ""
    return swapped(a, b)


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
        if role.relation in _CAUSES:
            continue
        if role.relation == "agent":
            who |= named or {concept(role.head)}
        else:
            rest |= named | {concept(w) for w in role.words}
    return frozenset(who), frozenset(rest)


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
