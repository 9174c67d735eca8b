"""Score a claim: find its origins, weigh them, and keep the result as a new version of its assessment."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import BigIntegerField, Case, Max, Value, When
from django.utils import timezone

from claims import signals
from claims.engine import types
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import ALGORITHM, DEFAULT, Parameters
from claims.engine.agreement.provenance.affiliations import affiliated, affiliations, lacking
from claims.engine.agreement.scoring import assess
from claims.engine.agreement.voices import witnesses
from claims.engine.sureness import surely_same
from claims.models import Assessment, Calibration, Claim, Mention, Origin, SourceReliability
from claims.services.leaders import led
from claims.services.records import evidence_of, mention_of

_TRIES = 3
REST = 20.0
"""After it was scored a claim rests this many times as long as that took, as a story does after a re-match."""

CHEAP = 0.5
"""Seconds of scoring that need no rest: no more than reading an article takes."""

MOVED_AT_ONCE = 1_000
"""Mentions whose link changes in one UPDATE; few claims have more."""


def score(claim_id: int, *, parameters: Parameters | None = None) -> Assessment:
    """Return the claim's assessment for its evidence as it stands, writing a new version where there is none yet.

    Nothing is written where the current assessment saw the same evidence, with the same algorithm and parameters.
    The score is worked out before the transaction; the claim's row is locked while it is written, and where the
    evidence changed meanwhile it is worked out again, the last time under the lock. Raises ``Claim.DoesNotExist``.
    """
    parameters = parameters or parameters_in_use()
    for attempt in range(_TRIES):
        last = attempt == _TRIES - 1
        seen = Claim.objects.values_list("evidence_version", flat=True).get(pk=claim_id)
        scored = None if last else Scored.of(claim_id, parameters)
        with transaction.atomic():
            # The assessment is read after the lock is held: a join would show it as before another worker's commit.
            claim = Claim.objects.select_for_update().get(pk=claim_id)
            if claim.assessment is not None and is_current(claim.assessment, claim, parameters):
                return claim.assessment
            if last or claim.evidence_version == seen:
                return (scored or Scored.of(claim_id, parameters)).write(claim)
    raise AssertionError("the last try writes or returns")


def rested(claim_id: int, now: datetime | None = None) -> bool:
    """Say whether a background job may score the claim again: what was costly is not done anew with each article.

    A claim of hundreds of reports gains one with every article about a breaking story. The sweep queues it again.
    """
    last = Claim.objects.filter(pk=claim_id, assessment__seconds__gt=CHEAP)
    found = last.values_list("assessment__created_at", "assessment__seconds").first()
    if found is None or found[1] is None:
        return True
    return bool(found[0] + timedelta(seconds=REST * (found[1] - CHEAP)) <= (now or timezone.now()))


@dataclass(frozen=True, slots=True)
class Scored:
    """A claim's score, worked out in ``seconds`` and not yet written."""

    rows: Sequence[Mention]
    evidence: Sequence[types.Evidence]
    reliability: Mapping[str, Reliability]
    result: types.Assessment
    seconds: float

    @classmethod
    def of(cls, claim_id: int, parameters: Parameters) -> Scored:
        began = time.perf_counter()
        rows = list(evidence_rows(claim_id))
        evidence = evidence_for(rows)
        reliability, groups = known_of({e.source for e in evidence})
        by_id = {str(row.pk): row for row in rows}
        same = surely_same(lambda name: mention_of(by_id[name]))
        result = assess(evidence, reliability=reliability, parameters=parameters, groups=groups, same=same)
        return cls(rows, evidence, reliability, result, time.perf_counter() - began)

    def write(self, claim: Claim) -> Assessment:
        """Write origins and assessment of the locked claim, and tell who listens."""
        write_origins(claim, self.rows, self.result.origins)
        row = write_assessment(claim, self)
        claim.assessment = row
        claim.save(update_fields=["assessment"])
        signals.claim_assessed.send(sender=Claim, claim=claim, assessment=row)
        return row


def evidence_for(rows: Sequence[Mention]) -> list[types.Evidence]:
    """Return a claim's mentions as evidence, with what the desk knows of who speaks for whom."""
    evidence = [evidence_of(row) for row in rows]
    return led(affiliated(evidence, affiliations_in_story(rows, lacking(evidence))))


def affiliations_in_story(rows: Sequence[Mention], people: Set[str]) -> Mapping[str, str]:
    """Return for whom ``people`` (canonical names) speak, as other mentions of the same stories say; by plain name."""
    stories = {row.article.story_id for row in rows} - {None}
    if not people or not stories:
        return {}
    told = Mention.objects.filter(
        speaker__canonical__in=people, article__story__in=stories, article__withdrawn_at__isnull=True
    ).exclude(organisation="")
    named = told.values_list("speaker__canonical", "organisation").distinct()
    return affiliations(types.Speaker(name, name, types.SpeakerKind.PERSON, body) for name, body in named)


