"""``./run bench claims``: are the statements of an event's articles put into the right claims? See docs/benchmarks.md.

The whole of reading and matching over the articles of each event, against places that people judged. What is chosen
with the events in view is the threshold ``join``; each figure also comes with the one chosen on the other events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.feature_extraction.text import TfidfVectorizer

from claims.engine.matching import claims as matching
from claims.engine.matching import grouping
from claims.engine.matching.candidates import closeness
from claims.engine.matching.grouping import group
from claims.engine.matching.prepared import topic_of
from claims.engine.matching.weights import shipped
from claims.engine.reading.mentions import read
from claims.engine.types import Mention, Reading
from tests.benchmarks import _end_to_end
from tests.benchmarks._corroborations import Tally, tally
from tests.benchmarks._events import Event, events, judged_pairs, together
from tests.benchmarks._lost_pairs import lost_to_stories
from tests.benchmarks.denials import denials_found, judged_denials
from tests.benchmarks.rows import Row, present

SET, UNSEEN = "events", "events_left_out"
ALIKE = 0.5
"""The baseline's cosine from which on two statements are one claim (average link)."""
JOINS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)
RIGHT = 0.95
"""Share of the merged pairs that is to be right, at least."""

Groups = Sequence[Sequence[int]]
Grouping = Callable[[Sequence[Mention]], Groups]


