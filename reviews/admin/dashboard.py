"""The desk's first page: what waits, for whom, and what went wrong. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import mark_safe

from claims.admin.drawing.calibration import reliability_diagram
from claims.querysets import articles_in
from claims.services import reliability
from reviews.admin.duplicates import MOST_COUNTED
from reviews.admin.filters import queue_conditions
from reviews.admin.queue import queue
from reviews.models import Review
from reviews.people import person_of
from reviews.services import duplicates
from reviews.services.notifying import unread
from reviews.workflow import Action, holds_a_role_for

MOST = 8
CALIBRATION_KEY, CALIBRATION_SECONDS = "desk:calibration", 300


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with the list behind it."""

    label: str
    count: int
    address: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the machine's probabilities compare with what people decided; ``diagram`` is empty before any verdict."""

    count: int = 0
    diagram: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the first page shows of the work."""

    tiles: tuple[Tile, ...]
    mine: tuple[Review, ...]
    to_approve: tuple[Review, ...]
    urgent: tuple[Review, ...]
    may_take: bool
    calibration: Calibration


def _review_tiles(user: User) -> list[Tile]:
    conditions = queue_conditions(user.pk)
    counts = Review.objects.filter(claim__merged_into__isnull=True).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )
    address = reverse("admin:reviews_review_changelist")
    labels = {
        "unassigned": ("waiting for a reviewer", ""),
        "mine": ("mine", ""),
        "approve": ("for me to approve", ""),
        "recheck": ("marked for re-check", "alarm"),
        "contested": ("contested", ""),
    }
    return (
        [
            Tile(label, counts[name], f"{address}?queue={name}", kind if counts[name] else "")
            for name, (label, kind) in labels.items()
        ]
        + _duplicate_tiles(user)
        + [Tile("news for you", unread(user).count(), reverse("admin:reviews_review_news"))]
    )


def _duplicate_tiles(user: User) -> list[Tile]:
    """How many pairs wait for an editor; counting stops where nobody counts any more."""
    if not user.has_perm("reviews.act_as_editor"):
        return []
    found = duplicates.questions(user)[:MOST_COUNTED].count()
    label = "possible duplicates" + (" or more" if found == MOST_COUNTED else "")
    return [Tile(label, found, reverse("admin:reviews_review_duplicates"))]


def _article_tiles() -> list[Tile]:
    address = reverse("admin:claims_article_changelist")
    waiting, parked = articles_in("waiting").count(), articles_in("parked").count()
    return [
        Tile("articles in the pipeline", waiting, f"{address}?state=waiting"),
        Tile("articles parked with an error", parked, f"{address}?state=parked", "alarm" if parked else ""),
    ]


def _calibration() -> Calibration:
    """The diagram, kept for a while; that there is none yet is not kept, or the first verdict would not show."""
    kept: Calibration | None = cache.get(CALIBRATION_KEY)
    if kept is not None:
        return kept
    report = reliability.calibration_report()
    if not report.count:
        return Calibration()
    found = Calibration(report.count, mark_safe(reliability_diagram(report)))  # noqa: S308 - figures only
    cache.set(CALIBRATION_KEY, found, CALIBRATION_SECONDS)
    return found


def dashboard(user: User) -> Dashboard | None:
    """What this person sees first; None for who may not see reviews."""
    if not user.has_perm("reviews.view_review"):
        return None
    conditions = queue_conditions(user.pk)
    listed = queue().order_by("-contested", "-outlets", "-worth", "created_at", "id")
    approver = user.has_perm("reviews.act_as_approver")
    return Dashboard(
        tiles=tuple(_review_tiles(user) + (_article_tiles() if user.has_perm("claims.view_article") else [])),
        mine=tuple(listed.filter(conditions["mine"])[:MOST]),
        to_approve=tuple(listed.filter(conditions["approve"])[:MOST]) if approver else (),
        urgent=tuple(listed.filter(conditions["unassigned"])[:MOST]),
        calibration=_calibration(),
        may_take=holds_a_role_for(Action.TAKE, person_of(user)),
    )
