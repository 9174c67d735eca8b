"""Statements inside statements become claims where another article states them; the others stay inside their parents.

A desk that made a claim of every statement inside a statement would drown. So the mentions that stand in no other are
grouped first, as if there were no others. Then a nested statement joins one of these groups, or makes one with nested
statements of other articles, by the same sum, vetoes and threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from claims.engine.matching.claims import compare, context_of
from claims.engine.matching.comparing import ComparisonContext
from claims.engine.matching.grouping import Link, attach, group
from claims.engine.matching.prepared import topic_of
from claims.engine.types import Mention, Reading, Span

Members = set[int]


def stands(mention: Mention) -> bool:
    """Return whether a mention may be put into a claim: a nested one only if it is evidence and can be read alone."""
    told = mention.standalone and mention.features.predicate and mention.factuality.committed
    return mention.part_of is None or bool(told)


def standing(reading: Reading) -> list[Mention]:
    """Return the mentions of an article with those statements inside them that may be claims; no two with one span."""
    spans = {mention.span for mention in reading.mentions}
    found = list(reading.mentions)
    for one in reading.nested:
        if stands(one) and one.span not in spans:
            spans.add(one.span)
            found.append(one)
    return found


def is_core(mention: Mention, parent: Mention) -> bool:
    """Return whether a nested statement says what its parent says, with less around it: the same verb and subject."""
    mine, its = mention.features, parent.features
    return bool(mine.predicate) and (mine.predicate, mine.subject) == (its.predicate, its.subject)


def group_all(
    mentions: Sequence[Mention],
    *,
    same: Collection[Link] = (),
    different: Collection[Link] = (),
    held: Collection[int] = (),
    withdrawn: Collection[int] = (),
) -> list[tuple[int, ...]]:
    """Return the claims of a story as tuples of places in ``mentions``, nested ones among them; what is in none rests.

    ``same`` and ``different`` are people's judgements; ``held`` are the mentions that people have placed, which neither
    rest nor give way; ``withdrawn`` those of withdrawn articles, which are no second article. What stands in no other
    mention is in exactly one claim. The result does not depend on the order.
    """
    nested = {i for i, m in enumerate(mentions) if m.part_of is not None and i not in held}
    outer = [i for i in range(len(mentions)) if i not in nested]
    place = {i: at for at, i in enumerate(outer)}
    inner_links = [[(place[a], place[b]) for a, b in links if a in place and b in place] for links in (same, different)]
    told = [mentions[i] for i in outer]
    topic = topic_of(told)
    first = [
        tuple(outer[at] for at in members) for members in group(told, same=inner_links[0], different=inner_links[1])
    ]
    if not nested:
        return sorted(first)
    groups = attach(mentions, first, sorted(nested), topic=topic, different=different)
    settled = _Settling(mentions, [set(g) for g in groups], nested, set(held), set(withdrawn), context_of(topic))
    return settled.claims()


class _Settling:
    """Groups of mentions on the way to claims: which nested statements stay in them, and which rest."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        groups: list[Members],
        nested: Members,
        held: Members,
        withdrawn: Members,
        context: ComparisonContext,
    ) -> None:
        self.mentions, self.groups, self.nested, self.held, self.withdrawn = mentions, groups, nested, held, withdrawn
        self.context = context
        at = {(m.article, m.span): i for i, m in enumerate(mentions) if m.part_of is None}
        found = ((i, at.get((mentions[i].article, part))) for i in nested if (part := mentions[i].part_of) is not None)
        self.parent = {i: outer for i, outer in found if outer is not None}
        self.cores = {i for i, outer in self.parent.items() if is_core(mentions[i], mentions[outer])}
        self.told: set[tuple[str, Span | None, str, str]] = set()
        self.home = {i: number for number, members in enumerate(groups) for i in members}

    def claims(self) -> list[tuple[int, ...]]:
        """Return the claims, after what rests has been taken out."""
        for number in sorted(range(len(self.groups)), key=lambda n: self._rank(self.groups[n])):
            if self._articles(self.groups[number]) > 1 and self.groups[number] & self.nested:
                self._settle(number)
        for members in self.groups:
            if self._articles(members) < 2:
                members -= self.nested
        return sorted(tuple(sorted(members)) for members in self.groups if members)

    def _rank(self, members: Members) -> tuple[object, ...]:
        """What holds an outer mention first, then what most articles state, then the longest statements."""
        return members <= self.nested, -self._articles(members), min(map(self._rank_of_one, members))

    def _rank_of_one(self, i: int) -> tuple[int, str, int, str]:
        one = self.mentions[i]
        return one.span.start - one.span.end, one.quote, one.span.start, one.article

    def _articles(self, members: Iterable[int]) -> int:
        return len({self.mentions[i].article for i in members if i not in self.withdrawn})

    def _settle(self, number: int) -> None:
        """Let one statement of one article stand once: what a parent's claim tells, its core does not tell again."""
        members = self.groups[number]
        for i in sorted(members & self.nested, key=self._rank_of_one):
            if not self._is_first(i):
                members.discard(i)
        homes = {self.home[self.parent[i]] for i in members & self.parent.keys()}
        if members <= self.cores and len(homes) == 1:
            members.clear()
            return
        for i in sorted(members & self.cores, key=self._rank_of_one):
            outer = self.parent[i]
            if self._gives_way(outer, members - {i}):
                self.groups[self.home[outer]].discard(outer)
                self.home[outer] = number
                members.discard(i)
                members.add(outer)
            elif _same_figure(self.mentions[i], self.mentions[outer]):
                members.discard(i)

    def _is_first(self, i: int) -> bool:
        """Whether no longer or shorter form of a nested statement, of the same verb and subject, stands already."""
        one = self.mentions[i]
        form = one.article, one.part_of, one.features.predicate, one.features.subject
        known = form in self.told
        self.told.add(form)
        return not known

    def _gives_way(self, outer: int, members: Members) -> bool:
        """Whether a parent that only its own article states may stand in the claim that its core has found."""
        around = self.groups[self.home[outer]]
        if outer in self.held or around - self.nested != {outer} or self._articles(around) > 1:
            return False
        return all(self._may_meet(outer, other) for other in members)

    def _may_meet(self, one: int, other: int) -> bool:
        return compare(self.mentions[one], self.mentions[other], context=self.context).veto is None


def _same_figure(one: Mention, other: Mention) -> bool:
    left, right = one.quantity, other.quantity
    return left is not None and right is not None and (left.value, left.counted) == (right.value, right.counted)
