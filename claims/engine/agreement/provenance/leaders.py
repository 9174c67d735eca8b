"""Who leads a state, or speaks for it, when an article leaves the office out: a table that the caller hands in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from claims.engine.agreement.provenance.names import plain
from claims.engine.types import Evidence


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who leads or speaks for ``state`` from ``first`` to ``last``, whole years; None: still does."""

    name: str
    state: str
    first: int
    last: int | None = None

    def in_office(self, year: int | None) -> bool:
        """Say whether the person holds the office in that year (None: this is not known)."""
        return year is None or (self.first <= year and (self.last is None or year <= self.last))


def led(evidence: Sequence[Evidence], leaders: Iterable[Leader]) -> list[Evidence]:
    """Return the evidence with the state that each speaker leads when the article appears, "" where the table names
    none, or more than one."""
    by_name: dict[str, list[Leader]] = {}
    for leader in leaders:
        by_name.setdefault(plain(leader.name), []).append(leader)
    return [replace(item, leads=_state(item, by_name)) for item in evidence]


def _state(item: Evidence, leaders: dict[str, list[Leader]]) -> str:
    year = item.published.year if item.published else None
    held = {leader.state for leader in leaders.get(plain(item.speaker.canonical), ()) if leader.in_office(year)}
    return held.pop() if len(held) == 1 else ""