@dataclass(frozen=True, slots=True)
class Count:
    """What one grouping did to the judged pairs of an event, and to its claims of several articles."""

    right: int = 0
    wrong: int = 0
    wanted: int = 0
    several: int = 0
    pure: int = 0

    def __add__(self, other: Count) -> Count:
        """Return the counts of both."""
        return Count(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def precision(self) -> float:
        """Return the share of the judged pairs put together that is right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def figures(self) -> tuple[float, ...]:
        """Return precision, recall and F1 over pairs, and the share of the claims of several articles that are pure."""
        recall = self.right / max(self.wanted, 1)
        f1 = 2 * self.right / max(self.right + self.wrong + self.wanted, 1)
        return self.precision, recall, f1, self.pure / max(self.several, 1)


def run(data: Path, split: str) -> list[Row]:
    """Return the figures of grouping, as shipped and with ``join`` chosen without the event at hand."""
    told = events(data, split) if present(data / "events" / split) else []
    if not told:
        return []
    readings = [list(read(event.documents)) for event in told]
    mentions = list(map(mentions_of, readings))
    words = [by_words(there) for there in mentions]
    results = tried(mentions)
    rows = [*figures(SET, told, mentions, words, [group(there) for there in mentions]), *recalls(told, mentions)]
    unseen = left_out(told, mentions, results)
    rows += figures(UNSEEN, told, mentions, words, unseen)
    rows += corroborations(told, readings, words, unseen)
    rows.append(
        Row(
            UNSEEN,
            "denials_joined",
            denials_joined(told, mentions, words),
            denials_joined(told, mentions, unseen),
            unseen=True,
        )
    )
    rows.append(Row(SET, "pairs_lost_to_stories", None, lost_to_stories(told, readings)))
    return [*rows, *_end_to_end.run(told, JOINS)]


def mentions_of(readings: Sequence[Reading]) -> list[Mention]:
    """Return the mentions of an event's articles."""
    return [m for reading in readings for m in reading.mentions]


def figures(
    name: str,
    told: Sequence[Event],
    mentions: Sequence[Sequence[Mention]],
    base: Sequence[Groups],
    ours: Sequence[Groups],
) -> list[Row]:
    """Return the rows of two groupings of all events, the baseline's and ours."""
    names = ("pair_precision", "pair_recall", "pair_f1", "pure_claims")
    both = [sum_of(map(count, told, mentions, groups)).figures for groups in (base, ours)]
    return [Row(name, metric, b, o, unseen=name == UNSEEN) for metric, b, o in zip(names, *both, strict=True)]


def corroborations(
    told: Sequence[Event], readings: Sequence[Sequence[Reading]], base: Sequence[Groups], ours: Sequence[Groups]
) -> list[Row]:
    """Return what becomes of the suggestions ``corroborated``; baseline: two articles in one claim do."""
    naive, found = Tally(), Tally()
    for event, read_there, groups in zip(told, readings, ours, strict=True):
        naive += tally(event, read_there, groups, naive=True)
        found += tally(event, read_there, groups)
    return [
        Row(UNSEEN, "false_corroborations", naive.false_share, found.false_share, unseen=True),
        Row(UNSEEN, "corroborations_kept", naive.kept, found.kept, unseen=True),
        Row(UNSEEN, "corroborations_judged", naive.judged, found.judged, unseen=True),
    ]


def denials_joined(told: Sequence[Event], mentions: Sequence[Sequence[Mention]], groups: Sequence[Groups]) -> float:
    """Return the share of the judged denials that stand in one claim with an assertion of what they deny."""
    found = [denials_found(m, g, judged_denials(e)) for e, m, g in zip(told, mentions, groups, strict=True)]
    return sum(joined for _, _, joined in found) / max(sum(wanted for wanted, _, _ in found), 1)


def recalls(told: Sequence[Event], mentions: Sequence[Sequence[Mention]]) -> list[Row]:
    """Return the share of the mentions that others state too with one of these among the nearest of other articles.

    Nothing is fitted for the ranking; baseline: the cosine of TF-IDF.
    """
    found = [(ranks(e, m, by_cosine(m)), ranks(e, m, by_closeness(m))) for e, m in zip(told, mentions, strict=True)]
    base, ours = ([rank for pair in found for rank in pair[side]] for side in (0, 1))
    return [Row(SET, f"recall_at_{k}", *(float(np.mean(np.array(r) < k)) for r in (base, ours))) for k in (1, 5, 10)]


def ranks(event: Event, mentions: Sequence[Mention], near: np.ndarray) -> list[int]:
    """Return, of each mention that others state too, how many are nearer than the nearest of these."""
    judged, best = judged_pairs(event, mentions), []
    same: dict[int, set[int]] = {}
    for (a, b), verdict in judged.items():
        if verdict:
            same.setdefault(a, set()).add(b)
            same.setdefault(b, set()).add(a)
    for one, others in sorted(same.items()):
        elsewhere = [i for i, m in enumerate(mentions) if m.article != mentions[one].article]
        nearest = max(near[one, i] for i in others)
        best.append(sum(near[one, i] > nearest for i in elsewhere))
    return best


def by_cosine(mentions: Sequence[Mention]) -> np.ndarray:
    """Return the cosine of TF-IDF of each two mentions."""
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform([m.quote for m in mentions]).toarray()
    return np.asarray(rows @ rows.T)


def by_closeness(mentions: Sequence[Mention]) -> np.ndarray:
    """Return the score by which candidates are ranked, of each two mentions of different articles."""
    context, near = matching.context_of(topic_of(mentions), mentions), np.full((len(mentions),) * 2, -np.inf)
    for a, b in combinations(range(len(mentions)), 2):
        if mentions[a].article != mentions[b].article:
            near[a, b] = near[b, a] = closeness(matching.compare(mentions[a], mentions[b], context=context))
    return near


def sum_of(counts: object) -> Count:
    """Return the sum of some counts."""
    return sum(counts, Count())  # type: ignore[call-overload,no-any-return]


def tried(mentions: Sequence[Sequence[Mention]]) -> Mapping[float, list[Groups]]:
    """Return, for each threshold of ``JOINS``, the claims of each event."""
    found = {}
    for join in JOINS:
        weights = replace(shipped(), join=join)
        with (
            patch.object(matching, "shipped", lambda w=weights: w),
            patch.object(grouping, "shipped", lambda w=weights: w),
        ):
            found[join] = [group(there) for there in mentions]
    return found


def counts_of(
    told: Sequence[Event], mentions: Sequence[Sequence[Mention]], results: Mapping[float, Sequence[Groups]]
) -> dict[float, list[Count]]:
    """Return, for each threshold, what its claims do to each event."""
    return {join: list(map(count, told, mentions, groups)) for join, groups in results.items()}


def lowest_join(results: Mapping[float, Sequence[Count]], without: int | None = None) -> float:
    """Return the lowest threshold at which enough is right over all events but one; the highest where none is."""
    for join in JOINS:
        if sum_of(c for n, c in enumerate(results[join]) if n != without).precision >= RIGHT:
            return join
    return JOINS[-1]


def left_out(
    told: Sequence[Event], mentions: Sequence[Sequence[Mention]], results: Mapping[float, Sequence[Groups]]
) -> list[Groups]:
    """Return the claims of each event with the threshold chosen on the others."""
    counts = counts_of(told, mentions, results)
    return [results[lowest_join(counts, n)][n] for n in range(len(told))]


def count(event: Event, mentions: Sequence[Mention], groups: Groups) -> Count:
    """Return what a grouping does to one event."""
    judged = judged_pairs(event, mentions)
    right = wrong = several = pure = 0
    for members in groups:
        verdicts = [judged[pair] for pair in together([members]) if pair in judged]
        right += sum(verdicts)
        wrong += len(verdicts) - sum(verdicts)
        if len({mentions[i].article for i in members}) > 1:
            several += 1
            pure += all(verdicts)
    return Count(right, wrong, sum(judged.values()), several, pure)


def by_words(mentions: Sequence[Mention]) -> list[list[int]]:
    """Return the baseline: average-link clusters by the cosine of TF-IDF."""
    rows = TfidfVectorizer(sublinear_tf=True).fit_transform([m.quote for m in mentions]).toarray()
    distances = np.clip(1 - rows @ rows.T, 0, 2)[np.triu_indices(len(rows), 1)]
    labels = fcluster(linkage(distances, "average"), 1 - ALIKE, "distance")
    return [[i for i, label in enumerate(labels) if label == wanted] for wanted in sorted(set(labels))]
