"""Statements inside mentions, kept beside their parents. They rest, in no claim, until re-matching finds them again.

One that rests has ``part_of`` and is retired, so that no list, count or match sees it. Promoted, it is a mention like
any other; it rests again when no other article states it any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.engine import types
from claims.models import Article, Correction, Mention
from claims.services.records import mention_row

MOST = 600
"""So many statements inside the mentions of one article are kept at most."""


def keep(article: Article, found: Sequence[types.Mention], rows: Sequence[Mention]) -> None:
    """Keep nested statements at rest; ``rows`` are the article's mentions, whose speakers they have."""
    now, parents = timezone.now(), {(row.start, row.end): row for row in rows}
    made = []
    for one in found[:MOST]:
        parent = parents.get((one.part_of.start, one.part_of.end)) if one.part_of is not None else None
        if parent is not None:
            row = mention_row(article, one, parent.speaker)
            row.part_of, row.retired_at = parent, now
            made.append(row)
    Mention.objects.bulk_create(made)


def resting() -> QuerySet[Mention]:
    """Return the nested statements at rest; not those that a person said are no claim, or put into other words."""
    in_force = Correction.objects.filter(withdrawn_at__isnull=True)
    return Mention.objects.filter(
        ~Exists(in_force.filter(mention=OuterRef("pk"))),
        ~Exists(in_force.filter(replaces=OuterRef("pk"))),
        part_of__isnull=False,
        retired_at__isnull=False,
    )


def of_story(story_id: int) -> list[Mention]:
    """Return those at rest in a story that may be promoted: their article and their parent stand, as matching reads."""
    rows = resting().filter(
        article__story_id=story_id, article__withdrawn_at__isnull=True, part_of__claim__story_id=story_id
    )
    return list(rows.select_related("speaker", "article__source").defer("article__text").order_by("pk"))


def inside(article_id: int) -> dict[int, list[Mention]]:
    """Return the statements at rest inside the mentions of an article, by the mention's id, in one query."""
    found: dict[int, list[Mention]] = defaultdict(list)
    rows = resting().filter(article_id=article_id).select_related("speaker").defer("features")
    for row in rows.order_by("start", "end", "pk"):
        found[row.part_of_id or 0].append(row)
    return dict(found)


def promote(ids: Sequence[int], claim_id: int) -> None:
    """Put mentions into a claim; those at rest are mentions from now on."""
    Mention.objects.filter(pk__in=ids).update(claim_id=claim_id, retired_at=None)


def rest(ids: Sequence[int]) -> dict[int, int]:
    """Let promoted mentions rest again; return the claim of each one's parent, where that has one, by the id."""
    rows = Mention.objects.filter(pk__in=ids, part_of__claim__isnull=False).values_list("pk", "part_of__claim_id")
    parents = {pk: claim_id for pk, claim_id in rows if claim_id is not None}
    Mention.objects.filter(pk__in=ids).update(claim=None, origin=None, retired_at=timezone.now())
    return parents
