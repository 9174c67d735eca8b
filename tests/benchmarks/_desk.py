"""A set with known truth as a desk stores it: sources, articles, claims, and mentions with figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate

from claims.models import Article, Claim, FigureEstimate, Mention, Source
from tests.benchmarks._truth_sets import TruthSet

PUBLISHED = datetime(2025, 4, 10, tzinfo=UTC)
BATCH = 1_000


def as_figures(truth_set: TruthSet) -> TruthSet:
    """Return the set as a desk can hold it: each value is a number that is not round, each source gives one value of
    an item (the last), and at least two sources speak of each; what one alone says teaches a desk nothing."""
    labels = sorted({value for _, _, value in truth_set.rows} | set(truth_set.truth.values()))
    number = {label: str(10 * place + 1) for place, label in enumerate(labels)}
    last = {(source, item): number[value] for source, item, value in truth_set.rows}
    sources = Counter(item for _, item in last)
    rows = tuple((source, item, value) for (source, item), value in last.items() if sources[item] > 1)
    truth = {item: number[value] for item, value in truth_set.truth.items() if sources[item] > 1}
    return replace(truth_set, rows=rows, truth=truth, less_exact=None)


def store(figures: TruthSet) -> dict[str, int]:
    """Write the set and return the claim of each item; every source says all that it says in one article."""
    told: dict[str, list[tuple[str, str]]] = {}
    for source, item, value in figures.rows:
        told.setdefault(source, []).append((item, value))
    Claim.objects.bulk_create([Claim(text=item, evidence_version=1) for item in figures.items], BATCH)
    claims = {claim.text: claim.pk for claim in Claim.objects.all()}
    for name, said in sorted(told.items()):
        source = Source.objects.create(key=name, name=name)
        lines = [f"{name}: {value}" for _, value in said]
        article = Article.objects.create(
            source=source,
            title=name,
            text="\n".join(lines),
            content_hash=f"{source.pk:064d}",
            published_at=PUBLISHED,
        )
        ends = accumulate(len(line) + 1 for line in lines)
        Mention.objects.bulk_create(
            [
                _mention(article, claims[item], line, end - 1, float(value), figures.kind(item))
                for (item, value), line, end in zip(said, lines, ends, strict=True)
            ],
            BATCH,
        )
    return claims


def _mention(article: Article, claim: int, line: str, end: int, value: float, unit: str) -> Mention:
    return Mention(
        article=article,
        claim_id=claim,
        start=end - len(line),
        end=end,
        quote=line,
        sentence=line,
        sentence_start=end - len(line),
        sentence_end=end,
        stance="asserts",
        value=value,
        comparator="=",
        unit=unit or "unit",
    )


def estimates() -> dict[int, tuple[float, float]]:
    """Return the figure and its probability that the desk has learned for each claim."""
    return {
        claim: (value, probability)
        for claim, value, probability in FigureEstimate.objects.values_list("claim_id", "value", "probability")
    }
