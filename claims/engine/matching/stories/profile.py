"""What is kept of a story to compare new articles with: a few of its articles, as weighted words and names."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Self

from claims.engine.types import Digest

MOST_MEMBERS = 8
"""Articles that a profile keeps: the first two, which opened the story, and the latest."""
FIRST_MEMBERS = 2
MOST_WORDS = 160
"""Words of an article that a profile keeps, those that weigh most; of names, figures and places a third of that."""
RARE = 3.0
"""Inverse document frequency (natural logarithm) from which a word counts as rare: one article in twenty."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AHEAD = 60
"""Days after its publication to which an article may still look ahead with a date without a year."""

BACKGROUND = Path(__file__).parents[2] / "weights" / "background.json"


@dataclass(frozen=True, slots=True)
class Background:
    """In how many articles each term was met: those of a general corpus, and those of this desk so far.

    Terms are lemmas, ``e:`` + name for entities, ``n:`` + figure for numbers. ``documents`` is how many articles were
    counted. Only the counts of the terms at hand are needed, so a caller may load just those.
    """

    documents: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def plus(self, documents: int, counts: Mapping[str, int]) -> Background:
        """These counts and others together; only the terms of ``counts`` are added to."""
        return Background(self.documents + documents, _Sum(self.counts, counts))

    def idf(self, term: str) -> float:
        """log((N + 1) / (n + 1/2)) for a term met in n of N articles, at least 0."""
        return max(0.0, math.log((self.documents + 1) / (self.counts.get(term, 0) + 0.5)))


class _Sum(dict[str, int]):
    """Two tables of counts read as one, without copying the larger."""

    def __init__(self, base: Mapping[str, int], more: Mapping[str, int]) -> None:
        super().__init__((term, base.get(term, 0) + count) for term, count in more.items())
        self._base = base

    def get(self, term: str, default: Any = 0) -> Any:
        return self[term] if term in self else self._base.get(term, default)


@cache
def general() -> Background:
    """The general corpus that comes with the package: what is common in news before this desk has read any."""
    raw = json.loads(BACKGROUND.read_text(encoding="utf-8"))
    return Background(raw["documents"], raw["counts"])


def terms_of(digest: Digest) -> tuple[str, ...]:
    """The terms of an article whose counts its placing needs, and which its placing adds one to."""
    titles = (term for term in digest.title_terms if term not in digest.terms)
    names = (f"e:{name}" for name in digest.entities)
    return (*digest.terms, *titles, *names, *(f"n:{number}" for number in digest.numbers))


@dataclass(frozen=True, slots=True)
class Member:
    """One article as compared: vectors of length 1 over words, lead, title, names, figures and places.

    ``rare`` gives how rare its rare words are (inverse document frequency above ``RARE``). Days are proleptic Gregorian
    ordinals: ``day`` that of publication (None where unknown), ``days`` those that the text speaks of, in order.
    """

    article: str
    day: int | None = None
    words: Mapping[str, float] = field(default_factory=dict)
    lead: Mapping[str, float] = field(default_factory=dict)
    title: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    places: Mapping[str, float] = field(default_factory=dict)
    rare: Mapping[str, float] = field(default_factory=dict)
    days: tuple[int, ...] = ()


VECTORS = ("words", "lead", "title", "names", "numbers", "places", "rare")