def is_current(assessment: Assessment, claim: Claim, parameters: Parameters = DEFAULT) -> bool:
    """Say whether an assessment saw the claim's evidence as it stands, with this algorithm and these parameters."""
    return (
        assessment.evidence_version == claim.evidence_version
        and assessment.algorithm == ALGORITHM
        and assessment.parameters == parameters.as_mapping()
    )


def evidence_rows(claim_id: int) -> Sequence[Mention]:
    """Return the claim's mentions with what the agreement organ reads, in one query and without the long texts.

    What a withdrawn or corrected article states is no evidence.
    """
    return list(
        Mention.objects.filter(claim_id=claim_id, article__withdrawn_at__isnull=True)
        .select_related("article__source", "speaker")
        .defer("article__text")
        .order_by("pk")
    )


def parameters_in_use() -> Parameters:
    """Return the parameters fitted last to the desk's verdicts, or those that ship with the engine."""
    latest = Calibration.objects.order_by("-pk").first()
    return DEFAULT if latest is None else Parameters.from_mapping(latest.parameters)


def known_of(sources: set[str]) -> tuple[dict[str, Reliability], dict[str, str]]:
    """Return what is known of the sources, by key: their reliability, and the copy groups of those in one."""
    rows = SourceReliability.objects.filter(source__key__in=sources)
    known, groups = {}, {}
    for key, agree, disagree, group in rows.values_list("source__key", "agree", "disagree", "copy_group"):
        known[key] = Reliability(agree, disagree)
        if group:
            groups[key] = group
    return known, groups


def write_origins(claim: Claim, rows: Sequence[Mention], origins: Sequence[types.Origin]) -> None:
    """Bring the claim's origins and its mentions' links to them to what was found; a constant number of queries."""
    Origin.objects.bulk_create(
        [
            Origin(
                claim=claim,
                key=o.key,
                kind=o.kind.value,
                label=o.label,
                reason=o.reason,
                strength=o.strength,
            )
            for o in origins
        ],
        update_conflicts=True,
        unique_fields=["claim", "key"],
        update_fields=["kind", "label", "reason", "strength"],
    )
    ids = dict(Origin.objects.filter(claim=claim).values_list("key", "pk"))
    wanted = {int(i): ids[o.key] for o in origins for i in o.evidence}
    moved = [row.pk for row in rows if row.origin_id != wanted[row.pk]]
    for begin in range(0, len(moved), MOVED_AT_ONCE):
        part = moved[begin : begin + MOVED_AT_ONCE]
        cases = (When(pk=pk, then=Value(wanted[pk])) for pk in part)
        target = Case(*cases, default=Value(None), output_field=BigIntegerField())
        Mention.objects.filter(pk__in=part).update(origin_id=target)
    stale = set(ids) - {o.key for o in origins}
    if stale:
        Origin.objects.filter(claim=claim, key__in=stale).delete()


def write_assessment(claim: Claim, scored: Scored) -> Assessment:
    """Store the result as the claim's next version, with all that it takes to make it again."""
    result, evidence = scored.result, scored.evidence
    last = claim.assessments.aggregate(last=Max("version"))["last"] or 0
    return Assessment.objects.create(
        claim=claim,
        version=last + 1,
        evidence_version=claim.evidence_version,
        algorithm=result.algorithm,
        parameters=dict(result.parameters),
        probability=result.probability,
        log_odds=result.log_odds,
        independent_origins=result.independent_origins,
        mention_count=len(evidence),
        article_count=len({e.article for e in evidence}),
        suggested=result.suggested.value,
        figure=asdict(result.figure) if result.figure else None,
        contributions=[asdict(c) for c in result.contributions],
        origins=_stored_origins(result.origins, evidence, scored.reliability),
        explanation=result.explanation,
        outlook=result.outlook,
        negative=result.negative,
        seconds=scored.seconds,
    )


def _stored_origins(
    origins: Sequence[types.Origin],
    evidence: Sequence[types.Evidence],
    reliability: Mapping[str, Reliability],
) -> list[dict[str, object]]:
    names = witnesses(origins, evidence)
    return [
        {
            "key": o.key,
            "kind": o.kind.value,
            "label": o.label,
            "reason": o.reason,
            "strength": o.strength,
            "evidence": list(o.evidence),
            "witness": names[o.key],
            "reliability": asdict(reliability.get(names[o.key], Reliability())),
        }
        for o in origins
    ]
