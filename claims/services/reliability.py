"""What the desk has learned about its sources: verdicts in; reliabilities, copy groups and calibration out.

The refresh is one streaming pass over the current assessments. It may be cut into shards of claims (one Celery task
each) whose small sums are joined at the end; the result is that of one process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, OuterRef, Subquery

from claims.engine.agreement.learning.calibration import Report, report
from claims.engine.agreement.learning.fitting import Case, fit
from claims.engine.agreement.learning.tallying import (
    Statement,
    Statistics,
    Verdict,
    copy_groups_of,
    joined,
    reliability_of,
    tally,
)
from claims.engine.agreement.parameters import DEFAULT, Parameters
from claims.engine.agreement.scoring import case
from claims.engine.agreement.voices import FULL_STRENGTH
from claims.engine.types import OriginKind, Stance
from claims.models import Assessment, Calibration, Claim, ClaimVerdict, Mention, Source, SourceReliability
from claims.services.records import evidence_of
from claims.services.scoring import parameters_in_use

SHARD = 5_000
CHUNK = 500
OWN_ACCOUNT = (OriginKind.OUTLET.value, OriginKind.COPY.value)
WITNESSING = (Stance.ASSERTS.value, Stance.DENIES.value)
DIGITS = 3

Shard = tuple[int, int]
Sums = Mapping[str, Mapping[str, Sequence[float]]]


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


def tally_shard(first: int, last: int) -> dict[str, dict[str, list[float]]]:
    """Return the sums of the claims from ``first`` up to ``last``, as plain JSON. Reads only."""
    parameters = parameters_in_use()
    verdicts = dict(_verdicts(first, last))
    statistics = Statistics()
    rows = Assessment.objects.filter(current_for__pk__gte=first, current_for__pk__lt=last)
    fields = ("claim_id", "log_odds", "contributions", "origins")
    for claim_id, log_odds, contributions, origins in (
        rows.order_by("claim_id").values_list(*fields).iterator(chunk_size=CHUNK)
    ):
        verdict = verdicts.get(claim_id)
        speaking = [line for line in contributions if line.get("stance") in WITNESSING]
        if len(speaking) >= 2 or verdict is not None:
            own = _statements(speaking, origins, only_full=verdict is None)
            tally(statistics, log_odds, list(own), verdict, parameters)
    return statistics.as_mapping()


def _verdicts(first: int, last: int) -> Iterator[tuple[int, Verdict]]:
    rows = ClaimVerdict.objects.filter(claim_id__gte=first, claim_id__lt=last)
    for claim_id, holds, value in rows.values_list("claim_id", "holds", "value"):
        yield claim_id, Verdict(holds, value)


def _statements(
    lines: Iterable[dict[str, Any]], origins: Iterable[dict[str, Any]], *, only_full: bool
) -> Iterator[Statement]:
    """Yield what sources said on their own account, from an assessment's stored lines.

    Whoever only restates what others say agrees with them by nature: without a verdict that teaches nothing.
    """
    own = (o for o in origins if o["kind"] in OWN_ACCOUNT and (o["strength"] >= FULL_STRENGTH or not only_full))
    witnesses = {o["key"]: o["witness"] for o in own}
    for line in lines:
        source = witnesses.get(line["origin"])
        if source is not None:
            yield Statement(source, line["log_odds"], line["stance"] == Stance.ASSERTS.value, line.get("value"))


def join_shards(shards: Iterable[Sums]) -> int:
    """Write what the shards found, all at once, and return how many sources are known now."""
    statistics = joined(Statistics.from_mapping(s) for s in shards)
    parameters = parameters_in_use()
    groups = copy_groups_of(statistics, parameters)
    known = reliability_of(statistics)
    with transaction.atomic():
        ids = dict(Source.objects.filter(key__in=known).values_list("key", "pk"))
        SourceReliability.objects.exclude(source_id__in=ids.values()).delete()
        SourceReliability.objects.bulk_create(
            [
                SourceReliability(
                    source_id=ids[key],
                    agree=r.agree,
                    disagree=r.disagree,
                    claims=int(statistics.sources[key][2]),
                    copy_group=groups.get(key, ""),
                )
                for key, r in known.items()
                if key in ids
            ],
            update_conflicts=True,
            unique_fields=["source"],
            update_fields=["agree", "disagree", "claims", "copy_group", "updated_at"],
        )
    return len(ids)


def refresh(size: int = SHARD) -> int:
    """Do the whole refresh in this process: tally every shard, join, and fit the stance channel to the verdicts.

    The periodic task calls this, or ``plan``, ``tally_shard``, ``join_shards`` and ``calibrate`` as a group of tasks.
    Returns how many sources are known.
    """
    known = join_shards(tally_shard(first, last) for first, last in plan(size))
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
    rows = (
        Mention.objects.filter(claim__verdict__isnull=False, article__withdrawn_at__isnull=True)
        .select_related("article__source", "speaker")
        .defer("article__text")
        .order_by("claim_id", "pk")
    )
    for claim_id, mentions in groupby(rows.iterator(chunk_size=CHUNK), key=lambda row: row.claim_id):
        if claim_id is not None:
            yield case([evidence_of(m) for m in mentions], holds[claim_id], parameters=parameters)


def calibration_report() -> Report:
    """Return how the scores of decided claims compare with what was decided.

    The score is the one that stood when people decided: what came after has learned from the verdict.
    """
    stood = Assessment.objects.filter(claim=OuterRef("claim"), created_at__lte=OuterRef("updated_at"))
    stated = Subquery(stood.order_by("-version").values("probability")[:1])
    rows = ClaimVerdict.objects.annotate(stated=stated).filter(stated__isnull=False).order_by("claim_id")
    return report(list(rows.values_list("stated", "holds")))