def member(article: str, digest: Digest, published: datetime | None, background: Background) -> Member:
    """An article as compared, its words weighted by how rare they are at the time of its arrival."""
    idf = background.idf
    words = {term: (1 + math.log(count)) * idf(term) for term, count in digest.terms.items()}
    names = {name: (1 + math.log(count)) * idf(f"e:{name}") for name, count in digest.entities.items()}
    return Member(
        article=article,
        day=day_of(published),
        words=unit(words, MOST_WORDS),
        lead=unit({term: idf(term) for term in (*digest.lead, *digest.title_terms)}, MOST_WORDS // 2),
        title=unit({term: idf(term) for term in digest.title_terms}, MOST_WORDS // 3),
        names=unit(names, MOST_WORDS // 3),
        numbers=unit({number: idf(f"n:{number}") for number in digest.numbers}, MOST_WORDS // 3),
        places=unit({place: idf(f"e:{place}") for place in digest.places}, MOST_WORDS // 3),
        rare=heaviest({term: idf(term) - RARE for term in digest.terms}, MOST_WORDS),
        days=days_of(digest.dates, published),
    )


def days_of(dates: Iterable[str], published: datetime | None) -> tuple[int, ...]:
    """The days that an article's dates mean, in order: a weekday is the last one up to the day of publication.

    Dates without a year are those nearest before publication (up to ``AHEAD`` days after it); without a day of
    publication only full dates mean anything.
    """
    today = day_of(published)
    found = (_day_of_date(written, today) for written in dates)
    return tuple(dict.fromkeys(day for day in found if day is not None))


def _day_of_date(written: str, today: int | None) -> int | None:
    year, _, rest = written.partition("-")
    if rest:
        return _ordinal(year, rest, today)
    if today is None:
        return None
    if written in WEEKDAYS:
        return today - (date.fromordinal(today).weekday() - WEEKDAYS.index(written)) % 7
    return today - (written == "yesterday")


def _ordinal(year: str, rest: str, today: int | None) -> int | None:
    """A month and day ("12-27") of a year ("" for the nearest) as an ordinal; None where there is no such day."""
    month, day = (int(part) for part in rest.split("-"))
    try:
        if year:
            return date(int(year), month, day).toordinal()
        if today is None:
            return None
        this_year = date.fromordinal(today).year
        found = date(this_year, month, day).toordinal()
        return found if found <= today + AHEAD else date(this_year - 1, month, day).toordinal()
    except ValueError:
        return None


def day_of(published: datetime | None) -> int | None:
    """The day in UTC as an ordinal number."""
    if published is None:
        return None
    return (published.astimezone(UTC) if published.tzinfo else published).toordinal()


def heaviest(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """The heaviest entries with their weights above 0; of equals the first in the alphabet."""
    kept = sorted((-weight, term) for term, weight in weights.items() if weight > 0)[:most]
    return {term: round(-weight, 3) for weight, term in kept}


def unit(weights: Mapping[str, float], most: int) -> dict[str, float]:
    """The heaviest entries, scaled so that all entries together had length 1."""
    length = math.sqrt(sum(weight * weight for weight in weights.values() if weight > 0))
    return heaviest({term: weight / length for term, weight in weights.items()}, most) if length else {}


@dataclass(frozen=True, slots=True)
class StoryProfile:
    """A story as compared: its id, how many articles it has, and those of them that are kept."""

    id: str
    size: int = 0
    members: tuple[Member, ...] = ()

    def plus(self, new: Member) -> StoryProfile:
        """The profile with one more article."""
        return StoryProfile(self.id, self.size + 1, _kept((*self.members, new)))

    def joined(self, other: StoryProfile) -> StoryProfile:
        """The profile of both stories' articles, under this story's id."""
        return StoryProfile(self.id, self.size + other.size, _kept(sorted((*self.members, *other.members), key=_age)))

    def to_json(self) -> dict[str, Any]:
        """The profile as plain lists and numbers; ``from_json`` is its inverse."""
        return {"size": self.size, "members": [_to_json(m) for m in self.members]}

    @classmethod
    def from_json(cls, identity: str, raw: Mapping[str, Any]) -> Self:
        """A stored profile; an empty mapping is a story without articles."""
        members = tuple(_from_json(m) for m in raw.get("members", ()))
        return cls(identity, int(raw.get("size", len(members))), members)


def _kept(members: Iterable[Member]) -> tuple[Member, ...]:
    all_of_them = tuple(members)
    if len(all_of_them) <= MOST_MEMBERS:
        return all_of_them
    return (*all_of_them[:FIRST_MEMBERS], *all_of_them[FIRST_MEMBERS - MOST_MEMBERS :])


def _age(one: Member) -> tuple[int, str]:
    return (one.day or 0, one.article)


def _to_json(one: Member) -> dict[str, Any]:
    vectors = {name: dict(getattr(one, name)) for name in VECTORS if getattr(one, name)}
    return {"article": one.article, "day": one.day, "days": list(one.days), **vectors}


def _from_json(raw: Mapping[str, Any]) -> Member:
    vectors = {name: raw[name] for name in VECTORS if name in raw}
    return Member(raw["article"], raw["day"], days=tuple(raw.get("days", ())), **vectors)
