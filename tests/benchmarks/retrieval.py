"""``./run bench retrieval``: was this claimed before? Scoring rules: docs/benchmarks.md, "retrieval".

Each verified claim becomes a claim with two mentions, its text and the title of its fact-check, under the keys that a
stored claim has; each sentence is asked as ``POST /api/v1/check/`` asks it, in memory instead of the database.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np

from claims.engine.matching.claims import claim_keys, context_of
from claims.engine.matching.retrieval import Hit, Holdings, Known, affordable, lookup_keys, nearest_by_words, rank
from claims.engine.matching.words import tokens
from claims.engine.reading.mentions import describe
from claims.engine.types import Mention
from tests.benchmarks.rows import Row

DEPTH = 5
BATCH = 1000

Relevant = Mapping[str, set[str]]
Ranked = Callable[[str], Sequence[str]]


def run(data: Path, split: str) -> list[Row]:
    """Return mean average precision and recall of the first five; the baseline is BM25 over claim and title."""
    root = data / "claim_retrieval"
    relevant, asked = judgements(root / split / "qrels.tsv"), queries(root / "queries.tsv")
    claims = [json.loads(line) for line in (root / "vclaims.jsonl").read_text(encoding="utf-8").splitlines()]
    sentences = described([asked[name] for name in sorted(relevant)])
    mine, theirs = shelf(claims), bm25({c["vclaim_id"]: f"{c['vclaim']} {c['title']}" for c in claims})
    found = {name: [hit.id for hit in ask(sentences[asked[name]], *mine)] for name in relevant}
    plain = {name: theirs(asked[name]) for name in relevant}
    return [
        Row("claim_retrieval", "map@5", mean(precision, plain, relevant), mean(precision, found, relevant)),
        Row("claim_retrieval", "recall@5", mean(recall, plain, relevant), mean(recall, found, relevant)),
    ]


Shelf = tuple[Mapping[str, Known], Mapping[str, list[str]], Holdings]


def shelf(claims: Sequence[Mapping[str, str]]) -> Shelf:
    """Return the verified claims as the desk would hold them."""
    told = described([text for c in claims for text in (c["vclaim"], c["title"])])
    known, under = {}, defaultdict(list)
    for claim in claims:
        one = Known(claim["vclaim_id"], claim["vclaim"], (told[claim["vclaim"]], told[claim["title"]]))
        known[one.id] = one
        for key in sorted({key for mention in one.mentions for key in claim_keys(mention)}):
            under[key].append(one.id)
    return known, under, Holdings(len(known), {key: len(ids) for key, ids in under.items()})


def ask(
    sentence: Mention, known: Mapping[str, Known], under: Mapping[str, list[str]], holdings: Holdings
) -> tuple[Hit, ...]:
    """Return what is known of a sentence, as the service finds it."""
    near = nearest_by_words(affordable(lookup_keys(sentence), holdings), under, holdings)
    return rank(sentence, [known[name] for name in near], holdings, context_of())


def described(texts: Sequence[str]) -> dict[str, Mention]:
    """Return the mention of each text."""
    unique = sorted(set(texts))
    batches = (unique[start : start + BATCH] for start in range(0, len(unique), BATCH))
    return {mention.quote: mention for batch in batches for mention in describe(batch)}


def bm25(documents: Mapping[str, str], k1: float = 1.2, b: float = 0.75) -> Ranked:
    """Return a ranking by Okapi BM25 over plain words, with the usual constants."""
    names, bags = list(documents), [Counter(tokens(text)) for text in documents.values()]
    lengths = np.array([sum(bag.values()) for bag in bags], dtype=float)
    holding: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in bag:
            holding[word].append(place)

    def ranked(query: str) -> Sequence[str]:
        scores = np.zeros(len(bags))
        for word in set(tokens(query)) & holding.keys():
            places = np.array(holding[word])
            times = np.array([bags[place][word] for place in places], dtype=float)
            rarity = log(1 + (len(bags) - len(places) + 0.5) / (len(places) + 0.5))
            norm = k1 * (1 - b + b * lengths[places] / lengths.mean())
            scores[places] += rarity * times * (k1 + 1) / (times + norm)
        return [names[place] for place in np.argsort(-scores, kind="stable")[:DEPTH]]

    return ranked


def precision(ranked: Sequence[str], relevant: set[str]) -> float:
    """Return the average precision of the first five."""
    hits, total = 0, 0.0
    for place, name in enumerate(ranked[:DEPTH], 1):
        if name in relevant:
            hits += 1
            total += hits / place
    return total / min(len(relevant), DEPTH)


def recall(ranked: Sequence[str], relevant: set[str]) -> float:
    """Return the share of what is relevant among the first five."""
    return len(relevant & set(ranked[:DEPTH])) / min(len(relevant), DEPTH)


def mean(
    measure: Callable[[Sequence[str], set[str]], float], found: Mapping[str, Sequence[str]], relevant: Relevant
) -> float:
    """Return the mean of a measure over the queries."""
    return float(np.mean([measure(found[name], relevant[name]) for name in sorted(relevant)]))


def queries(path: Path) -> dict[str, str]:
    """Return the sentences by their names."""
    return dict(line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())


def judgements(path: Path) -> Relevant:
    """Return the verified claims that each sentence repeats."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, claim, _ = line.split("\t")
        found[name].add(claim)
    return found
