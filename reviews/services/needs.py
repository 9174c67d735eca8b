"""What has to come with an action: checked field by field, and turned into what is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.engine import names
from claims.models import Assessment, Mention
from reviews.errors import Invalid, Missing
from reviews.models import Review
from reviews.people import person_of
from reviews.services.orders import Order
from reviews.workflow import Action, Dismissal, Need, Role, Transition, Verdict

_http = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True, slots=True)
class Filled:
    """An order whose needs are met, in the form in which the review and its event store it."""

    note: str = ""
    verdict: str = ""
    rationale: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    assignee: int | None = None
    assessment: int | None = None
    details: Mapping[str, object] = field(default_factory=dict)


def fill(transition: Transition, order: Order, review: Review) -> Filled:
    """Check what ``transition`` needs. Raises Missing or Invalid, naming the first field that is not as it must be."""
    for need in transition.needs:
        _CHECKS[need](order, transition)
    mentions = _mentions(order, review) if Need.EVIDENCE in transition.needs else []
    reason = order.reason.strip() if Need.REASON in transition.needs else ""
    assignee = _assignee(order) if Need.ASSIGNEE in transition.needs else None
    details: dict[str, object] = {}
    if Need.VERDICT in transition.needs:
        details |= {"verdict": order.verdict, "rationale": order.rationale.strip()}
        details |= {"mentions": [_snapshot(m) for m in mentions], "links": list(order.links)}
    if transition.to is None:
        details |= {"verdict": review.verdict, "proposer": review.proposer.get_username() if review.proposer else ""}
    if reason:
        details["reason"] = reason
    if assignee is not None:
        details["assignee"] = assignee.get_username()
    return Filled(
        note=order.note.strip(),
        verdict=order.verdict,
        rationale=order.rationale.strip(),
        evidence={"mentions": [m.pk for m in mentions], "links": list(order.links)},
        reason=reason,
        assignee=assignee.pk if assignee else None,
        assessment=_assessment(order, review),
        details=details,
    )


def _needs_text(name: str) -> Callable[[Order, Transition], None]:
    def check(order: Order, _: Transition) -> None:
        if names.blank(getattr(order, name)):
            raise Missing(f"Say it in words: {name} may not be empty.", field=name)

    return check


def _needs_verdict(order: Order, _: Transition) -> None:
    if not order.verdict:
        raise Missing(f"Choose one of: {', '.join(Verdict)}.", field=Need.VERDICT)
    if order.verdict not in set(Verdict):
        raise Invalid(f"{order.verdict} is not a verdict; choose one of: {', '.join(Verdict)}.", field=Need.VERDICT)


def _needs_evidence(order: Order, _: Transition) -> None:
    if not order.mentions and not order.links:
        raise Missing("Name at least one mention or one link that the verdict rests on.", field=Need.EVIDENCE)
    for link in order.links:
        try:
            _http(link)
        except ValidationError as error:
            raise Invalid(f"{link} is not a web address.", field="links") from error


def _needs_reason(order: Order, transition: Transition) -> None:
    if names.blank(order.reason):
        raise Missing(field=Need.REASON)
    if transition.action is Action.DISMISS and order.reason not in set(Dismissal):
        raise Invalid(f"Choose one of: {', '.join(Dismissal)}.", field=Need.REASON)


def _needs_assignee(order: Order, _: Transition) -> None:
    if not order.assignee:
        raise Missing("Name the account that the claim goes to.", field=Need.ASSIGNEE)


_CHECKS: Mapping[Need, Callable[[Order, Transition], None]] = {
    Need.VERDICT: _needs_verdict,
    Need.RATIONALE: _needs_text("rationale"),
    Need.EVIDENCE: _needs_evidence,
    Need.REASON: _needs_reason,
    Need.NOTE: _needs_text("note"),
    Need.ASSIGNEE: _needs_assignee,
}


def _mentions(order: Order, review: Review) -> list[Mention]:
    rows = Mention.objects.filter(claim_id=review.claim_id, pk__in=order.mentions)
    found = list(rows.select_related("article").defer("article__text").order_by("id"))
    unknown = sorted(set(order.mentions) - {m.pk for m in found})
    if unknown:
        raise Invalid(f"Not a mention of this claim: {', '.join(map(str, unknown))}.", field="mentions")
    gone = [m.pk for m in found if m.article.withdrawn_at is not None]
    if gone:
        raise Invalid(
            f"Withdrawn or corrected by its publisher: mention {', '.join(map(str, gone))}.", field="mentions"
        )
    return found


def _snapshot(mention: Mention) -> dict[str, object]:
    return {
        "id": mention.pk,
        "article": mention.article_id,
        "start": mention.start,
        "end": mention.end,
        "quote": mention.quote,
    }


def _assignee(order: Order) -> User:
    user = User.objects.filter(username=order.assignee, is_active=True).first()
    if user is None:
        raise Invalid(f"There is no active account {order.assignee}.", field=Need.ASSIGNEE)
    person = person_of(user)
    if person.machine or Role.REVIEWER not in person.roles:
        raise Invalid(f"{user.get_username()} is not a reviewer.", field=Need.ASSIGNEE)
    return user


def _assessment(order: Order, review: Review) -> int | None:
    if order.assessment is None:
        return review.claim.assessment_id
    if not Assessment.objects.filter(pk=order.assessment, claim_id=review.claim_id).exists():
        raise Invalid("Not an assessment of this claim.", field="assessment")
    return order.assessment
