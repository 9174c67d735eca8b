"""Stories in memory: the same placing as the database's, for batches and for measuring."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from claims.engine.matching.stories.comparisons import Weights, fitted
from claims.engine.matching.stories.placement import MOST_CANDIDATES, place_member, same_event, story_keys
from claims.engine.matching.stories.profile import Background, StoryProfile, day_of, general, member, terms_of
from claims.engine.types import Digest

MOST_PER_KEY = 40
"""Stories looked at under one key: the latest. It bounds the work per article whatever the corpus."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An article to be placed."""

    id: str
    title: str
    published: datetime | None
    digest: Digest


class Stories:
    """Places articles one after the other and remembers the stories; a story's id is that of its first article."""

    def __init__(self, background: Background | None = None, weights: Weights | None = None) -> None:
        self.background = background or general()
        self.weights = weights or fitted()
        self.profiles: dict[str, StoryProfile] = {}
        self._story_of: dict[str, str] = {}
        self._into: dict[str, str] = {}
        self._documents = 0
        self._counts: Counter[str] = Counter()
        self._holders: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)

    def add(self, article: Placed) -> str:
        """Place an article; returns its story, which may later be joined to another (``stories`` knows)."""
        terms = set(terms_of(article.digest))
        self._documents += 1
        self._counts.update(terms)
        known = self.background.plus(self._documents, {term: self._counts[term] for term in terms})
        keys = story_keys(article.digest, known)
        new = member(article.id, article.digest, article.published, known)
        found = place_member(new, self._candidates(keys, known), self.weights)
        story = found.story or article.id
        self.profiles[story] = (self.profiles.get(story) or StoryProfile(story)).plus(new)
        self._story_of[article.id] = story
        self._remember(story, keys, day_of(article.published) or 0)
        for other in found.also:
            self._join(story, other)
        return self.current(story)

    def stories(self) -> dict[str, str]:
        """The story of every article, joined stories under the one that is left."""
        return {article: self.current(story) for article, story in self._story_of.items()}

    def current(self, story: str) -> str:
        """The story into which a story was joined, or itself."""
        while story in self._into:
            story = self._into[story]
        return story

    def _join(self, story: str, other: str) -> None:
        one, two = self.profiles[self.current(story)], self.profiles[self.current(other)]
        if one.id != two.id and same_event(one, two, self.weights):
            keep, drop = sorted((one, two), key=lambda profile: (-profile.size, profile.id))
            self.profiles[keep.id] = keep.joined(drop)
            self._into[drop.id] = keep.id

    def _candidates(self, keys: tuple[str, ...], known: Background) -> list[StoryProfile]:
        weight: Counter[str] = Counter()
        for key in keys:
            stories = {self.current(story) for _, story in self._holders[key][-MOST_PER_KEY:]}
            weight.update(dict.fromkeys(stories, round(1000 * known.idf(key) ** 2)))
        best = sorted(weight, key=lambda story: (-weight[story], story))[:MOST_CANDIDATES]
        return [self.profiles[story] for story in best]

    def _remember(self, story: str, keys: tuple[str, ...], day: int) -> None:
        for key in keys:
            if not any(holder == story for _, holder in self._holders[key][-MOST_PER_KEY:]):
                insort(self._holders[key], (day, story))
