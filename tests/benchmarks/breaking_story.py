"""What an article of a breaking story costs when ten and when hundreds of outlets report it (``breaking-story``).

The story is made up and seeded: every outlet tells some of its claims in its own order, words and figures. Each article
goes through reading, matching, re-matching and scoring as a worker would take it, on a SQLite file that is thrown away.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks._arrival import arrive, empty_desk
from tests.benchmarks.rows import Row

FEW, MANY = 10, 500
OPENINGS = (
    "Officials said on Monday that",
    "The mayor of Aldham, Ines Marrow, said",
    "Police confirmed that",
    "It emerged that",
)
FACTS = (
    "{n} people were killed when the ferry Albatross sank off Aldham",
    "{n} passengers were rescued from the ferry Albatross by the coast guard",
    "the captain of the ferry Albatross was arrested in the harbour of Aldham",
    "the ferry Albatross carried {n} more passengers than it was allowed to",
    "the port of Aldham will stay closed for {n} days",
    "the owner of the ferry Albatross denied that its engine had failed",
)


def run(data: Path, split: str) -> list[Row]:
    """Return the mean seconds for an article of a small and of a large story, and how many times as long it takes."""
    del data, split
    with empty_desk():
        times = list(took(MANY))
    few, many = sum(times[1 : FEW + 1]) / FEW, sum(times[1:]) / len(times[1:])
    return [
        Row("breaking_story", f"seconds_an_article_of_{FEW}", None, few),
        Row("breaking_story", f"seconds_an_article_of_{len(times) - 1}", None, many),
        Row("breaking_story", "ratio", None, many / few),
    ]


def took(number: int) -> Iterator[float]:
    """Yield the seconds that each article took; the first one, which loads the language model, comes before them."""
    chance = random.Random(11)  # noqa: S311
    for outlet in range(number + 1):
        told = chance.sample(FACTS, 4)
        text = " ".join(f"{chance.choice(OPENINGS)} {fact.format(n=chance.randrange(20, 60))}." for fact in told)
        began = time.perf_counter()
        arrive(text, "Ferry sinks off Aldham", f"Paper {outlet}")
        yield time.perf_counter() - began
