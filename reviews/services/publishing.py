"""Put a verdict before readers, correct it, take it back: each time one more version, which nobody can change.

Only an approved verdict is published, by an editor, and never while it is marked for re-check. What readers see is the
snapshot of the newest version; what the desk does afterwards changes nothing of it, until an editor corrects it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.engine import names
from claims.models import Claim
from reviews import chain
from reviews.errors import Conflict, Invalid, Missing, Refused, Stale
from reviews.models import Publication, PublicationVersion, Review
from reviews.people import person_of
from reviews.services.history import Entry, change
from reviews.services.snapshots import Snapshot, snapshot_of
from reviews.services.standing import current_state
from reviews.workflow import DECIDED, Duty, may

Kind = PublicationVersion.Kind
HEADLINE, SUMMARY, WHY = 200, 20_000, 2_000
"""The most characters of each."""


@dataclass(frozen=True, slots=True)
class Words:
    """What an editor says to readers; empty: the claim itself is the headline, the rationale the summary.

    ``version`` is that of the review which the editor saw; None for any.
    """

    headline: str = ""
    summary: str = ""
    why: str = ""
    version: int | None = None


def publish(claim_id: int, by: User, words: Words) -> Publication:
    """Publish the claim's verdict; also once more after it was withdrawn, at the same address.

    Raises Review.DoesNotExist, Refused, Stale, Conflict (not decided, marked, merged, or published already), Invalid.
    """
    with transaction.atomic():
        review = _locked(claim_id, by, words)
        _require_decided(review)
        found = Publication.objects.select_for_update().filter(review=review).first()
        if found is not None and not found.withdrawn:
            raise Conflict("It is published already: correct it.", current=current_state(review), code="published")
        snapshot = snapshot_of(review, words.headline.strip(), words.summary.strip())
        return _write(review, found, Kind.PUBLISHED, snapshot, by, words)


def correct(claim_id: int, by: User, words: Words) -> Publication:
    """Put the verdict as it stands now in the place of what was published, and tell readers why.

    Raises as ``publish`` does, and Missing without a reason.
    """
    with transaction.atomic():
        review = _locked(claim_id, by, words)
        _require_why(words)
        _require_decided(review)
        found = _published(review)
        snapshot = snapshot_of(review, words.headline.strip(), words.summary.strip())
        return _write(review, found, Kind.CORRECTED, snapshot, by, words)


def withdraw(claim_id: int, by: User, words: Words) -> Publication:
    """Take the publication back, whatever the review stands at: its address only says that, and why.

    Raises Review.DoesNotExist, Refused, Stale, Conflict (nothing is published), Missing, Invalid.
    """
    with transaction.atomic():
        review = _locked(claim_id, by, words)
        _require_why(words)
        return _write(review, _published(review), Kind.WITHDRAWN, {}, by, words)


def _locked(claim_id: int, by: User, words: Words) -> Review:
    if not may(Duty.PUBLISH, person_of(by)):
        raise Refused("Publishing is for editors.")
    for field, longest in (("headline", HEADLINE), ("summary", SUMMARY), ("why", WHY)):
        if len(getattr(words, field)) > longest:
            raise Invalid(f"At most {longest} characters.", field=field)
    Claim.objects.select_for_update().filter(pk=claim_id).values_list("pk", flat=True).first()
    review = Review.objects.select_related("claim", "assignee", "decided_on").get(claim_id=claim_id)
    if words.version is not None and words.version != review.version:
        raise Stale(current=current_state(review))
    return review


def _require_why(words: Words) -> None:
    if names.blank(words.why):
        raise Missing("Tell readers why.", field="why")


def _require_decided(review: Review) -> None:
    why = ""
    if review.claim.merged_into_id is not None:
        why = "The claim was merged into another one: publish that one."
    elif review.status not in DECIDED or review.approver_id is None:
        why = "Only an approved verdict is published."
    elif review.recheck_at is not None:
        why = "It is marked for re-check: somebody has to look first."
    if why:
        raise Conflict(why, current=current_state(review), code="not_publishable")


def _published(review: Review) -> Publication:
    found = Publication.objects.select_for_update().filter(review=review, withdrawn=False).first()
    if found is None:
        raise Conflict("It is not published.", current=current_state(review), code="not_published")
    return found


def _write(
    review: Review, found: Publication | None, kind: Kind, snapshot: Snapshot, by: User, words: Words
) -> Publication:
    now = timezone.now()
    publication = found or Publication(review=review, published_at=now)
    publication.changed_at, publication.withdrawn = now, kind is Kind.WITHDRAWN
    if snapshot:
        publication.verdict = snapshot["verdict"]
        publication.text = "\n".join((snapshot["claim"], snapshot["headline"], snapshot["summary"]))
    publication.save()
    number = publication.versions.count() + 1
    version = PublicationVersion.objects.create(
        publication=publication, number=number, kind=kind, snapshot=snapshot, why=words.why.strip(), by=by,
        created_at=now,
    )  # fmt: skip
    publication.current = version
    publication.save(update_fields=["current"])
    _tell_history(review, version, by, now)
    return publication


_ACTIONS = {Kind.PUBLISHED: "publish", Kind.CORRECTED: "republish", Kind.WITHDRAWN: "unpublish"}


def _tell_history(review: Review, version: PublicationVersion, by: User, now: datetime) -> None:
    """Keep in the review's history what was put before readers, with the hash of all that they see."""
    details = {
        "publication": version.publication_id,
        "number": version.number,
        "published": chain.digest({"snapshot": version.snapshot, "why": version.why}),
    }
    entry = Entry(_ACTIONS[Kind(version.kind)], review.status, review.status, by, version.why, details)
    change(review, {}, entry, now)
