"""Score a claim as any stored version did, and say what changed from one version to another, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from claims.engine import types
from claims.engine.agreement.learning.reliability import Reliability
from claims.engine.agreement.parameters import ALGORITHMS as NAMES
from claims.engine.agreement.parameters import Parameters
from claims.engine.agreement.scoring import assess
from claims.engine.sureness import surely_same
from claims.errors import VerifierError
from claims.models import Assessment, Mention
from claims.services import readings
from claims.services.leaders import led
from claims.services.records import evidence_of, mention_of


class UnknownAlgorithmError(VerifierError):
    """This version was scored by an algorithm that this release does not have."""

    code = "unknown_algorithm"


class EvidenceGoneError(VerifierError):
    """Mentions that this version was scored on have been removed."""

    code = "evidence_gone"


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of the score in two versions; None where it is not in one of them."""

    label: str
    before: float | None
    after: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Replay:
    """A stored version, what scoring it again gave, and how it differs from the version before it."""

    stored: Assessment
    again: types.Assessment
    previous: Assessment | None
    lines: tuple[LineChange, ...]
    reasons: tuple[str, ...]

    @property
    def difference(self) -> float:
        """Return how far the repeated score is from the stored one, in log-odds."""
        return abs(self.again.log_odds - self.stored.log_odds)


def replay(claim_id: int, version: int | None = None) -> Replay:
    """Return a stored version of a claim's assessment (the latest where not given) scored again.

    Evidence, origins, reliabilities and parameters are those of the version; the algorithm is found by its name.
    Raises ``Assessment.DoesNotExist``, ``UnknownAlgorithmError``, ``EvidenceGoneError``.
    """
    versions = Assessment.objects.filter(claim_id=claim_id).order_by("-version")
    stored = versions.get(version=version) if version is not None else versions[:1].get()
    previous = versions.filter(version__lt=stored.version).first()
    return Replay(stored, again(stored), previous, changes(previous, stored), reasons(previous, stored))


def again(stored: Assessment) -> types.Assessment:
    """Return what the version's algorithm makes of the version's evidence."""
    algorithm = ALGORITHMS.get(stored.algorithm)
    if algorithm is None:
        raise UnknownAlgorithmError(f"{stored.algorithm} is not in this release; it has {', '.join(ALGORITHMS)}")
    ids = [int(i) for o in stored.origins for i in o["evidence"]]
    rows = Mention.objects.filter(pk__in=ids).select_related("article__source", "speaker")
    mentions = readings.as_of(list(rows.defer("article__text").order_by("pk")), stored.created_at)
    evidence, by_id = led([evidence_of(row) for row in mentions]), {str(row.pk): row for row in mentions}
    if len(evidence) != len(ids):
        raise EvidenceGoneError(f"{len(ids) - len(evidence)} of {len(ids)} mentions have been removed")
    return algorithm(
        evidence,
        origins=[origin_of(o) for o in stored.origins],
        reliability={o["witness"]: Reliability(**o["reliability"]) for o in stored.origins},
        parameters=Parameters.from_mapping(stored.parameters),
        same=surely_same(lambda name: mention_of(by_id[name])),
    )


def origin_of(stored: Mapping[str, Any]) -> types.Origin:
    """Return an origin as a version kept it."""
    return types.Origin(
        key=stored["key"],
        kind=types.OriginKind(stored["kind"]),
        label=stored["label"],
        evidence=tuple(stored["evidence"]),
        reason=stored["reason"],
        strength=stored["strength"],
    )


def changes(previous: Assessment | None, stored: Assessment) -> tuple[LineChange, ...]:
    """Return the lines that differ between two versions, with what happened to each."""
    old = {line["origin"]: line for line in previous.contributions} if previous else {}
    new = {line["origin"]: line for line in stored.contributions}
    before_evidence = {o["key"]: set(o["evidence"]) for o in previous.origins} if previous else {}
    after_evidence = {o["key"]: set(o["evidence"]) for o in stored.origins}
    result = []
    for key in [*new, *(k for k in old if k not in new)]:
        before, after = old.get(key, {}).get("log_odds"), new.get(key, {}).get("log_odds")
        gained = len(after_evidence.get(key, set()) - before_evidence.get(key, set()))
        lost = len(before_evidence.get(key, set()) - after_evidence.get(key, set()))
        if before is None or after is None or abs(after - before) > 1e-9 or gained or lost:
            label = (new.get(key) or old[key])["label"]
            result.append(LineChange(label, before, after, _why(before, after, gained, lost)))
    return tuple(result)


def _why(before: float | None, after: float | None, gained: int, lost: int) -> str:
    if before is None:
        return f"new origin with {gained} mention{'' if gained == 1 else 's'}"
    if after is None:
        return "no longer an origin of this claim"
    told = [f"{gained} more" if gained else "", f"{lost} fewer" if lost else ""]
    counted = " and ".join(t for t in told if t)
    if counted:
        return f"{counted} mention{'' if gained + lost == 1 else 's'}"
    return "shares its weight with other origins now, or is weighed anew"


def reasons(previous: Assessment | None, stored: Assessment) -> tuple[str, ...]:
    """Return why a version differs from the one before it."""
    if previous is None:
        return ("first version",)
    found = []
    if previous.algorithm != stored.algorithm:
        found.append(f"algorithm {previous.algorithm} -> {stored.algorithm}")
    for name in sorted({*previous.parameters, *stored.parameters}):
        before, after = previous.parameters.get(name), stored.parameters.get(name)
        if before != after:
            found.append(f"parameter {name}: {before} -> {after}")
    if previous.evidence_version != stored.evidence_version:
        found.append(f"evidence version {previous.evidence_version} -> {stored.evidence_version}")
    old = {o["witness"]: o["reliability"] for o in previous.origins}
    anew = (o["witness"] for o in stored.origins if old.get(o["witness"], o["reliability"]) != o["reliability"])
    return (*found, *(f"reliability of {name} learned anew" for name in anew))


ALGORITHMS = {name: partial(assess, algorithm=name) for name in NAMES}
"""Every algorithm that ever scored a claim; one is never edited into another meaning, a new one gets a new name."""
