"""One article is one origin for one claim, unless it names two people who each know it.

An article that hears the police and the hospital may well have got both from one press office. So its bodies and its
unnamed sources are one origin, as long as no other article gives them by themselves. Which origins stand is a maximum
matching of origins to articles (Kuhn's algorithm), so that a further article can never lower their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.engine.agreement.provenance.roots import Root
from claims.engine.types import Evidence, SpeakerKind, Stance

Group = list[Evidence]


def one_each(groups: Sequence[Group], found: Mapping[str, Root]) -> tuple[list[Group], set[str]]:
    """Return the groups with those joined that no article of their own gives, and the ids of the evidence so joined."""
    result, joined = list(groups), set()
    for stance in (Stance.ASSERTS, Stance.DENIES):
        side = [group for group in result if {e.stance for e in group} - {Stance.OPEN} == {stance}]
        host_of = _hosts(sorted(side, key=lambda group: _rank(group, found)))
        for group in side:
            host = host_of.get(group[0].id)
            if host is not None and _compatible(group, host):
                result.remove(group)
                host.extend(group)
                joined |= {e.id for e in group}
    for group in result:
        group.sort(key=lambda e: e.id)
    return sorted(result, key=lambda group: group[0].id), joined


def _rank(group: Group, found: Mapping[str, Root]) -> tuple[bool, bool, tuple[str, str]]:
    """Named people first: they stand by themselves. Then who is named at all."""
    kind, name = found[group[0].id].key
    return not _is_person(group), not found[group[0].id].named, (kind.value, name)


def _hosts(side: Sequence[Group]) -> dict[str, Group]:
    """Return, for the first id of each group that has no article to itself, the group that it is joined to."""
    holder: dict[str, int] = {}

    def place(number: int, tried: set[str]) -> bool:
        for article in sorted({e.article for e in side[number]} - tried):
            tried.add(article)
            if article not in holder or place(holder[article], tried):
                holder[article] = number
                return True
        return False

    alone = [number for number in range(len(side)) if not place(number, set())]
    hosts: dict[str, Group] = {}
    for number in alone:
        group = side[number]
        if not _is_person(group):
            hosts[group[0].id] = side[holder[min(e.article for e in group)]]
    return hosts


def _is_person(group: Group) -> bool:
    return any(e.speaker.kind is SpeakerKind.PERSON for e in group)


def _compatible(one: Group, other: Group) -> bool:
    """Whether two groups do not give different figures: those stay apart, so that a conflict is seen."""
    figures = [{e.quantity.value for e in group if e.quantity is not None} for group in (one, other)]
    return not all(figures) or bool(figures[0] & figures[1])
