"""All mentions of a story -> claims, whatever the order in which they came (average-link clustering)."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from claims.engine.matching.claims import CLIP, claim_keys, compare, context_of, may_reach
from claims.engine.matching.prepared import Topic, topic_of
from claims.engine.matching.weights import shipped
from claims.engine.types import Mention, Span

Link = tuple[int, int]
_CROWDED = 400
"""A key that more mentions of a story hold finds no candidates: they meet under rarer ones."""


def group(
    mentions: Sequence[Mention],
    *,
    topic: Topic | None = None,
    same: Collection[Link] = (),
    different: Collection[Link] = (),
) -> list[tuple[int, ...]]:
    """Return the claims of ``mentions`` (all of one story) as tuples of their indices.

    Two groups become one while the mean log-odds over all pairs between them reaches the threshold at which a single
    mention would join; the best first. ``same`` and ``different`` hold pairs of indices that people have judged; the
    caller sees to it that they do not contradict each other. Pairs that share no key count as clearly different.
    The result does not depend on the order of ``mentions``.
    """
    ranked = sorted(range(len(mentions)), key=lambda i: _canonical(mentions[i]))
    place = {index: rank for rank, index in enumerate(ranked)}
    ordered = [mentions[i] for i in ranked]
    bound = [(place[a], place[b]) for a, b in [*same, *answers(mentions, [*same, *different])]]
    links, vetoed = _links(ordered, topic or topic_of(ordered), bound)
    clusters = _Clusters.of(len(ordered), links)
    clusters.bind(bound, [(place[a], place[b]) for a, b in different], vetoed)
    clusters.merge_down_to(shipped().join)
    return sorted(tuple(sorted(ranked[r] for r in members)) for members in clusters.members.values())


def attach(
    mentions: Sequence[Mention],
    groups: Sequence[tuple[int, ...]],
    loose: Sequence[int],
    *,
    topic: Topic,
    different: Collection[Link] = (),
) -> list[tuple[int, ...]]:
    """Return ``groups`` (of places in ``mentions``) with the ``loose`` ones put into them, or into groups of their own.

    Groups that are given stay apart, whole and at least as large. A loose mention is in no group with what it is part
    of, nor with what is part of the same. The result does not depend on the order.
    """
    ranked = sorted([*(i for members in groups for i in members), *loose], key=lambda i: _canonical(mentions[i]))
    place = {index: rank for rank, index in enumerate(ranked)}
    ordered, free = [mentions[i] for i in ranked], {place[i] for i in loose}
    units = [tuple(sorted(place[i] for i in members)) for members in groups]
    bound = [(unit[0], other) for unit in units for other in unit[1:]]
    links, vetoed = _links(ordered, topic, bound, free)
    clusters = _Clusters.of(len(ordered), links)
    judged = [(place[a], place[b]) for a, b in different if a in place and b in place]
    clusters.bind((), judged, [*vetoed, *_of_one_whole(ordered)])
    for unit in units:
        for member in unit[1:]:
            clusters.absorb(unit[0], member)
        clusters.firm.add(unit[0])
    clusters.merge_down_to(shipped().join)
    return sorted(tuple(sorted(ranked[r] for r in members)) for members in clusters.members.values())


def _of_one_whole(mentions: Sequence[Mention]) -> list[Link]:
    """Return the pairs of which one is part of the other, or both of one."""
    families: dict[tuple[str, Span], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        families[mention.article, mention.part_of or mention.span].append(index)
    return [pair for members in families.values() for pair in combinations(members, 2)]


def answers(mentions: Sequence[Mention], judged: Collection[Link] = ()) -> list[Link]:
    """Return each denial with the mention of its article that it answers; none on which people have judged."""
    decided = {index for pair in judged for index in pair}
    places = {(m.article, m.span): index for index, m in enumerate(mentions)}
    found = ((i, places.get((m.article, m.answers))) for i, m in enumerate(mentions) if m.answers is not None)
    return [(i, j) for i, j in found if j is not None and decided.isdisjoint((i, j))]


def _canonical(mention: Mention) -> tuple[str, str, int, str]:
    return mention.sentence, mention.quote, mention.span.start, mention.article


def _links(
    mentions: Sequence[Mention], topic: Topic, same: Collection[Link], loose: Collection[int] | None = None
) -> tuple[dict[Link, float], set[Link]]:
    """Return the log-odds, within +-CLIP, of the pairs that can matter, and which of them a veto keeps apart.

    ``loose``: only pairs with one of these.

    A mean reaches the threshold only if one of its pairs does. So no merge ever leaves an island: mentions that pairs
    over the threshold, or people, connect. Pairs between islands need no exact score, and most are told by a glance.
    """
    context, join = context_of(topic, mentions), shipped().join
    pairs = [(a, b) for a, b in _candidates(mentions) if loose is None or a in loose or b in loose]
    near = [(a, b) for a, b in pairs if may_reach(mentions[a], mentions[b], join, context)]
    island = _islands(len(mentions), [*same, *near])
    scores, vetoed = {}, set[Link]()
    for a, b in pairs:
        if island[a] == island[b]:
            found = compare(mentions[a], mentions[b], context=context)
            scores[a, b] = min(max(found.log_odds, -CLIP), CLIP)
            if found.veto is not None:
                vetoed.add((a, b))
    return scores, vetoed


def _islands(size: int, links: Iterable[Link]) -> list[int]:
    """Return for each of ``size`` places the first place that ``links`` connect it with (union by least place)."""
    home = list(range(size))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = home[home[place]]
            place = home[place]
        return place

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        home[high] = low
    return [root(place) for place in range(size)]


def meetings(mentions: Iterable[Mention]) -> int:
    """Return how often two of ``mentions`` meet under a key: what ``group`` costs, known before it begins."""
    return sum(len(indices) * (len(indices) - 1) // 2 for indices in _under_keys(mentions))


def _candidates(mentions: Sequence[Mention]) -> Iterator[Link]:
    seen: set[Link] = set()
    for indices in _under_keys(mentions):
        for at, a in enumerate(indices):
            seen.update((a, b) for b in indices[at + 1 :])
    yield from sorted(seen)


def _under_keys(mentions: Iterable[Mention]) -> list[list[int]]:
    under: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        for key in claim_keys(mention):
            under[key].append(index)
    return [indices for indices in under.values() if len(indices) <= _CROWDED]


@dataclass(slots=True)
class _Clusters:
    """Clusters under merging: their members, how many these count for, and the sum and number of links between two."""

    members: dict[int, tuple[int, ...]]
    weights: dict[int, int]
    sums: dict[int, dict[int, float]]
    counts: dict[int, dict[int, int]]
    barred: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)
    firm: set[int] = field(default_factory=set)
    """Clusters that are given: no two of them become one."""

    @classmethod
    def of(cls, size: int, links: dict[Link, float]) -> _Clusters:
        sums: dict[int, dict[int, float]] = {i: {} for i in range(size)}
        counts: dict[int, dict[int, int]] = {i: {} for i in range(size)}
        for (a, b), value in links.items():
            sums[a][b] = sums[b][a] = value
            counts[a][b] = counts[b][a] = 1
        return cls({i: (i,) for i in range(size)}, dict.fromkeys(range(size), 1), sums, counts)

    def bind(self, same: Collection[Link], different: Collection[Link], vetoed: Collection[Link] = ()) -> None:
        """Make one unit of those whom people put together, and bar those whom they or vetoes keep apart.

        A unit counts as one mention: its link to another is the mean over the better half of its members' links,
        because what people put together need not look alike. So a veto bars it where it holds for most of its pairs.
        """
        for a, b in different:
            self.barred[a].add(b)
            self.barred[b].add(a)
        units: dict[int, set[int]] = {}
        for a, b in sorted(same):
            joined = units.get(a, {a}) | units.get(b, {b})
            units.update(dict.fromkeys(joined, joined))
        for unit in sorted({tuple(sorted(members)) for members in units.values()}):
            self._bind_unit(unit)
        home = {member: cluster for cluster, members in self.members.items() for member in members}
        against = Counter(tuple(sorted((home[a], home[b]))) for a, b in vetoed if home[a] != home[b])
        for (a, b), number in against.items():
            if 2 * number > len(self.members[a]) * len(self.members[b]):
                self.barred[a].add(b)
                self.barred[b].add(a)

    def _bind_unit(self, unit: tuple[int, ...]) -> None:
        half = (len(unit) + 1) // 2
        outside = sorted({other for member in unit for other in self.sums[member]} - set(unit))
        linked = {o: sorted((self.sums[m].get(o, -CLIP) for m in unit), reverse=True)[:half] for o in outside}
        for member in unit[1:]:
            self._merge(unit[0], member)
        self.weights[unit[0]] = 1
        for other, best in linked.items():
            self.sums[unit[0]][other] = self.sums[other][unit[0]] = sum(best) / half
            self.counts[unit[0]][other] = self.counts[other][unit[0]] = 1

    def _mean(self, a: int, b: int) -> float:
        pairs = self.weights[a] * self.weights[b]
        return (self.sums[a].get(b, 0.0) - CLIP * (pairs - self.counts[a].get(b, 0))) / pairs

    def _merge(self, a: int, b: int) -> int:
        """Put ``b`` into ``a``."""
        self.members[a] = tuple(sorted((*self.members[a], *self.members.pop(b))))
        self.weights[a] += self.weights.pop(b)
        for other in self.sums.pop(b):
            value, number = self.sums[other].pop(b), self.counts[other].pop(b)
            if other != a:
                self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + value
                self.counts[a][other] = self.counts[other][a] = self.counts[a].get(other, 0) + number
        del self.counts[b]
        for other in self.barred.pop(b, set()):
            self.barred[other].discard(b)
            self.barred[other].add(a)
            self.barred[a].add(other)
        if b in self.firm:
            self.firm.add(a)
        return a

    def absorb(self, a: int, b: int) -> None:
        """Put ``b`` into ``a``, as it was given; what bars either bars both."""
        self._merge(a, b)

    def _apart(self, a: int, b: int) -> bool:
        return b in self.barred.get(a, ()) or (a in self.firm and b in self.firm)

    def _push(self, a: int, b: int, threshold: float) -> None:
        low, high = min(a, b), max(a, b)
        mean = self._mean(low, high)
        if mean >= threshold and not self._apart(low, high):
            heapq.heappush(self.heap, (-round(mean, 9), low, high, len(self.members[low]), len(self.members[high])))

    def merge_down_to(self, threshold: float) -> None:
        """Merge the two closest clusters until none are as close as ``threshold``."""
        for a, others in self.sums.items():
            for b in others:
                if a < b:
                    self._push(a, b, threshold)
        while self.heap:
            _, a, b, size_a, size_b = heapq.heappop(self.heap)
            if not self._is_current(a, size_a) or not self._is_current(b, size_b) or self._apart(a, b):
                continue
            self._merge(a, b)
            for other in self.sums[a]:
                self._push(a, other, threshold)

    def _is_current(self, cluster: int, size: int) -> bool:
        return cluster in self.members and len(self.members[cluster]) == size
