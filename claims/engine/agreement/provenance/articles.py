"""One article is one origin for one claim, unless it names two people who each know it.

An article that hears the police and the hospital may well have got both from one press office. So its bodies and its
unnamed sources are one origin, as long as no other article gives them by themselves. Which origins stand is a maximum
matching of origins to articles (augmenting paths, Berge 1957), so that a further article can never lower their number.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from claims.engine.agreement.provenance.roots import Root
from claims.engine.types import Evidence, SpeakerKind, Stance

Group = list[Evidence]


def one_each(groups: Sequence[Group], found: Mapping[str, Root]) -> tuple[list[Group], set[str]]:
    """Return the groups with those joined that no article of their own gives, and the ids of the evidence so joined."""
    result = {group[0].id: list(group) for group in groups}
    joined: set[str] = set()
    for stance in (Stance.ASSERTS, Stance.DENIES):
        side = [name for name, group in result.items() if {e.stance for e in group} - {Stance.OPEN} == {stance}]
        hosts = _hosts({name: result[name] for name in sorted(side, key=lambda name: _rank(result[name], found))})
        for name, host in hosts.items():
            if _compatible(result[name], result[host]):
                group = result.pop(name)
                result[host] += group
                joined |= {e.id for e in group}
    whole = (sorted(group, key=lambda e: e.id) for group in result.values())
    return sorted(whole, key=lambda group: group[0].id), joined


def _rank(group: Group, found: Mapping[str, Root]) -> tuple[bool, bool, tuple[str, str]]:
    """Named people first: they stand by themselves. Then who is named at all."""
    kind, name = found[group[0].id].key
    return not _is_person(group), not found[group[0].id].named, (kind.value, name)


def _hosts(side: Mapping[str, Group]) -> dict[str, str]:
    """Return, for each group that has no article to itself, the group that it is joined to; both by name."""
    articles = {name: sorted({e.article for e in group}) for name, group in side.items()}
    holder: dict[str, str] = {}
    alone = [name for name in side if not _placed(name, articles, holder)]
    return {name: holder[articles[name][0]] for name in alone if not _is_person(side[name])}


def _placed(name: str, articles: Mapping[str, Sequence[str]], holder: dict[str, str]) -> bool:
    """Give a group an article of its own, moving others where that makes room; return whether there was one.

    One augmenting path, found breadth first: a chain of articles may be longer than the stack is deep.
    """
    reached_by: dict[str, str] = {}  # article -> the group that asks for it
    held: dict[str, str] = {}  # group -> the article that it would give up
    waiting = deque([name])
    while waiting:
        group = waiting.popleft()
        for article in articles[group]:
            if article in reached_by:
                continue
            reached_by[article] = group
            if article in holder:
                held[holder[article]] = article
                waiting.append(holder[article])
                continue
            while True:
                taker = reached_by[article]
                holder[article] = taker
                if taker == name:
                    return True
                article = held[taker]
    return False


def _is_person(group: Group) -> bool:
    return any(e.speaker.kind is SpeakerKind.PERSON for e in group)


def _compatible(one: Group, other: Group) -> bool:
    """Whether two groups do not give different figures: those stay apart, so that a conflict is seen."""
    figures = [{e.quantity.value for e in group if e.quantity is not None} for group in (one, other)]
    return not all(figures) or bool(figures[0] & figures[1])
