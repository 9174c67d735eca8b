"""How much of what people judged over the nine events reading makes reachable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from claims.engine.types import Mention
from tests.benchmarks._events import Event, Place, nearly
from tests.benchmarks.rows import Row


def rows(name: str, told: Sequence[Event], mentions: Sequence[Sequence[Mention]]) -> list[Row]:
    """Return two rows: judged places at which a mention stands, and judged pairs of places of which both are found.

    The baseline takes only mentions that stand in no other: what reading found before statements were nested.
    """
    outer = [[m for m in there if m.part_of is None] for there in mentions]
    names = ("places_matched", "place_pairs_reachable")
    return [
        Row(name, metric, b, o) for metric, b, o in zip(names, reach(told, outer), reach(told, mentions), strict=True)
    ]


def reach(told: Sequence[Event], mentions: Sequence[Sequence[Mention]]) -> tuple[float, float]:
    """Return the share of judged places matched by a mention, and that of pairs of places with both matched."""
    places = matched = pairs = both = 0
    for event, there in zip(told, mentions, strict=True):
        found = {place: any(nearly(m, place) for m in there) for _, place in event.sure}
        places += len(found)
        matched += sum(found.values())
        reachable = [found[a] and found[b] for a, b in place_pairs(event)]
        pairs += len(reachable)
        both += sum(reachable)
    return matched / max(places, 1), both / max(pairs, 1)


def place_pairs(event: Event) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs of places of different articles that people judged to state one claim."""
    by_claim: dict[int, set[Place]] = defaultdict(set)
    for claim, place in event.sure:
        by_claim[claim].add(place)
    for stated in by_claim.values():
        yield from ((a, b) for a, b in combinations(sorted(stated), 2) if a[0] != b[0])


def joined(event: Event, mentions: Sequence[Mention], groups: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return how many of the judged pairs of places stand together in a claim, and how many pairs there are."""
    at = {
        place: {n for n, members in enumerate(groups) if any(nearly(mentions[i], place) for i in members)}
        for place in {place for _, place in event.sure}
    }
    verdicts = [bool(at[a] & at[b]) for a, b in place_pairs(event)]
    return sum(verdicts), len(verdicts)
