"""What the desk has learned about its sources: verdicts in; reliabilities, copy groups and calibration out.

The refresh reads the mentions of every claim that several outlets state or that people decided, in shards (one
Celery task each), and learns from all of them together (``learning.items``). What it learns depends on the mentions
and the verdicts alone, never on what was learned before or on how the claims were cut into shards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from claims.engine.agreement.learning.calibration import Report, report
from claims.engine.agreement.learning.fitting import Case, fit
from claims.engine.agreement.learning.items import Answer, Item, Learned, Packed, learn, packed, unpacked
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.scoring import case
from claims.engine.agreement.testimony import HOLDS, Verdict, items_of
from claims.models import (
    Assessment,
    Calibration,
    Claim,
    ClaimVerdict,
    FigureEstimate,
    Mention,
    Source,
    SourceReliability,
)
from claims.services.scoring import evidence_for, parameters_in_use
from claims.services.standing import outdate

SHARD = 5_000
CHUNK = 500
DIGITS = 3
MOVED = 0.05
"""Claims are scored again where the reliability of one of their sources has moved by so much, or its copy group."""

Shard = tuple[int, int]


def record_verdict(claim_id: int, holds: bool | None, value: float | None = None) -> None:
    """Keep what people decided about a claim; ``None`` takes it back (reopened, dismissed, disputed)."""
    if holds is None:
        ClaimVerdict.objects.filter(claim_id=claim_id).delete()
        return
    ClaimVerdict.objects.update_or_create(claim_id=claim_id, defaults={"holds": holds, "value": value})


def plan(size: int = SHARD) -> list[Shard]:
    """Return the shards of a refresh: ranges of claim ids, half open."""
    ends = Claim.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    return [(start, start + size) for start in range(ends["first"], ends["last"] + 1, size)]


def read_shard(first: int, last: int) -> Packed:
    """Return the items of the claims from ``first`` up to, not including, ``last`` as plain JSON. Reads only."""
    parameters = parameters_in_use()
    verdicts = {
        claim: Verdict(holds, value)
        for claim, holds, value in ClaimVerdict.objects.filter(claim_id__gte=first, claim_id__lt=last).values_list(
            "claim_id", "holds", "value"
        )
    }
    teaching = (
        Claim.objects.filter(pk__gte=first, pk__lt=last, merged_into__isnull=True)
        .annotate(outlets=Count("mentions__article__source", distinct=True))
        .filter(Q(outlets__gte=2) | Q(verdict__isnull=False))
    )
    return packed(
        item
        for claim_id, mentions in _by_claim(Mention.objects.filter(claim_id__in=teaching.values("pk")))
        for item in items_of(str(claim_id), evidence_for(mentions), verdicts.get(claim_id), parameters)
    )


def _by_claim(mentions: QuerySet[Mention]) -> Iterator[tuple[int, list[Mention]]]:
    """Yield the mentions that are evidence, claim by claim, a chunk of rows at a time."""
    rows = (
        mentions.filter(article__withdrawn_at__isnull=True)
        .select_related("article__source", "speaker")
        .defer("article__text")
        .order_by("claim_id", "pk")
    )
    for claim_id, group in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row.claim_id):
        if claim_id is not None:
            yield claim_id, list(group)


def join_shards(shards: Iterable[Packed]) -> int:
    """Learn from what the shards read, write it all at once, and return how many sources are known now.

    Claims of which a source turned out to copy, or to be more or less reliable than was thought, are scored again.
    """
    claims: Counter[str] = Counter()
    learned = learn(_counted(shards, claims), parameters=parameters_in_use())
    with transaction.atomic():
        before = {row.source_id: row for row in SourceReliability.objects.select_for_update().order_by("source_id")}
        rows = _rows(learned, claims)
        SourceReliability.objects.exclude(source_id__in=[row.source_id for row in rows]).delete()
        SourceReliability.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source"],
            update_fields=["agree", "disagree", "claims", "copy_group", "updated_at"],
            batch_size=CHUNK,
        )
        _write_figures(a for a in learned.answers() if not a.key.endswith(HOLDS))
    _score_again(_moved(before, rows))
    return len(rows)


def _counted(shards: Iterable[Packed], claims: Counter[str]) -> Iterator[Item]:
    """Yield the items of all shards, and count on how many claims each source speaks."""
    items = (item for shard in shards for item in unpacked(shard))
    for _, group in groupby(items, key=lambda item: item.key.removesuffix(HOLDS)):
        of_claim = list(group)
        claims.update({source for item in of_claim for source, _ in item.stated})
        yield from of_claim


def _rows(learned: Learned, claims: Counter[str]) -> list[SourceReliability]:
    """Return the rows of the sources; who else speaks, a person or a body, has none."""
    known = learned.reliability()
    ids = {key: pk for key, pk in Source.objects.values_list("key", "pk").iterator(chunk_size=CHUNK) if key in known}
    groups: dict[str, str] = {}
    for names in learned.copy_groups():
        outlets = [name for name in names if name in ids]
        if len(outlets) > 1:
            groups |= dict.fromkeys(outlets, outlets[0])
    return [
        SourceReliability(
            source_id=pk,
            agree=known[key].agree,
            disagree=known[key].disagree,
            claims=claims[key],
            copy_group=groups.get(key, ""),
        )
        for key, pk in sorted(ids.items())
    ]


def _write_figures(answers: Iterable[Answer]) -> None:
    """Bring the estimates of the claims' figures to these answers."""
    living = set(Claim.objects.filter(merged_into__isnull=True).values_list("pk", flat=True))
    rows = [
        FigureEstimate(claim_id=int(a.key), value=float(a.value), probability=a.probability)
        for a in answers
        if int(a.key) in living
    ]
    FigureEstimate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["value", "probability", "updated_at"],
        batch_size=CHUNK,
    )
    stale = set(FigureEstimate.objects.values_list("claim_id", flat=True)) - {row.claim_id for row in rows}
    for ids in _chunks(stale):
        FigureEstimate.objects.filter(claim_id__in=ids).delete()


