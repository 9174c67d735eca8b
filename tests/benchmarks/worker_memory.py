"""How the memory of one worker process grows over hundreds of different articles (``worker-memory``).

The articles are made up and seeded: each is of an event of its own, with names and words that no other has, because
caches and the store of words grow with what is new. Each goes through reading, matching, re-matching and scoring in
this process, as a worker would take it, on a SQLite file that is thrown away.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks._arrival import arrive, empty_desk
from tests.benchmarks.rows import Row

ARTICLES = 450
EVERY = 50
SENTENCES = 24
_MIB = 1 << 20

STARTS = ("bar", "cal", "dor", "el", "fen", "gar", "hal", "is", "jor", "kel", "lor", "mar", "nor", "ol", "per", "quil")
MIDDLES = ("a", "e", "i", "o", "an", "en", "in", "on", "ar", "er", "il", "or", "us", "ath", "est", "und")
ENDS = ("ford", "ham", "mark", "dale", "wick", "stad", "burg", "ton", "by", "mouth", "holm", "field", "grad", "minster")
TELLINGS = (
    "{who} of the {office} said on {day} that {n} {things} had been {done} in {place}",
    "At least {n} {things} were {done} near {place} after the {event}, according to {who}",
    "The {office} of {place} denied that {n} {things} had been {done} during the {event}",
    '"We have {done} {n} {things} since the {event}," {who} told reporters in {place}',
    "{who}, who leads the {office}, expects {n} more {things} to be {done} in {place} by {day}",
    "In {place}, {n} {things} worth {n} million euros were {done} by the {office} on {day}",
)
OFFICES = ("fire service", "harbour office", "ministry of transport", "county court", "water board", "school council")
THINGS = ("houses", "lorries", "passengers", "cows", "windmills", "patients", "bridges", "tickets", "prisoners")
DONE = ("counted", "closed", "rescued", "inspected", "moved", "sold", "repaired", "registered")
EVENTS = ("flood", "strike", "fire", "election", "storm", "trial", "festival", "landslide")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def run(data: Path, split: str) -> list[Row]:
    """Return the resident memory after each fifty articles, in MiB, and how much each article adds at the end."""
    del data, split
    with empty_desk():
        sizes = list(grown(ARTICLES))
    rows = [Row("worker_memory", f"mib_after_{number}", None, mib) for number, mib in sizes]
    (before, small), (last, large) = sizes[len(sizes) // 2], sizes[-1]
    return [*rows, Row("worker_memory", "kib_an_article_at_the_end", None, 1024 * (large - small) / (last - before))]


def grown(number: int) -> Iterator[tuple[int, float]]:
    """Yield how many articles were taken and the resident memory in MiB: after the first, then after every fifty."""
    chance = random.Random(23)  # noqa: S311
    for count in range(1, number + 1):
        title, text = made_up(chance)
        arrive(text, title, f"Paper {count % 40}")
        if count == 1 or count % EVERY == 0:
            print(f"{count} articles: {resident():.0f} MiB", file=sys.stderr)
            yield count, resident()


def made_up(chance: random.Random) -> tuple[str, str]:
    """Return title and text of an article with names of its own."""
    places, people = [_name(chance) for _ in range(3)], [f"{_name(chance)} {_name(chance)}" for _ in range(5)]
    event = chance.choice(EVENTS)
    told = (
        chance.choice(TELLINGS).format(
            who=chance.choice(people),
            place=chance.choice(places),
            office=chance.choice(OFFICES),
            event=event,
            n=chance.randrange(2, 5000),
            things=f"{_name(chance).lower()} {chance.choice(THINGS)}",
            done=chance.choice(DONE),
            day=chance.choice(DAYS),
        )
        for _ in range(SENTENCES)
    )
    return f"{event.title()} in {places[0]}", " ".join(f"{sentence}." for sentence in told)


def _name(chance: random.Random) -> str:
    return f"{chance.choice(STARTS)}{chance.choice(MIDDLES)}{chance.choice(MIDDLES)}{chance.choice(ENDS)}".capitalize()


def resident() -> float:
    """Return the resident memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / _MIB