def _moved(before: Mapping[int, SourceReliability], rows: Sequence[SourceReliability]) -> set[int]:
    """Return the sources whose copy group changed, or whose reliability moved enough to change scores."""

    def standing(row: SourceReliability | None) -> tuple[float, str]:
        counts = Reliability(row.agree, row.disagree) if row else Reliability()
        return counts.accuracy(), row.copy_group if row else ""

    after = {row.source_id: row for row in rows}
    changed = set()
    for source in before.keys() | after.keys():
        (was, group), (now, new_group) = standing(before.get(source)), standing(after.get(source))
        if group != new_group or abs(now - was) >= MOVED:
            changed.add(source)
    return changed


def _score_again(sources: set[int]) -> None:
    """Have the scored claims that these sources state scored again, some hundreds a transaction."""
    claims = Claim.objects.filter(assessment__isnull=False, mentions__article__source__in=sources)
    for ids in _chunks(set(claims.values_list("pk", flat=True))):
        with transaction.atomic():
            outdate(ids)


def _chunks(ids: set[int]) -> Iterator[list[int]]:
    ordered = sorted(ids)
    return (ordered[begin : begin + CHUNK] for begin in range(0, len(ordered), CHUNK))


def refresh(size: int = SHARD) -> int:
    """Do the whole refresh in this process: read every shard, learn, and fit the stance channel to the verdicts.

    The periodic task calls ``plan``, ``read_shard``, ``join_shards`` and ``calibrate`` as a group of tasks instead.
    Returns how many sources are known.
    """
    known = join_shards(read_shard(first, last) for first, last in plan(size))
    calibrate()
    return known


def calibrate() -> Calibration | None:
    """Fit the stance channel to the verdicts; a new row only where the fitted parameters changed.

    The fit always starts from the shipped parameters, so it depends on the verdicts and on nothing before them.
    """
    cases = list(decided_cases(DEFAULT))
    fitted = {k: round(v, DIGITS) for k, v in fit(cases, DEFAULT).as_mapping().items()}
    if Parameters.from_mapping(fitted) == parameters_in_use():
        return None
    return Calibration.objects.create(parameters=fitted, verdicts=len(cases))


def decided_cases(parameters: Parameters) -> Iterator[Case]:
    """Yield the decided claims as the fit takes them, in order of claim."""
    holds = dict(ClaimVerdict.objects.values_list("claim_id", "holds"))
    for claim_id, mentions in _by_claim(Mention.objects.filter(claim__verdict__isnull=False)):
        yield case(evidence_for(mentions), holds[claim_id], parameters=parameters)


def calibration_report() -> Report:
    """Return how the scores of decided claims compare with what was decided.

    The score is the one that stood when people decided: what came after has learned from the verdict.
    """
    stood = Assessment.objects.filter(claim=OuterRef("claim"), created_at__lte=OuterRef("updated_at"))
    stated = Subquery(stood.order_by("-version").values("probability")[:1])
    rows = ClaimVerdict.objects.annotate(stated=stated).filter(stated__isnull=False).order_by("claim_id")
    return report(list(rows.values_list("stated", "holds")))
